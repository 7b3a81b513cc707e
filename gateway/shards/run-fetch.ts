import type { GraphQLFormattedError } from 'graphql';
import { CodedError } from '../../schema/runtime/coded-error';
import { clientErrorsOf, placedError, toClientError } from './client-errors';
import type { FetchProgram, RootField } from './fetch-program';
import type { JsonObject } from './json-object';
import { closeWhenIndexedShardFailed, lookupRound, teachIndex, type LookupItem } from './lookup-round';
import { MissingCollector } from './missing-collector';
import { prepareField, requireCursorOf, shardVariables, type PreparedField } from './prepare-field';
import { scopeOfAgencies, scopeOfAll, type Scope } from './route';
import { askedNames, readAsked } from './read-asked';
import { applyCuts, runEntities } from './run-entities';
import { settleField } from './settle';
import { pickVariables, rootDocument } from './shard-document';
import { isFailure, type ShardingContext } from './sharding-context';
import { errorsUnder, errorsWithoutPath, Slot } from './slot';

export interface FetchRequest {
  /** With the defaults of the operation filled in (variableDefaults). */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Response path of the fetch in the operation, `@` for list indices. */
  readonly path: readonly string[];
}

export interface FetchResult {
  readonly data: JsonObject;
  /** Paths start at the fetch's own data, as a subgraph would give them. */
  readonly errors: readonly GraphQLFormattedError[];
}

/** Runs one fetch of a query plan over every shard it concerns, in as few rounds as routing allows, one call per shard and round. */
export async function runFetch(
  context: ShardingContext,
  program: FetchProgram,
  request: FetchRequest,
): Promise<FetchResult> {
  const errors: GraphQLFormattedError[] = [];
  const data: JsonObject = {};
  if (program.entities) {
    const given = request.variables['representations'];
    const representations: readonly unknown[] = Array.isArray(given) ? given : [];
    const { responseName } = program.entities;
    const result = await runEntities(context, program, {
      programs: program.entities.programs,
      representations,
      variables: request.variables,
      path: request.path,
      errorPathOf: (index) => [responseName, index],
    });
    data[responseName] = result.items;
    errors.push(...result.errors);
  }
  const rootType =
    program.operation === 'mutation' ? (context.graph.mutationType ?? 'Mutation') : context.graph.queryType;
  for (const name of program.typenames) data[name] = rootType;
  const root = await runRootFields(context, program, request);
  return { data: { ...data, ...root.data }, errors: [...errors, ...root.errors] };
}

/** One root field under way. */
interface RootTask {
  readonly field: RootField;
  readonly prepared: PreparedField;
  readonly slot: Slot;
  readonly item: LookupItem | null;
  scope: Scope;
}

async function runRootFields(
  context: ShardingContext,
  program: FetchProgram,
  request: FetchRequest,
): Promise<FetchResult> {
  const errors: GraphQLFormattedError[] = [];
  const data: JsonObject = {};
  const tasks: RootTask[] = [];
  for (const field of program.fields) {
    data[field.responseName] = null;
    try {
      tasks.push(prepareTask(context, program, field, request.variables));
    } catch (error) {
      errors.push(toClientError(error, [field.responseName]));
    }
  }
  if (program.operation === 'mutation')
    for (const task of tasks) await askRound(context, program, [[task, task.scope.shards]], request);
  else await askAllRounds(context, program, tasks, request);
  for (const task of tasks) {
    const name = task.field.responseName;
    const collector = new MissingCollector(context.subgraph, [...request.path, name]);
    const settled = settleField(context, {
      prepared: task.prepared,
      slot: task.slot,
      scope: task.scope,
      parent: null,
      collector,
      errorPath: [name],
    });
    data[name] = task.slot.clientErrors.length > 0 ? null : settled.value;
    errors.push(...clientErrorsOf(task.slot, [name]));
    if (task.slot.clientErrors.length === 0) errors.push(...collector.finish(context.report));
    errors.push(
      ...settled.errors.map(({ path, error, shard }) => placedError(context, error, [name, ...path], shard)),
    );
  }
  for (const task of tasks) {
    errors.push(
      ...(await applyCuts(context, program, {
        cuts: task.field.cuts,
        root: data,
        variables: request.variables,
        path: request.path,
        errorPath: [],
      })),
    );
  }
  return { data, errors };
}

