import { createCursorSigner } from '../schema/client-cursor';
import { ConfigError } from '../schema/runtime/config-error';
import { HeavyWork } from '../schema/runtime/heavy-work';
import type { Logger } from '../schema/runtime/logger';
import { closeGoneSystems } from './close-gone-systems';
import type { Config } from './config';
import { createRemoteFetcher } from './execution/remote-fetcher';
import type { RequestContext } from './execution/request-context';
import type { SubgraphFetcher } from './execution/subgraph-fetcher';
import { OperationAnswerer } from './http/answer-operation';
import { answerRequest, type EdgeOptions } from './http/answer-request';
import { createCorsPolicy } from './http/cors-policy';
import { CompiledGateway } from './http/compiled-gateway';
import { createGraphqlServer } from './http/graphql-server';
import { startHttpServer } from './http/http-server';
import { createPageFiles } from './http/page-files';
import { PersistedQueries } from './http/persisted-queries';
import { readOperations } from './http/read-operations';
import { SharedExecutions } from './http/shared-executions';
import { Operations } from './operation/operations';
import { checkHoldings } from './shards/registry/check-holdings';
import { openRegistryFile, type RegistrySource } from './shards/registry/registry-file';
import { createMemoryShardIndex } from './shards/registry/shard-index';
import { createShardReport } from './shards/gather/shard-report';
import { createSharding, type Sharding } from './shards/sharding';
import { readShardSpec } from './shards/spec/read-shard-spec';
import type { AdoptedSupergraph } from './supergraph/adopted-supergraph';
import { createSupergraphGateway } from './supergraph/supergraph-gateway';
import { type SupergraphInForce, readinessChecks } from './readiness-checks';
import { createSubgraphCaller, type SubgraphCaller } from './transport/call-subgraph';
import { wholeSeconds } from './whole-seconds';
import { type ProbedSystem, startSystemProbe, type SystemProbe } from './transport/system-probe';

export interface GatewayDeps {
  readonly logger: Logger;
  /** The machine's clock, used where the configuration does not say where the province's stands. */
  readonly clock: () => Date;
  /** The built page; a folder that is not there serves none. */
  readonly pageFolder: string;
}

export interface RunningGateway extends AsyncDisposable {
  readonly url: string;
}

export interface Gateway {
  /**
   * Answers once this resolves, though `/readyz` may still wait for the registry or for the first system.
   *
   * @throws SupergraphError, ShardSpecError, ConfigError or ListenError, with everything already started stopped again.
   */
  start(): Promise<RunningGateway>;
}

/** Operations made ready for a new supergraph before it is adopted, the most used first. */
const WARMED_OPERATIONS = 500;
/** A code that no system knew is asked again after this long: a dossier may have been registered meanwhile. */
const MISSING_FOR_MS = 10_000;

/** Joins the rooms. Nothing is opened before `start`. */
export function createGateway(config: Config, deps: GatewayDeps): Gateway {
  return {
    start: async () => {
      const stack = new AsyncDisposableStack();
      try {
        const url = await startRooms(config, deps, stack);
        return { url, [Symbol.asyncDispose]: () => stack.disposeAsync() };
      } catch (error) {
        await stack.disposeAsync();
        throw error;
      }
    },
  };
}

