import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginSchemaReportingDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import type { Logger } from '../../schema/runtime/logger';
import type { ColdContext } from './cold-lane';
import type { GatewayInterface } from './compiled-gateway';
import { createRefusals, nameClientMistakes } from './refuse-unserved';
import { ownValidationRules } from '../operation/operations';

export interface QueryLimits {
  readonly maxTokens: number;
  readonly maxDepth: number;
  readonly maxSelections: number;
}

/** Apollo Server as the cold lane: parsing, validation and limits. It tells Apollo nothing. */
export function createGraphqlServer(options: {
  readonly gateway: GatewayInterface;
  readonly limits: QueryLimits;
  readonly logger: Logger;
}): ApolloServer<ColdContext> {
  const { gateway, limits, logger } = options;
  return new ApolloServer<ColdContext>({
    gateway,
    logger: {
      debug: (message?: unknown) => logger.debug(String(message)),
      info: (message?: unknown) => logger.debug(String(message)),
      warn: (message?: unknown) => logger.warn(String(message)),
      error: (message?: unknown) => logger.error(String(message)),
    },
    introspection: true,
    // The edge reads requests itself; what is good is kept in operation/, so that Apollo Server keeps nothing.
    csrfPrevention: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    documentStore: null,
    includeStacktraceInErrorResponses: false,
    formatError: nameClientMistakes,
    stopOnTerminationSignals: false,
    maxRecursiveSelections: limits.maxSelections,
    parseOptions: { maxTokens: limits.maxTokens },
    validationRules: [...ownValidationRules(limits.maxDepth)],
    plugins: [
      createRefusals(logger),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}
