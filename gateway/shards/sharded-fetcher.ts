import type { GraphQLFormattedError } from 'graphql';
import type { CursorSigner } from '../../schema/client-cursor';
import type { Logger } from '../../schema/runtime/logger';
import type { RequestContext } from '../execution/request-context';
import type { FetchAnswer, FetchDocument, FetchInput, SubgraphFetcher } from '../execution/subgraph-fetcher';
import { timeLeftMs } from '../execution/time-left';
import type { SubgraphCaller } from '../transport/call-subgraph';
import { compileFetch } from './compile/compile-fetch';
import type { FetchProgram } from './compile/fetch-program';
import { variableDefaults } from './compile/variable-defaults';
import { createShardReport, type ShardReport } from './gather/shard-report';
import { ShardNotes } from './gather/shard-notes';
import { createNotesLog, type NotesLog } from './notes-log';
import type { Registry, ShardedSubgraph } from './registry/registry';
import type { ShardIndex } from './registry/shard-index';
import { runFetch } from './run/run-fetch';
import { createShardCaller } from './run/shard-caller';
import type { ShardingContext } from './run/sharding-context';
import type { Completeness, ShardedGraph } from './spec/shard-spec';

export interface ShardedFetcherOptions {
  readonly name: string;
  readonly graph: ShardedGraph;
  /** The registry in force, for a request that began under none. */
  readonly registry: () => Registry | null;
  readonly index: ShardIndex;
  readonly cursors: CursorSigner;
  readonly caller: SubgraphCaller;
  readonly callTimeoutMs: number;
  readonly logger: Logger;
}

/** How the engine asks a sharded subgraph: one fetch of the plan, behind it rounds of calls to many systems. */
export function createShardedFetcher(options: ShardedFetcherOptions): SubgraphFetcher {
  const sending = { ...options, log: createNotesLog(options.name, options.logger) };
  return {
    joinsEntities: false,
    prepare: (document) => {
      const defaults = variableDefaults(document.document);
      const program = compileFetch(options.graph, document.document);
      return { send: (input, context) => send(sending, { document, program, defaults }, input, context) };
    },
  };
}

interface Sending extends ShardedFetcherOptions {
  readonly log: NotesLog;
}

interface ShardedFetch {
  readonly document: FetchDocument;
  readonly program: FetchProgram;
  /** What the operation's own variables are when they are not given. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

async function send(
  options: Sending,
  { document, program, defaults }: ShardedFetch,
  input: FetchInput,
  requestContext: RequestContext,
): Promise<FetchAnswer> {
  const report = reportOf(requestContext);
  const registry = report.registry ?? options.registry();
  const subgraph = registry?.subgraphs.get(options.name);
  if (!registry || !subgraph) return { data: null, errors: [notRegistered(options.name)] };
  const variables: Record<string, unknown> = { ...defaults, ...input.variables };
  document.entities.forEach((_, place) => {
    // The texts are ours: JSON of objects.
    variables['representations'] = JSON.parse(
      `[${input.representations[place]?.join(',') ?? ''}]`,
    ) as unknown;
  });
  return runFetch(contextOf(options, { registry, subgraph, report }, requestContext), program, {
    variables,
    path: document.path,
  });
}

/** createGateway makes the report of every request of a gateway with shards (shard-report.ts). */
export function reportOf({ shardReport }: RequestContext): ShardReport {
  return (shardReport as ShardReport | null) ?? createShardReport();
}

interface Answering {
  readonly registry: Registry;
  readonly subgraph: ShardedSubgraph;
  readonly report: ShardReport;
}

function contextOf(
  options: Sending,
  { registry, subgraph, report }: Answering,
  requestContext: RequestContext,
): ShardingContext {
  const { requestId, deadlineAt, now, completeness, viewerClass, cancellation } = requestContext;
  return {
    graph: options.graph,
    subgraph,
    registry,
    index: options.index,
    cursors: options.cursors,
    call: createShardCaller({
      caller: options.caller,
      subgraph,
      remainingMs: () => timeLeftMs(deadlineAt),
      callTimeoutMs: options.callTimeoutMs,
      requestId,
      viewerClass,
      cancellation,
      onFailure: (shard, failure, cause) =>
        options.logger.warn('a system failed', {
          requestId,
          subgraph: options.name,
          shard,
          ...failure,
          cause: String(cause),
        }),
    }),
    now,
    completeness: completeness.toUpperCase() as Completeness, // any | quorum | all
    report,
    notes: new ShardNotes((shard, notes) => options.log(subgraph.shards[shard]?.name ?? '', notes)),
  };
}

function notRegistered(name: string): GraphQLFormattedError {
  return {
    message: `The registry of systems does not name the sharded subgraph "${name}"`,
    extensions: { code: 'SHARD_NONE' },
  };
}
