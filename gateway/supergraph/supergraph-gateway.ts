import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { Logger } from '../../schema/runtime/logger';
import { watchForChange } from '../watch-file';
import { type AdoptedSupergraph, adoptSupergraph } from './adopted-supergraph';
import { readSupergraph } from './read-supergraph';
import { SupergraphError } from './supergraph-error';

export interface SupergraphGatewayOptions {
  readonly file: string;
  readonly watchIntervalMs: number;
  /**
   * Makes ready to serve a supergraph, and gives back how to serve it from now on. Throwing refuses the supergraph.
   */
  readonly prepare: (supergraph: AdoptedSupergraph) => Promise<() => void>;
  readonly logger: Logger;
}

/**
 * The ApolloGateway over a supergraph file: adopts a changed file when it is good, keeps the old one and logs why when it is not.
 * A bad file at the start makes `load` throw SupergraphError. It only keeps the supergraph's life cycle: operations are run by
 * execution/.
 */
export function createSupergraphGateway(options: SupergraphGatewayOptions): ApolloGateway {
  const { file, logger, prepare } = options;
  // The constructor would send metrics to Apollo otherwise: no request leaves the machine unless a subgraph is there.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
  return new ApolloGateway({
    __exposeQueryPlanExperimental: false,
    // Adopting has validated it (adopted-supergraph.ts).
    validateSupergraph: false,
    logger: quietly(logger),
    buildService: () => NEVER_ASKED,
    supergraphSdl: async ({ update }) => {
      const adopt = async (): Promise<void> => {
        try {
          const supergraph = readCandidate(file);
          const serve = await prepare(supergraph);
          update(supergraph.sdl);
          serve();
          logger.info('Adopted the changed supergraph', { file });
        } catch (error) {
          logger.error('Kept the old supergraph: the changed file cannot be served', { file, error });
        }
      };
      const supergraph = readCandidate(file);
      const serve = await prepare(supergraph);
      serve();
      const watch = watchForChange(file, options.watchIntervalMs, inTurn(adopt));
      return { supergraphSdl: supergraph.sdl, cleanup: async () => watch[Symbol.dispose]() };
    },
  });
}

const NEVER_ASKED: GraphQLDataSource = {
  process: () => Promise.reject(new TypeError('Subgraphs are asked by execution/, not by ApolloGateway')),
};

/** One after the other: a file that changes while the one before is being prepared is adopted after it. */
function inTurn(task: () => Promise<void>): () => void {
  let last = Promise.resolve();
  return () => {
    last = last.then(task);
  };
}

/**
 * Everything ApolloGateway will do with it is tried here first: when it fails halfway by itself, it is left with the new
 * schema and the old planner.
 */
function readCandidate(file: string): AdoptedSupergraph {
  const sdl = readSupergraph(file);
  try {
    return adoptSupergraph(sdl);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SupergraphError(file, `is no valid supergraph: ${reason}`, 'SUPERGRAPH_INVALID', cause);
  }
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
