import type { ApolloServerPlugin } from '@apollo/server';
import {
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { Logger } from '../../schema/runtime/logger';
import type { RequestContext } from '../execution/request-context';
import { internalError } from './json-answer';

const INTERNAL = 'INTERNAL_SERVER_ERROR';

/** The last hand on every answer: faults of ours are logged and hidden, and what the shards had to say is added. */
export function createAnswerPlugin(logger: Logger): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async ({ contextValue: { requestId } }) => ({
      didResolveOperation: async ({ operation, request, schema }) => {
        if (operation === undefined || operation === null) throw noSuchOperation(request.operationName);
        if (isServed(operation, schema)) return;
        const message = `This supergraph serves no ${operation.operation} operations`;
        throw new GraphQLError(message, { nodes: operation, extensions: { code: 'OPERATION_NOT_SERVED' } });
      },
      didEncounterErrors: async ({ errors }) => {
        for (const error of errors) {
          if ((error.extensions['code'] ?? INTERNAL) !== INTERNAL || isTooComplex(error)) continue;
          logger.error('An operation failed inside', { requestId, error: error.originalError ?? error });
        }
      },
      willSendResponse: async ({ response }) => {
        if (response.body.kind !== 'single') return;
        const result = response.body.singleResult;
        if (result.errors === undefined) return;
        if (result.data === undefined) response.http.status = statusOf(result.errors, response.http.status);
        result.errors = result.errors.map((error) => (isInternal(error) ? hide(error, requestId) : error));
      },
    }),
    unexpectedErrorProcessingRequest: async ({ requestContext, error }) => {
      logger.error('A request failed inside', { requestId: requestContext.contextValue.requestId, error });
    },
  };
}

/** The planner's own limits, which it tells by message alone. */
function isTooComplex({ message }: { readonly message: string }): boolean {
  return /^(?:Number of non-local selections exceeds limit|Exceeded maximum recursive selections)/.test(
    message,
  );
}

/** For Apollo Server's `formatError`: a client's mistake that came without a code gets one. */
export function nameClientMistakes(error: GraphQLFormattedError): GraphQLFormattedError {
  if (!isTooComplex(error)) return error;
  const message =
    'The operation is too complex to plan: ask for fewer fields of interfaces and unions at once';
  return { ...error, message, extensions: { ...error.extensions, code: 'OPERATION_TOO_COMPLEX' } };
}

/** ApolloGateway has no subscriptions, whatever the schema says. */
function isServed({ operation }: OperationDefinitionNode, schema: GraphQLSchema): boolean {
  return operation !== OperationTypeNode.SUBSCRIPTION && schema.getRootType(operation) !== undefined;
}

function noSuchOperation(name: string | undefined): GraphQLError {
  const message =
    name === undefined
      ? 'The document has several operations: say which to run with operationName'
      : `The document has no operation named ${JSON.stringify(name.slice(0, 80))}`;
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
}

/** Apollo Server answers 500 for every error thrown before or by the executor; only a fault of ours is one. */
function statusOf(errors: readonly GraphQLFormattedError[], status: number | undefined): number {
  if (errors.some(isInternal)) return 500;
  return status === undefined || status >= 500 ? 400 : status;
}

function isInternal({ extensions }: GraphQLFormattedError): boolean {
  return extensions?.['code'] === INTERNAL;
}

function hide({ path }: GraphQLFormattedError, requestId: string): GraphQLFormattedError {
  return { ...internalError(requestId), ...(path !== undefined && { path }) };
}
