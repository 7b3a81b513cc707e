import type { GraphQLFormattedError } from 'graphql';
import { CodedError } from '../../../schema/runtime/coded-error';
import type { ShardingContext } from './sharding-context';
import type { Slot } from './slot';

type ErrorPath = readonly (string | number)[];

/** Shards say the same mistake in the same words; the client hears it once. */
export function clientErrorsOf(slot: Slot, path: ErrorPath): readonly GraphQLFormattedError[] {
  const [first] = slot.clientErrors;
  return first ? [{ message: first.message, path, extensions: { ...first.extensions } }] : [];
}

/** A mistake that we found ourselves; anything else is a bug and rises. */
export function toClientError(error: unknown, path: ErrorPath): GraphQLFormattedError {
  if (!(error instanceof CodedError)) throw error;
  return { message: error.message, path, extensions: { code: error.code } };
}

/** An error that a shard's own resolver raised inside a row: passed on with the system's name, without its internals. */
export function placedError(
  context: ShardingContext,
  error: GraphQLFormattedError,
  path: ErrorPath,
  shard: number,
): GraphQLFormattedError {
  const code = error.extensions?.['code'];
  const name = context.subgraph.shards[shard]?.name ?? null;
  return {
    message: error.message,
    path,
    extensions: { ...(typeof code === 'string' && { code }), shard: name },
  };
}
