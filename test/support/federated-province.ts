import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphQLFormattedError } from 'graphql';
import { createCursorSigner } from '../../schema/client-cursor';
import { createLogger } from '../../schema/runtime/logger';
import { projectRoot } from '../../schema/runtime/project-root';
import { toAgencyDirectoryRecords } from '../../subgraphs/agencies/agency-directory-records';
import { createRemoteDataSource } from '../../gateway/execution/remote-data-source';
import type { RequestContext } from '../../gateway/execution/request-context';
import { createRegistry, type Registry } from '../../gateway/shards/registry/registry';
import { createMemoryShardIndex } from '../../gateway/shards/registry/shard-index';
import {
  createShardReport,
  type ShardEntry,
  type ShardReport,
} from '../../gateway/shards/gather/shard-report';
import { createSharding } from '../../gateway/shards/sharding';
import { createLocalNetwork, openAgencies, openSystem, type LocalNetwork } from './local-systems';
import { splitProvince, type SplitOptions, type SystemShare } from './split-province';
import type { TestProvince } from './test-province';

/** The key that cursors of these gateways are sealed with: a test may look inside. */
export const CURSOR_KEYS = [{ id: 'k1', secret: 'a secret of the tests' }] as const;

export interface FederatedAnswer {
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly GraphQLFormattedError[];
  readonly shards: readonly ShardEntry[] | undefined;
}

export interface QueryOptions {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly completeness?: RequestContext['completeness'];
  readonly deadlineMs?: number;
  readonly now?: string;
}

/** A gateway over a province whose systems answer in this process: real planning, real shards, no sockets. */
export interface FederatedProvince extends AsyncDisposable {
  readonly network: LocalNetwork;
  readonly shares: readonly SystemShare[];
  readonly registry: Registry;
  query(document: string, options?: QueryOptions): Promise<FederatedAnswer>;
}

export interface FederatedProvinceOptions extends SplitOptions {
  /** Agencies to leave without any system, rows and all, though they are expected to have some. */
  readonly unheld?: readonly string[];
}

export async function startFederatedProvince(
  province: TestProvince,
  options: FederatedProvinceOptions,
): Promise<FederatedProvince> {
  const dealt = splitProvince(province, options);
  const shares = dealt.map((share) => withoutAgencies(share, options.unheld ?? []));
  const systems = new Map(shares.map((share) => [share.name, openSystem(province, share)]));
  const network = createLocalNetwork(
    new Map([...systems, ['so-co-quan', new Map([['agencies', openAgencies(province)]])]]),
  );
  const registry = registryOf(province, shares, dealt);
  const logger = createLogger({ level: 'silent', write: () => undefined });
  const sharding = createSharding({
    registry: { current: () => registry, [Symbol.dispose]: () => undefined },
    index: createMemoryShardIndex({
      maxEntries: 10_000,
      missingForMs: 10_000,
      clock: () => performance.now(),
    }),
    cursors: createCursorSigner(CURSOR_KEYS),
    caller: network,
    callTimeoutMs: 1_500,
    logger,
  });
  const supergraphSdl = readFileSync(join(projectRoot(), 'schema', 'supergraph.graphql'), 'utf8');
  sharding.adopt(supergraphSdl);
  // Its constructor would send metrics to Apollo otherwise.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    buildService: ({ name }) =>
      sharding.dataSourceFor(
        name,
        createRemoteDataSource({
          subgraph: name,
          url: () => sharding.urlOf(name),
          caller: network,
          callTimeoutMs: 1_500,
          logger,
        }),
      ),
  });
  const server = new ApolloServer<RequestContext<ShardReport>>({
    gateway,
    includeStacktraceInErrorResponses: false,
  });
  await server.start();
  return {
    network,
    shares,
    registry,
    query: (document, queryOptions = {}) => ask(server, province.now, document, queryOptions),
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

async function ask(
  server: ApolloServer<RequestContext<ShardReport>>,
  now: string,
  document: string,
  options: QueryOptions,
): Promise<FederatedAnswer> {
  const shardReport = createShardReport();
  const contextValue: RequestContext<ShardReport> = {
    requestId: 'test',
    deadlineAt: performance.now() + (options.deadlineMs ?? 10_000),
    now: options.now ?? now,
    completeness: options.completeness ?? 'any',
    signal: new AbortController().signal,
    shardReport,
  };
  const { body } = await server.executeOperation(
    { query: document, variables: { ...options.variables } },
    { contextValue },
  );
  if (body.kind !== 'single') throw new TypeError('An operation of the tests answers at once');
  const { data, errors } = body.singleResult;
  return { data, errors: errors ?? [], shards: shardReport.extensions() };
}

/** A share whose system has nothing of some agencies. */
function withoutAgencies(share: SystemShare, unheld: readonly string[]): SystemShare {
  const isHeld = (code: string): boolean => !unheld.includes(code);
  return {
    ...share,
    procedures: share.procedures.filter(({ competences }) =>
      competences.every(({ agency }) => isHeld(agency)),
    ),
    dossiers: share.dossiers.filter(({ receivingAgency }) => isHeld(receivingAgency)),
    holds: {
      procedures: share.holds.procedures.filter(isHeld),
      dossiers: share.holds.dossiers.filter(isHeld),
    },
  };
}

/** @param dealt the shares before anything was taken from them: whose rows are expected. */
function registryOf(
  province: TestProvince,
  shares: readonly SystemShare[],
  dealt: readonly SystemShare[],
): Registry {
  const expected = (subgraph: 'procedures' | 'dossiers'): string[] =>
    [...new Set(dealt.flatMap((share) => share.holds[subgraph]))].sort();
  return createRegistry(
    {
      version: 1,
      directory: 'agency-directory.json',
      subgraphs: {
        agencies: { url: 'http://so-co-quan.test/agencies' },
        procedures: { expected: expected('procedures') },
        dossiers: { expected: expected('dossiers') },
      },
      systems: Object.fromEntries(
        shares.map((share) => [
          share.name,
          {
            subgraphs: {
              procedures: {
                urls: [`http://${share.name}.test/procedures`],
                agencies: [...share.holds.procedures],
              },
              dossiers: { urls: [`http://${share.name}.test/dossiers`], agencies: [...share.holds.dossiers] },
            },
          },
        ]),
      ),
    },
    toAgencyDirectoryRecords(province.agencyData),
    'test',
  );
}
