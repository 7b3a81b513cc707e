import type { GraphQLFormattedError } from 'graphql';

/** All that a client learns of a fault of ours: where to find it in the log. */
export function internalError(requestId: string): GraphQLFormattedError {
  return { message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } };
}
