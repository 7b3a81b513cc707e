import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { createCursorSigner } from '../../schema/client-cursor';
import { createLogger } from '../../schema/runtime/logger';
import { projectRoot } from '../../schema/runtime/project-root';
import { toAgencyDirectoryRecords } from '../../subgraphs/agencies/agency-directory-records';
import { createRemoteFetcher } from '../../gateway/execution/remote-fetcher';
import type { RequestContext } from '../../gateway/execution/request-context';
import { Operations } from '../../gateway/operation/operations';
import { createRegistry, type Registry } from '../../gateway/shards/registry/registry';
import { createMemoryShardIndex } from '../../gateway/shards/registry/shard-index';
import {
  createShardReport,
  type ShardEntry,
  type ShardReport,
} from '../../gateway/shards/gather/shard-report';
import { createSharding } from '../../gateway/shards/sharding';
import { type AdoptedSupergraph, adoptSupergraph } from '../../gateway/supergraph/adopted-supergraph';
import { HeavyWork } from '../../schema/runtime/heavy-work';
import { Cancellation } from '../../schema/runtime/cancellation';
import type { LocalSubgraph } from './local-subgraph';
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
  /** Opens the system of a share, known by its place; in the share's layout on SQLite when not given. */
  readonly open?: (
    province: TestProvince,
    share: SystemShare,
    place: number,
  ) => Promise<ReadonlyMap<string, LocalSubgraph>>;
}

export async function startFederatedProvince(
  province: TestProvince,
  options: FederatedProvinceOptions,
): Promise<FederatedProvince> {
  const dealt = splitProvince(province, options);
  const shares = dealt.map((share) => withoutAgencies(share, options.unheld ?? []));
  const systems = new Map<string, ReadonlyMap<string, LocalSubgraph>>();
  for (const [place, share] of shares.entries()) {
    const opened = await options.open?.(province, share, place);
    systems.set(share.name, opened ?? openSystem(province, share));
  }
  const network = createLocalNetwork(
    new Map([...systems, ['so-co-quan', new Map([['agencies', openAgencies(province)]])]]),
  );
  const registry = registryOf(province, shares, dealt);
  const logger = createLogger({ level: 'silent', write: () => undefined });
  const sharding = createSharding({
    registry: { current: () => registry },
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
  const supergraph = provinceSupergraph();
  const sharded = sharding.fetchersOf(supergraph.sdl);
  const operations = new Operations({
    heavyWork: new HeavyWork(),
    supergraph,
    ...LIMITS,
    fetcherOf: (subgraph) =>
      sharded.get(subgraph) ??
      createRemoteFetcher({
        subgraph,
        url: (context) => sharding.urlOf(subgraph, context),
        caller: network,
        callTimeoutMs: 1_500,
        logger,
      }),
    logger,
  });
  return {
    network,
    shares,
    registry,
    query: (document, queryOptions = {}) => ask(operations, province.now, document, queryOptions),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

const LIMITS = {
  maxTokens: 100_000,
  maxDepth: 100,
  maxSelections: 100_000,
  maxPlanningMs: 10_000,
  maxBytes: 1 << 26,
};

let adopted: AdoptedSupergraph | undefined;

/** Read once per test file: it is the same for every province. */
function provinceSupergraph(): AdoptedSupergraph {
  adopted ??= adoptSupergraph(readFileSync(join(projectRoot(), 'schema', 'supergraph.graphql'), 'utf8'));
  return adopted;
}

async function ask(
  operations: Operations,
  now: string,
  document: string,
  options: QueryOptions,
): Promise<FederatedAnswer> {
  const context: RequestContext<ShardReport> = {
    requestId: 'test',
    deadlineAt: performance.now() + (options.deadlineMs ?? 10_000),
    now: options.now ?? now,
    completeness: options.completeness ?? 'any',
    viewerClass: null,
    cancellation: new Cancellation(),
    shardReport: createShardReport(),
  };
  const prepared = operations.prepare(document, undefined);
  if ('errors' in prepared) return refused(prepared.errors);
  const checked = prepared.coerceVariables({ ...options.variables });
  if ('errors' in checked) return refused(checked.errors);
  const { data, errors, extensions } = await prepared.execute(checked.variables, context);
  // The only extension there is, written by the report.
  const shards = extensions?.['shards'] as readonly ShardEntry[] | undefined;
  return { data, errors: errors ?? [], shards };
}

function refused(errors: readonly GraphQLError[]): FederatedAnswer {
  return { data: undefined, errors: errors.map((error) => error.toJSON()), shards: undefined };
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
