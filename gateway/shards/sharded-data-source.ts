import { GraphQLDataSourceRequestKind, type GraphQLDataSource } from '@apollo/gateway/dist/datasources/types';
import { parse, type GraphQLFormattedError } from 'graphql';
import type { CursorSigner } from '../../schema/client-cursor';
import type { Logger } from '../../schema/runtime/logger';
import type { RequestContext } from '../execution/request-context';
import { timeLeftMs } from '../execution/time-left';
import type { SubgraphCaller } from '../transport/call-subgraph';
import { compileFetch, conditionVariables } from './compile/compile-fetch';
import type { FetchProgram } from './compile/fetch-program';
import type { Registry } from './registry/registry';
import { runFetch } from './run/run-fetch';
import { createShardCaller } from './run/shard-caller';
import type { ShardIndex } from './registry/shard-index';
import { createShardReport, type ShardReport } from './gather/shard-report';
import type { Completeness, ShardedGraph } from './spec/shard-spec';
import { variableDefaults } from './compile/variable-defaults';

export interface ShardedDataSourceOptions {
  readonly name: string;
  /** The subgraph in the supergraph in force, and the registry in force: asked once per fetch, so that a swap is whole for each. */
  readonly graph: () => ShardedGraph | undefined;
  readonly registry: () => Registry | null;
  readonly index: ShardIndex;
  readonly cursors: CursorSigner;
  readonly caller: SubgraphCaller;
  readonly callTimeoutMs: number;
  readonly logger: Logger;
}

/** Programs kept per sharded subgraph; a province's sites ask a few hundred operations. */
const MAX_PROGRAMS = 2_000;

/**
 * A sharded subgraph as @apollo/gateway sees it: one data source, behind it many systems. A thin caller of runFetch; the
 * compiled executor will call that directly.
 */
export function createShardedDataSource(options: ShardedDataSourceOptions): GraphQLDataSource {
  const caches = new WeakMap<ShardedGraph, ProgramCache>();
  return {
    async process(request) {
      if (request.kind !== GraphQLDataSourceRequestKind.INCOMING_OPERATION)
        return { data: { __typename: 'Query' } };
      const graph = options.graph();
      const registry = options.registry();
      const subgraph = registry?.subgraphs.get(options.name);
      if (!graph || !registry || !subgraph)
        return { data: null, errors: [notRegistered(options.name)] as never };
      // createGateway makes the context of every operation (request-context.ts); Apollo's type does not say so.
      const requestContext = request.context as unknown as RequestContext<ShardReport>;
      const programOf = caches.get(graph) ?? createProgramCache(graph);
      caches.set(graph, programOf);
      const { program, variables } = programOf(request.request.query ?? '', request.request.variables ?? {});
      const result = await runFetch(
        {
          graph,
          subgraph,
          registry,
          index: options.index,
          cursors: options.cursors,
          call: createShardCaller({
            caller: options.caller,
            subgraph,
            remainingMs: () => timeLeftMs(requestContext.deadlineAt),
            callTimeoutMs: options.callTimeoutMs,
            signal: requestContext.signal,
            onFailure: (shard, failure, cause) =>
              options.logger.warn('a system failed', {
                requestId: requestContext.requestId,
                subgraph: options.name,
                shard,
                ...failure,
                cause: String(cause),
              }),
          }),
          now: requestContext.now,
          completeness: requestContext.completeness.toUpperCase() as Completeness, // any | quorum | all
          report: requestContext.shardReport ?? createShardReport(),
        },
        program,
        { variables, path: (request.pathInIncomingRequest ?? []).map(String) },
      );
      // Apollo's type asks for GraphQLError objects; the gateway reads message, path and extensions only.
      return { data: result.data, errors: result.errors };
    },
  };
}

function notRegistered(name: string): GraphQLFormattedError {
  return {
    message: `The registry of systems does not name the sharded subgraph "${name}"`,
    extensions: { code: 'SHARD_NONE' },
  };
}

type Variables = Readonly<Record<string, unknown>>;

/** The variables come back with the defaults of the operation filled in. */
type ProgramCache = (
  query: string,
  variables: Variables,
) => { readonly program: FetchProgram; readonly variables: Variables };

interface ReadDocument {
  readonly document: ReturnType<typeof parse>;
  readonly conditions: readonly string[];
  readonly defaults: Variables;
}

/** Compiled programs by text and by the Boolean variables that its @skip and @include read; the one unused for longest goes first. */
function createProgramCache(graph: ShardedGraph): ProgramCache {
  const documents = new Map<string, ReadDocument>();
  const programs = new Map<string, FetchProgram>();
  return (query, given) => {
    const parsed = documents.get(query) ?? readDocument(query);
    const variables = { ...parsed.defaults, ...given };
    const id = JSON.stringify([query, ...parsed.conditions.map((name) => variables[name] === true)]);
    const program = programs.get(id) ?? compileFetch(graph, parsed.document, variables);
    keepLatest(documents, query, parsed);
    keepLatest(programs, id, program);
    return { program, variables };
  };
}

function readDocument(query: string): ReadDocument {
  const document = parse(query, { noLocation: true });
  return { document, conditions: conditionVariables(document), defaults: variableDefaults(document) };
}

function keepLatest<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.size > MAX_PROGRAMS ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}
