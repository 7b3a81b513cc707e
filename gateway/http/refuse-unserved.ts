import type { ApolloServerPlugin } from '@apollo/server';
import {
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { Logger } from '../../schema/runtime/logger';
import { noSuchOperation } from '../operation/no-such-operation';
import type { ColdContext } from './cold-lane';
import { notByGet } from './not-by-get';

/** What a valid document may still not ask of us; nothing of it is kept. */
export function createRefusals(logger: Logger): ApolloServerPlugin<ColdContext> {
  return {
    requestDidStart: async ({ contextValue: { isGet, requestId } }) => ({
      didResolveOperation: async ({ operation, request, schema }) => {
        if (operation === undefined || operation === null) throw noSuchOperation(request.operationName);
        if (isGet && operation.operation !== OperationTypeNode.QUERY) throw notByGet(operation.operation);
        if (isServed(operation, schema)) return;
        const message = `This supergraph serves no ${operation.operation} operations`;
        throw new GraphQLError(message, { nodes: operation, extensions: { code: 'OPERATION_NOT_SERVED' } });
      },
      didEncounterErrors: async ({ errors }) => {
        for (const { originalError } of errors) {
          // A GraphQLError was thrown on purpose, and the answer tells it.
          if (originalError === undefined || originalError instanceof GraphQLError) continue;
          logger.error('Apollo Server failed inside', { requestId, error: originalError });
        }
      },
    }),
  };
}

/** For Apollo Server's `formatError`: its limit on fragments that name each other is told by message alone. */
export function nameClientMistakes(error: GraphQLFormattedError): GraphQLFormattedError {
  if (!error.message.startsWith('Exceeded maximum recursive selections')) return error;
  const message =
    'The operation is too complex to plan: ask for fewer fields of interfaces and unions at once';
  return { ...error, message, extensions: { ...error.extensions, code: 'OPERATION_TOO_COMPLEX' } };
}

/** Operations have no subscriptions, whatever the schema says. */
function isServed({ operation }: OperationDefinitionNode, schema: GraphQLSchema): boolean {
  return operation !== OperationTypeNode.SUBSCRIPTION && schema.getRootType(operation) !== undefined;
}
