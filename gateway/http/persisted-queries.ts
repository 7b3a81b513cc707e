import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GraphqlRequest } from './read-graphql-request';
import { RequestError } from './request-error';

/** Queries by the SHA-256 of their text, the one unused for longest leaving first. */
export class PersistedQueries {
  private readonly kept: LRUCache<string, string>;

  constructor(maxBytes: number) {
    // A text takes at most two bytes a character, and its hash 64.
    this.kept = new LRUCache({ maxSize: maxBytes, sizeCalculation: (query) => 2 * query.length + 64 });
  }

  find(hash: string): string | undefined {
    return this.kept.get(hash);
  }

  keep(hash: string, query: string): void {
    this.kept.set(hash, query);
  }
}

/**
 * The text that a request asks by itself or by its hash, or what Apollo's clients understand as "send the text".
 *
 * @throws RequestError for a hash of another text.
 */
export function resolveQuery(
  { query, hash }: GraphqlRequest,
  persisted: PersistedQueries | null,
): string | GraphQLError {
  if (hash === undefined) return query ?? '';
  if (persisted === null) return coded('PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED');
  if (query === undefined) {
    return persisted.find(hash) ?? coded('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND');
  }
  if (persisted.find(hash) === query) return query;
  const actual = createHash('sha256').update(query).digest('hex');
  if (actual === hash) return query;
  const message = `The query has the SHA-256 ${actual}, not ${hash} as "extensions.persistedQuery.sha256Hash" says`;
  throw new RequestError(400, 'BAD_REQUEST', message);
}

function coded(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
