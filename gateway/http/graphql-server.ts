import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginSchemaReportingDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import type { Logger } from '../../schema/runtime/logger';
import type { RequestContext } from '../execution/request-context';
import type { GatewayInterface } from './compiled-gateway';
import { createAnswerPlugin, nameClientMistakes } from './answer-plugin';
import { createMaxDepthRule } from '../operation/max-depth-rule';
import { refuseProtoNameRule } from '../operation/refuse-proto-name-rule';

export interface QueryLimits {
  readonly maxTokens: number;
  readonly maxDepth: number;
  readonly maxSelections: number;
}

/** Apollo Server as the cold lane: parsing, validation, limits and GraphQL over HTTP. It tells Apollo nothing. */
export function createGraphqlServer(options: {
  readonly gateway: GatewayInterface;
  readonly limits: QueryLimits;
  readonly logger: Logger;
}): ApolloServer<RequestContext> {
  const { gateway, limits, logger } = options;
  return new ApolloServer<RequestContext>({
    gateway,
    logger: {
      debug: (message?: unknown) => logger.debug(String(message)),
      info: (message?: unknown) => logger.debug(String(message)),
      warn: (message?: unknown) => logger.warn(String(message)),
      error: (message?: unknown) => logger.error(String(message)),
    },
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    formatError: nameClientMistakes,
    stopOnTerminationSignals: false,
    maxRecursiveSelections: limits.maxSelections,
    parseOptions: { maxTokens: limits.maxTokens },
    validationRules: [createMaxDepthRule(limits.maxDepth), refuseProtoNameRule],
    plugins: [
      createAnswerPlugin(logger),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}
