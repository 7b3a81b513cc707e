import { CLIENT_ERROR_CODES } from '../../../schema/client-error-codes';
import type { GraphQLFormattedError } from 'graphql';
import { isJsonObject } from '../../execution/json-object';
import type { ShardErrorCode, ShardFailure } from '../gather/shard-failure';
import type { ShardPage } from '../gather/shard-page';
import type { PreparedPage } from './prepare-field';

/** An error inside a value that a shard gave; `path` starts below the value. */
export interface InnerError {
  readonly shard: number;
  readonly path: readonly (string | number)[];
  readonly error: GraphQLFormattedError;
}

/** What shards have said so far of one value that they share: a root field, or one field or row of one entity. */
export class Slot {
  readonly values = new Map<number, unknown>();
  readonly innerErrors: InnerError[] = [];
  /** What a paged field's values were read to when they arrived. */
  readonly pages = new Map<number, ShardPage | ShardErrorCode>();
  private readonly failed = new Map<number, ShardFailure>();
  private readonly mistakes = new Map<number, readonly GraphQLFormattedError[]>();

  get hasValue(): boolean {
    for (const value of this.values.values()) if (value !== null) return true;
    return false;
  }

  /** The client's mistakes. Where some shard gave a value there is none: a shard that says so is at fault itself. */
  get clientErrors(): readonly GraphQLFormattedError[] {
    return this.hasValue ? [] : [...this.mistakes.values()].flat();
  }

  get failures(): ReadonlyMap<number, ShardFailure> {
    if (this.mistakes.size === 0 || !this.hasValue) return this.failed;
    const atFault = [...this.mistakes.keys()].map((shard) => [shard, MISTAKEN] as const);
    return new Map([...this.failed, ...atFault]);
  }

  fail(shard: number, failure: ShardFailure): void {
    this.failed.set(shard, failure);
  }

  /** Takes a shard's refusal of the whole call: the client's mistake, else the shard's failure. */
  refuse(shard: number, errors: readonly GraphQLFormattedError[]): void {
    const mistakes = errors.filter(isClientError);
    if (mistakes.length > 0) this.mistakes.set(shard, mistakes);
    else this.fail(shard, failureOf(errors, 'SHARD_BAD_RESPONSE'));
  }

  /**
   * Takes one shard's value with the errors that stand at or below it.
   *
   * @param page how the value is read when the field is paged.
   */
  accept(
    shard: number,
    value: unknown,
    inner: readonly Omit<InnerError, 'shard'>[],
    page: PreparedPage | null = null,
  ): void {
    const errors = inner.map(({ error }) => error);
    const mistakes = errors.filter(isClientError);
    if (mistakes.length > 0) this.mistakes.set(shard, mistakes);
    else if (value === undefined) this.fail(shard, failureOf(errors, 'SHARD_BAD_RESPONSE'));
    else if (value === null && errors.length > 0) this.fail(shard, failureOf(errors, 'SHARD_UNAVAILABLE'));
    else {
      this.values.set(shard, value);
      if (page !== null && value !== null) this.pages.set(shard, page.read(shard, value));
      this.innerErrors.push(...inner.map((one) => ({ ...one, shard })));
    }
  }
}

const MISTAKEN: ShardFailure = { code: 'SHARD_BAD_RESPONSE', tookMs: null };

const CLIENT_ERRORS: ReadonlySet<string> = new Set(CLIENT_ERROR_CODES);

/** The client's mistake, as every shard will say of it: told once, and no system is to blame. */
export function isClientError(error: GraphQLFormattedError): boolean {
  const code = error.extensions?.['code'];
  return typeof code === 'string' && CLIENT_ERRORS.has(code);
}

/** @param otherwise the code where the shard said nothing at all. */
export function failureOf(errors: readonly GraphQLFormattedError[], otherwise: ShardErrorCode): ShardFailure {
  const codes = errors.map((error) => error.extensions?.['code']);
  if (codes.includes('GRAPHQL_VALIDATION_FAILED')) return { code: 'SHARD_FIELD_UNSUPPORTED', tookMs: null };
  if (codes.length === 0) return { code: otherwise, tookMs: null };
  const reason = codes.find(isSourceCode);
  return {
    code: reason === 'SOURCE_TIMEOUT' ? 'SHARD_TIMEOUT' : 'SHARD_UNAVAILABLE',
    tookMs: null,
    ...(reason !== undefined && { reason }),
  };
}

/** A system's own word, shown to clients as it is: no more than a code may look like. Its messages may name hosts and tables and are not. */
function isSourceCode(code: unknown): code is string {
  return typeof code === 'string' && /^SOURCE_[A-Z_]{1,40}$/.test(code);
}

/** The errors at or below a path of an answer, their paths made relative to it. Items of a malformed list are passed over. */
export function errorsUnder(
  errors: readonly GraphQLFormattedError[] | undefined,
  path: readonly (string | number)[],
): readonly Omit<InnerError, 'shard'>[] {
  return (errors ?? [])
    .filter(
      (error) =>
        isJsonObject(error) && Array.isArray(error.path) && path.every((step, i) => error.path?.[i] === step),
    )
    .map((error) => ({ path: (error.path ?? []).slice(path.length), error }));
}

/** Errors that say nothing of their place concern the whole answer. */
export function errorsWithoutPath(
  errors: readonly GraphQLFormattedError[] | undefined,
): readonly GraphQLFormattedError[] {
  return (errors ?? []).filter((error) => !Array.isArray(error.path) || error.path.length === 0);
}