function prepareTask(
  context: ShardingContext,
  program: FetchProgram,
  field: RootField,
  variables: Readonly<Record<string, unknown>>,
): RootTask {
  const prepared = prepareField(field, variables, context);
  requireCursorOf(prepared, null);
  const slot = new Slot();
  if (field.lookup) {
    const item: LookupItem = {
      key: String(prepared.values[field.lookup.argument]),
      asked: new Set(),
      lastAsked: [],
      isClosed: false,
    };
    return { field, prepared, slot, item, scope: { shards: [], agencies: null, none: [] } };
  }
  const scope =
    prepared.agencies === null
      ? scopeOfAll(context.subgraph)
      : scopeOfAgencies(context.subgraph, prepared.agencies);
  if (program.operation === 'mutation' && scope.shards.length !== 1)
    throw new AmbiguousMutationError(field.coordinate, scope.shards.length);
  return { field, prepared, slot, item: null, scope };
}

/** A mutation goes to exactly one shard: never scattered, never retried. */
class AmbiguousMutationError extends CodedError {
  constructor(coordinate: string, count: number) {
    super(
      `"${coordinate}" changes data and must be routed to exactly one system, but its arguments lead to ${count}: name one agency`,
      'SHARD_AMBIGUOUS_MUTATION',
    );
  }
}

async function askAllRounds(
  context: ShardingContext,
  program: FetchProgram,
  tasks: readonly RootTask[],
  request: FetchRequest,
): Promise<void> {
  const rounds = Math.max(1, ...tasks.map((task) => task.field.lookup?.routes.length ?? 1));
  for (let round = 0; round < rounds; round++) {
    const asks: (readonly [RootTask, readonly number[]])[] = [];
    for (const task of tasks) {
      if (!task.item || !task.field.lookup) {
        if (round === 0) asks.push([task, task.scope.shards]);
        continue;
      }
      const { item } = task;
      const { typeName, routes } = task.field.lookup;
      const route = routes[round];
      if (route === undefined || task.slot.hasValue || task.slot.clientErrors.length > 0) continue;
      const shards = (await lookupRound(context, typeName, route, [item])).get(item) ?? [];
      asks.push([task, shards]);
    }
    await askRound(context, program, asks, request);
    for (const { item, field, slot } of tasks)
      if (item && field.lookup?.routes[round] === 'INDEX') closeWhenIndexedShardFailed(item, slot);
  }
  for (const task of tasks) finishLookup(context, task);
}

function finishLookup(context: ShardingContext, task: RootTask): void {
  const { item, slot } = task;
  const lookup = task.field.lookup;
  if (!item || !lookup) return;
  task.scope = { shards: [...item.asked].sort((a, b) => a - b), agencies: null, none: [] };
  const winner = [...slot.values].find(([, value]) => value !== null)?.[0];
  const isMissing =
    winner === undefined &&
    slot.failures.size === 0 &&
    slot.clientErrors.length === 0 &&
    item.asked.size === context.subgraph.shards.length;
  teachIndex(
    context,
    lookup.typeName,
    lookup.routes,
    winner === undefined ? new Map() : new Map([[item.key, winner]]),
    isMissing ? [item.key] : [],
  );
}

/** One round: one call per shard (and pinned instant), carrying only the fields routed to it. */
async function askRound(
  context: ShardingContext,
  program: FetchProgram,
  asks: readonly (readonly [RootTask, readonly number[]])[],
  request: FetchRequest,
): Promise<void> {
  const calls = new Map<string, { shard: number; now: string; tasks: RootTask[] }>();
  for (const [task, shards] of asks) {
    for (const shard of shards) {
      const id = `${shard} ${task.prepared.now}`;
      const call = calls.get(id) ?? { shard, now: task.prepared.now, tasks: [] };
      call.tasks.push(task);
      calls.set(id, call);
    }
  }
  await Promise.all([...calls.values()].map((call) => askShard(context, program, call, request)));
}

async function askShard(
  context: ShardingContext,
  program: FetchProgram,
  { shard, now, tasks }: { shard: number; now: string; tasks: readonly RootTask[] },
  request: FetchRequest,
): Promise<void> {
  const document = rootDocument(
    program,
    tasks.map((task) => task.field),
  );
  const held = context.subgraph.shards[shard]?.agencies ?? new Set<string>();
  const variables = pickVariables(
    document,
    request.variables,
    ...tasks.map((task) => shardVariables(task.prepared, held)),
  );
  const answer = await context.call({
    subgraph: context.graph.name,
    shard,
    query: document.query,
    variables,
    now,
    isMutation: program.operation === 'mutation',
  });
  for (const { field, slot } of tasks) {
    if (isFailure(answer)) {
      slot.fail(shard, answer);
      continue;
    }
    const general = errorsWithoutPath(answer.errors);
    const value = readAsked(field, answer.data);
    if (value === undefined && general.length > 0) slot.refuse(shard, general);
    else
      slot.accept(
        shard,
        value,
        askedNames(field).flatMap((name) => errorsUnder(answer.errors, [name])),
      );
  }
}
