import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { SubgraphCallError, SubgraphCallFailure } from '../transport/subgraph-call-error';

const CODES: Readonly<Record<SubgraphCallFailure, string>> = {
  UNAVAILABLE: 'SUBGRAPH_UNAVAILABLE',
  TIMEOUT: 'SUBGRAPH_TIMEOUT',
  BAD_RESPONSE: 'SUBGRAPH_BAD_RESPONSE',
};

/** What the client sees of a failed call: which subgraph, what kind of failure, never an address. */
export function toClientError(subgraph: string, error: SubgraphCallError): GraphQLError {
  const { kind, message, tookMs } = error;
  return new GraphQLError(message.replace('The system', `Subgraph "${subgraph}"`), {
    originalError: error,
    extensions: { code: CODES[kind], subgraph, tookMs },
  });
}

const INTERNAL_EXTENSIONS = ['http', 'stacktrace', 'exception'];

/**
 * A subgraph's own error, without the extensions that are instructions or secrets: `http` would let a subgraph choose the
 * status of our answer, and stack traces are nobody's business.
 */
export function withoutInternals(error: GraphQLFormattedError): GraphQLFormattedError {
  if (error.extensions === undefined) return error;
  const kept = Object.entries(error.extensions).filter(([name]) => !INTERNAL_EXTENSIONS.includes(name));
  return { ...error, extensions: Object.fromEntries(kept) };
}
