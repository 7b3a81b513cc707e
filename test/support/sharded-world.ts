import {
  type DocumentNode,
  getOperationAST,
  type GraphQLFormattedError,
  Kind,
  parse,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { conditionVariables, resolveOperation } from '../../gateway/operation/resolve-operation';
import { compileFetch } from '../../gateway/shards/compile/compile-fetch';
import { createRegistry } from '../../gateway/shards/registry/registry';
import { runFetch } from '../../gateway/shards/run/run-fetch';
import { ShardNotes } from '../../gateway/shards/gather/shard-notes';
import type { ShardFailure } from '../../gateway/shards/gather/shard-failure';
import { createMemoryShardIndex, type ShardIndex } from '../../gateway/shards/registry/shard-index';
import type { ShardCall } from '../../gateway/shards/run/sharding-context';
import { createShardReport, type ShardEntry } from '../../gateway/shards/gather/shard-report';
import { readShardSpec } from '../../gateway/shards/spec/read-shard-spec';
import type { Completeness, ShardedGraph } from '../../gateway/shards/spec/shard-spec';
import type { SubgraphAnswer } from '../../gateway/transport/call-subgraph';
import type { AgencyRecord } from '../../schema/agency-directory';
import { createCursorSigner, type CursorSigner } from '../../schema/client-cursor';
import { composeSdl } from './compose-sharded';
import { askLocally } from './local-subgraph';
import { SMALL_DOSSIERS_SDL, smallDossiersSchema, type SmallDossier } from './small-dossiers';

export const NOW = '2024-06-28T03:00:00Z';
export const UNAVAILABLE: ShardFailure = { code: 'SHARD_UNAVAILABLE', tookMs: 3 };
export const TIMEOUT: ShardFailure = { code: 'SHARD_TIMEOUT', tookMs: 1500 };

type Answer = SubgraphAnswer | ShardFailure;

/** One system of the world. Agencies default to those of its rows. */
export interface WorldShard {
  readonly rows?: readonly SmallDossier[];
  readonly agencies?: readonly string[];
  /** Answers in place of the usual subgraph, or bends what it says. */
  readonly answer?: (call: ShardCall, usual: () => Promise<SubgraphAnswer>) => Answer | Promise<Answer>;
}

export interface WorldOptions {
  /** Agencies that ought to have rows; default: all that are held. */
  readonly expected?: readonly string[];
  readonly index?: ShardIndex;
  readonly cursors?: CursorSigner;
  readonly directory?: readonly AgencyRecord[];
  /** Of the registry. */
  readonly version?: string;
}

export interface Asking {
  readonly completeness?: Completeness;
  readonly now?: string;
  readonly path?: readonly string[];
}

export interface WorldAnswer {
  readonly data: Record<string, unknown>;
  readonly errors: readonly GraphQLFormattedError[];
  readonly shards: readonly ShardEntry[] | undefined;
}

/** A sharded subgraph in this process: fetches run as the gateway runs them, each system is a small graphql-js schema. */
export interface World {
  ask(query: string, variables?: Readonly<Record<string, unknown>>, asking?: Asking): Promise<WorldAnswer>;
  /** Every call so far, oldest first, with the name of its system. */
  readonly calls: (ShardCall & { readonly name: string; readonly query: string })[];
  readonly index: ShardIndex;
}

let graph: ShardedGraph | undefined;

/** The spec of test/fixtures/small-dossiers.graphql, composed once per test file. */
export function smallDossiersGraph(): ShardedGraph {
  graph ??= readShardSpec(composeSdl({ dossiers: SMALL_DOSSIERS_SDL })).graphs.get('dossiers');
  if (!graph) throw new Error('The fixture is not sharded');
  return graph;
}

export function createWorld(shards: Readonly<Record<string, WorldShard>>, options: WorldOptions = {}): World {
  const { registry, subgraph } = registryOf(shards, options);
  const index =
    options.index ?? createMemoryShardIndex({ maxEntries: 1000, missingForMs: 1000, clock: () => 0 });
  const cursors = options.cursors ?? createCursorSigner([{ id: 'k1', secret: 'a secret of the tests' }]);
  const schemas = Object.entries(shards).map(([name, { rows }]) => smallDossiersSchema(rows ?? [], name));
  const calls: World['calls'] = [];
  const call = async (request: ShardCall): Promise<Answer> => {
    const name = subgraph.shards[request.shard]?.name ?? '';
    const schema = schemas[request.shard];
    if (!schema) throw new Error(`There is no shard ${request.shard}`);
    calls.push({ ...request, query: request.document.query, name });
    const usual = (): Promise<SubgraphAnswer> =>
      askLocally(
        { kind: 'small', schema, createContext: () => ({}) },
        request.document.query,
        request.variables,
        request.now,
      );
    return (shards[name]?.answer ?? ((_, usually) => usually()))(request, usual);
  };
  return {
    calls,
    index,
    ask: async (query, variables = {}, { completeness = 'ANY', now = NOW, path = [] } = {}) => {
      const report = createShardReport();
      const graphOfWorld = smallDossiersGraph();
      const program = compileFetch(graphOfWorld, resolved(parse(query), variables));
      const { data, errors } = await runFetch(
        {
          graph: graphOfWorld,
          subgraph,
          registry,
          index,
          cursors,
          call,
          now,
          completeness,
          report,
          notes: new ShardNotes(() => undefined),
        },
        program,
        { variables, path },
      );
      return { data, errors, shards: report.extensions() };
    },
  };
}

/** As a plan's fetch comes: conditions decided, fragments opened, nothing selected of an object by its `__typename`. */
function resolved(document: DocumentNode, variables: Readonly<Record<string, unknown>>): DocumentNode {
  const operation = getOperationAST(document);
  if (!operation) throw new Error('The test asks several operations');
  const conditions = new Map(
    conditionVariables(operation, document).map((name) => [name, variables[name] === true]),
  );
  const { selectionSet } = resolveOperation(operation, document, conditions, Infinity);
  return visit(
    { kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet }] },
    { SelectionSet: (set) => (set.selections.length > 0 ? undefined : TYPENAME_ALONE) },
  );
}

