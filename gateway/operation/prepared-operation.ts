import type { GraphQLError } from 'graphql';
import type { OperationResult } from '../execution/operation-result';
import type { RequestContext } from '../execution/request-context';
import type { CheckedVariables } from './variables';

/** An operation that has been parsed and validated, and can be answered again and again. */
export interface PreparedOperation {
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** The variables, or the client's mistakes as GraphQL errors (code BAD_USER_INPUT). */
  coerceVariables(given: Readonly<Record<string, unknown>>): CheckedVariables;
  /**
   * Never rejects: a fault of ours is logged, and the client gets INTERNAL_SERVER_ERROR. An operation that is too complex to plan
   * is answered with OPERATION_TOO_COMPLEX.
   */
  execute(variables: Readonly<Record<string, unknown>>, context: RequestContext): Promise<OperationResult>;
}

export type Preparation = PreparedOperation | { readonly errors: readonly GraphQLError[] };

export interface PreparedOperations {
  /** The operation if it has been prepared before; synchronous, without parsing. */
  find(query: string, operationName: string | undefined): PreparedOperation | undefined;
}
