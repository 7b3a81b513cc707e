import type { GraphQLFormattedError } from 'graphql';
import type { JsonObject } from './json-object';

/** What comes of an operation, as a client gets it. */
export interface OperationResult {
  readonly errors?: readonly GraphQLFormattedError[];
  readonly data?: JsonObject | null;
  readonly extensions?: JsonObject;
  /** The JSON text of all the above and a line break, where writing it would have kept others waiting and it was written in pieces. */
  readonly bytes?: Buffer;
}