/** What is started first is stopped last: the edge stops taking requests before anything behind it goes. */
async function startRooms(config: Config, deps: GatewayDeps, stack: AsyncDisposableStack): Promise<string> {
  const { logger } = deps;
  const heavyWork = new HeavyWork();
  const caller = createSubgraphCaller({
    maxBodyBytes: config.maxAnswerBytes,
    sharesReads: config.sharing.calls,
    heavyWork,
  });
  stack.defer(() => caller.close());
  const shared = config.sharing.operations ? new SharedExecutions() : null;
  const inForce: InForce = { operations: null, supergraph: null };
  const onAdopted = (): void => {
    // Whoever asks from now on is answered by the new registry.
    shared?.endJoining();
    closeGoneSystems({
      caller,
      deadlineMs: config.deadlineMs,
      registry: () => registry?.current() ?? null,
      composedUrls: () => inForce.supergraph?.urls ?? [],
    });
  };
  const registry =
    config.registry === null ? null : stack.use(openRegistry(config, config.registry, deps, onAdopted));
  const sharding = registry === null ? null : openSharding(config, registry, caller, logger);
  const supergraphGateway = createSupergraphGateway({
    file: config.supergraph,
    watchIntervalMs: config.watchIntervalMs,
    prepare: async (supergraph) => {
      const next = new Operations({
        ...config.limits,
        maxBytes: config.operationCacheBytes,
        supergraph,
        fetcherOf: fetchersOf(config, deps, supergraph, caller, sharding),
        heavyWork,
        logger,
      });
      if (inForce.operations !== null) await next.warm(inForce.operations, WARMED_OPERATIONS);
      return () => {
        inForce.operations = next;
        const { version, subgraphs } = supergraph;
        inForce.supergraph = { version, since: deps.clock().toISOString(), urls: [...subgraphs.values()] };
      };
    },
    logger,
  });
  const gateway = new CompiledGateway(supergraphGateway, () => inForce.operations);
  const server = createGraphqlServer({ gateway, limits: config.limits, logger });
  await server.start();
  stack.defer(() => server.stop());
  const probe = registry === null ? null : stack.use(probeSystems(registry, caller, logger));
  const answerer = new OperationAnswerer({
    operations: () => inForce.operations,
    server,
    shared,
    persisted: config.persistedQueryBytes === null ? null : new PersistedQueries(config.persistedQueryBytes),
    logger,
  });
  const edge: EdgeOptions = {
    graphql: {
      answerer,
      notReady: () => (registry?.current() === null ? 'The gateway waits for its registry of systems' : null),
      maxBatch: config.maxBatch,
      maxRequestBytes: config.maxRequestBytes,
      deadlineMs: config.deadlineMs,
      now: nowOf(config, deps),
      createReport: () => (registry === null ? null : createShardReport(registry.current())),
    },
    readiness: readinessChecks(() => inForce.supergraph, registry, probe),
    cors: createCorsPolicy(config.corsOrigins),
    pageFiles: createPageFiles(deps.pageFolder),
    operations: config.operations === null ? [] : readOperations(config.operations),
    logger,
  };
  const http = await startHttpServer(config, (request, response) => answerRequest(request, response, edge));
  stack.use(http);
  return http.url;
}

/** What requests are answered by from now on. */
interface InForce {
  operations: Operations | null;
  supergraph: SupergraphInForce | null;
}

function openRegistry(
  { watchIntervalMs }: Config,
  file: string,
  { logger, clock }: GatewayDeps,
  onAdopted: () => void,
): RegistrySource {
  return openRegistryFile({ file, watchIntervalMs, logger, clock, onAdopted });
}

function openSharding(
  config: Config,
  registry: RegistrySource,
  caller: SubgraphCaller,
  logger: Logger,
): Sharding {
  return createSharding({
    registry,
    index: createMemoryShardIndex({
      maxEntries: config.indexEntries,
      missingForMs: MISSING_FOR_MS,
      clock: () => performance.now(),
    }),
    cursors: createCursorSigner(config.cursorKeys),
    caller,
    callTimeoutMs: config.callTimeoutMs,
    logger,
  });
}

/** Where the province's clock stands. */
function nowOf({ now }: Config, { clock }: GatewayDeps): () => string {
  return now === null ? wholeSeconds(clock) : () => now;
}

/** How each subgraph of a supergraph is asked. */
function fetchersOf(
  config: Config,
  { logger }: GatewayDeps,
  { sdl, subgraphs }: AdoptedSupergraph,
  caller: SubgraphCaller,
  sharding: Sharding | null,
): (subgraph: string) => SubgraphFetcher {
  if (sharding === null) requireNoShards(config, sdl);
  const fetchers = new Map(sharding?.fetchersOf(sdl));
  for (const [subgraph, composedUrl] of subgraphs) {
    const url = (context: RequestContext): string | null => sharding?.urlOf(subgraph, context) ?? composedUrl;
    const { callTimeoutMs } = config;
    if (!fetchers.has(subgraph))
      fetchers.set(subgraph, createRemoteFetcher({ subgraph, url, caller, callTimeoutMs, logger }));
  }
  return (subgraph) => {
    const fetcher = fetchers.get(subgraph);
    if (fetcher === undefined) throw new TypeError(`The supergraph has no subgraph "${subgraph}"`);
    return fetcher;
  };
}

function requireNoShards({ supergraph }: Config, sdl: string): void {
  const names = [...readShardSpec(sdl).graphs.keys()].join(', ');
  if (names === '') return;
  throw new ConfigError(supergraph, [
    `subgraphs are sharded (${names}), and no registry says which system holds which rows: set LIENTHONG_REGISTRY`,
  ]);
}

function probeSystems(registry: RegistrySource, caller: SubgraphCaller, logger: Logger): SystemProbe {
  const systems = (): readonly ProbedSystem[] =>
    (registry.current()?.systems ?? [])
      .filter(({ isDraining }) => !isDraining)
      .map(({ name, subgraphs }) => ({
        name,
        urls: [...new Set(subgraphs.flatMap(({ urls }) => urls))],
      }));
  const onAnswering = (name: string): void => {
    const system = registry.current()?.systems.find((one) => one.name === name);
    if (system) void checkHoldings(system, logger);
  };
  return startSystemProbe({ systems, caller, logger, onAnswering });
}
