import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import type { Logger } from '../../schema/runtime/logger';
import { watchForChange } from '../watch-file';
import { readSupergraph } from './read-supergraph';
import { SupergraphError } from './supergraph-error';

export interface SubgraphEndpoint {
  readonly name: string;
  /** As composed into the supergraph; null when it was composed without one. */
  readonly url: string | null;
}

export interface SupergraphGatewayOptions {
  readonly file: string;
  readonly watchIntervalMs: number;
  readonly dataSourceFor: (subgraph: SubgraphEndpoint) => GraphQLDataSource;
  /** Called with each supergraph before it is adopted; throwing refuses it. */
  readonly beforeAdoption?: (sdl: string) => void;
  readonly logger: Logger;
}

/**
 * The ApolloGateway over a supergraph file: adopts a changed file when it is good, keeps the old one and logs why when it is
 * not. A bad file at the start makes `load` throw SupergraphError.
 */
export function createSupergraphGateway(options: SupergraphGatewayOptions): ApolloGateway {
  const { file, logger, dataSourceFor, beforeAdoption } = options;
  // The constructor would send metrics to Apollo otherwise: no request leaves the machine unless a subgraph is there.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
  return new ApolloGateway({
    __exposeQueryPlanExperimental: false,
    validateSupergraph: true,
    logger: quietly(logger),
    buildService: ({ name, url }) =>
      dataSourceFor({ name, url: url === undefined || url === '' ? null : url }),
    supergraphSdl: async ({ update }) => {
      const adopt = (): void => {
        try {
          update(readCandidate(file, beforeAdoption));
          logger.info('Adopted the changed supergraph', { file });
        } catch (error) {
          logger.error('Kept the old supergraph: the changed file cannot be served', { file, error });
        }
      };
      const supergraphSdl = readCandidate(file, beforeAdoption);
      const watch = watchForChange(file, options.watchIntervalMs, adopt);
      return { supergraphSdl, cleanup: async () => watch[Symbol.dispose]() };
    },
  });
}

/**
 * Everything ApolloGateway will do with it is tried here first: when it fails halfway by itself, it is left with the new
 * schema and the old planner.
 */
function readCandidate(file: string, beforeAdoption?: (sdl: string) => void): string {
  const sdl = readSupergraph(file);
  try {
    const supergraph = Supergraph.build(sdl, { validateSupergraph: true });
    supergraph.apiSchema().toGraphQLJSSchema();
    new QueryPlanner(supergraph);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SupergraphError(file, `is no valid supergraph: ${reason}`, 'SUPERGRAPH_INVALID', cause);
  }
  beforeAdoption?.(sdl);
  return sdl;
}

/** ApolloGateway tells of its loading at level info; for us that is detail. */
function quietly(logger: Logger) {
  const detail = (message?: unknown): void => logger.debug(String(message));
  return {
    debug: detail,
    info: detail,
    warn: (message?: unknown): void => logger.warn(String(message)),
    error: (message?: unknown): void => logger.error(String(message)),
  };
}
