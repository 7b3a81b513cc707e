import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from '../../schema/runtime/logger';
import type { RequestContext } from '../execution/request-context';
import { internalError } from './json-answer';

const INTERNAL = 'INTERNAL_SERVER_ERROR';

/** The last hand on every answer: faults of ours are logged and hidden, and what the shards had to say is added. */
export function createAnswerPlugin(logger: Logger): ApolloServerPlugin<RequestContext> {
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- the plugin's hooks are asynchronous
    requestDidStart: async ({ contextValue: { requestId, shardReport } }) => ({
      // eslint-disable-next-line @typescript-eslint/require-await
      didEncounterErrors: async ({ errors }) => {
        for (const error of errors) {
          if ((error.extensions['code'] ?? INTERNAL) !== INTERNAL) continue;
          logger.error('An operation failed inside', { requestId, error: error.originalError ?? error });
        }
      },
      // eslint-disable-next-line @typescript-eslint/require-await
      willSendResponse: async ({ response }) => {
        if (response.body.kind !== 'single') return;
        const result = response.body.singleResult;
        const shards = shardReport?.extensions();
        if (shards !== undefined) result.extensions = { ...result.extensions, shards };
        if (result.errors === undefined) return;
        if (result.data === undefined && result.errors.some(isInternal)) response.http.status = 500;
        result.errors = result.errors.map((error) => (isInternal(error) ? hide(error, requestId) : error));
      },
    }),
    // eslint-disable-next-line @typescript-eslint/require-await
    unexpectedErrorProcessingRequest: async ({ requestContext, error }) => {
      logger.error('A request failed inside', { requestId: requestContext.contextValue.requestId, error });
    },
  };
}

function isInternal({ extensions }: GraphQLFormattedError): boolean {
  return extensions?.['code'] === INTERNAL;
}

function hide({ path }: GraphQLFormattedError, requestId: string): GraphQLFormattedError {
  return { ...internalError(requestId), ...(path !== undefined && { path }) };
}