const TYPENAME_ALONE: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};

function registryOf(shards: Readonly<Record<string, WorldShard>>, options: WorldOptions) {
  const held = Object.entries(shards).map(([name, { agencies, rows }]) => ({
    name,
    agencies: agencies ?? [...new Set((rows ?? []).map((row) => row.agency))],
  }));
  const registry = createRegistry(
    {
      version: 1,
      directory: 'agencies.csv',
      subgraphs: {
        dossiers: { expected: [...(options.expected ?? new Set(held.flatMap((one) => one.agencies)))] },
      },
      systems: Object.fromEntries(
        held.map(({ name, agencies }) => [
          name,
          { subgraphs: { dossiers: { urls: ['http://system.invalid'], agencies: [...agencies] } } },
        ]),
      ),
    },
    options.directory ?? DIRECTORY,
    options.version ?? 'test',
  );
  const subgraph = registry.subgraphs.get('dossiers');
  if (!subgraph) throw new Error('The registry of the test has no dossiers');
  return { registry, subgraph };
}

/** H23 with H23.X01 … H23.X09 below it, each with a code in both notations. */
export const DIRECTORY: readonly AgencyRecord[] = [
  agencyRecord('H23', null),
  ...Array.from({ length: 9 }, (_, i) => agencyRecord(`H23.X0${i + 1}`, 'H23')),
];

export function agencyRecord(
  code: string,
  parent: string | null,
  successors: AgencyRecord['successors'] = [],
  validTo: string | null = null,
): AgencyRecord {
  const [province = '', unit] = code.split('.');
  const old = unit === undefined ? `000.00.00.${province}` : `000.00.${unit}.${province}`;
  const common = { validFrom: null, validTo, fictitious: true };
  return {
    code,
    codes: [
      { scheme: 'QD_20_2020', text: code, ...common },
      { scheme: 'QCVN_102_2016', text: old, ...common },
    ],
    parent,
    validFrom: null,
    validTo,
    successors,
  };
}
