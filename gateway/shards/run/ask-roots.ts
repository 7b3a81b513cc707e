import { CodedError } from '../../../schema/runtime/coded-error';
import type { FetchProgram } from '../compile/fetch-program';
import { askInWaves } from './ask-in-waves';
import { closeWhenIndexedShardFailed, lookupRound } from './lookup-round';
import { shardVariables } from './prepare-field';
import { askedNames, readAsked } from './read-asked';
import type { RootTask } from './root-task';
import { pickVariables, rootDocument } from '../compile/shard-document';
import { isFailure, type ShardingContext } from './sharding-context';
import { errorsUnder, errorsWithoutPath } from './slot';

/** The shards that a round asks for one field. */
interface Ask {
  readonly task: RootTask;
  readonly shards: readonly number[];
}

export interface AskingRoots {
  readonly context: ShardingContext;
  readonly program: FetchProgram;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Asks round by round: fields whose arguments name their shards in the first, keys route by route until a shard has the row. */
export async function askQueries(asking: AskingRoots, tasks: readonly RootTask[]): Promise<void> {
  const rounds = Math.max(1, ...tasks.map((task) => task.field.lookup?.routes.length ?? 1));
  for (let round = 0; round < rounds; round++) {
    const asks = await Promise.all(tasks.map((task) => askOf(asking.context, task, round)));
    await askRound(asking, asks);
    for (const { item, field, slot } of tasks)
      if (item && field.lookup?.routes[round] === 'INDEX') closeWhenIndexedShardFailed(item, slot);
  }
}

async function askOf(context: ShardingContext, task: RootTask, round: number): Promise<Ask> {
  const { item, slot, scope } = task;
  const { lookup } = task.field;
  if (!item || !lookup) return { task, shards: round === 0 ? scope.shards : [] };
  const route = lookup.routes[round];
  if (route === undefined || slot.hasValue || slot.clientErrors.length > 0) return { task, shards: [] };
  const places = await lookupRound(context, lookup.typeName, route, [item]);
  return { task, shards: places.get(item) ?? [] };
}

/**
 * A mutation goes to exactly one shard: never scattered, never retried.
 *
 * @throws AmbiguousMutationError before anything is asked.
 */
export async function askMutation(asking: AskingRoots, task: RootTask): Promise<void> {
  const shards = await shardsOfMutation(asking.context, task);
  if (shards.length !== 1) throw new AmbiguousMutationError(task.field.coordinate, shards.length);
  await askRound(asking, [{ task, shards }]);
}

/** By key: the first route that leads to one shard alone. */
async function shardsOfMutation(context: ShardingContext, task: RootTask): Promise<readonly number[]> {
  const { item, scope } = task;
  const { lookup } = task.field;
  if (!item || !lookup) return scope.shards;
  let named: readonly number[] = [];
  for (const route of lookup.routes) {
    await lookupRound(context, lookup.typeName, route, [item]);
    named = item.lastNamed;
    if (named.length === 1) break;
  }
  item.asked.clear();
  named.forEach((shard) => item.asked.add(shard));
  return named;
}

class AmbiguousMutationError extends CodedError {
  constructor(coordinate: string, count: number) {
    super(
      `"${coordinate}" changes data and must be routed to exactly one system, but its arguments lead to ${count}: name one agency`,
      'SHARD_AMBIGUOUS_MUTATION',
    );
  }
}

interface RootCall {
  readonly shard: number;
  readonly now: string;
  readonly tasks: RootTask[];
}

/** One round: one call per shard (and pinned instant), carrying only the fields routed to it. */
async function askRound(asking: AskingRoots, asks: readonly Ask[]): Promise<void> {
  const calls = new Map<string, RootCall>();
  for (const { task, shards } of asks) {
    const { now } = task.prepared;
    for (const shard of shards) {
      const id = `${shard} ${now}`;
      const call = calls.get(id) ?? { shard, now, tasks: [] };
      call.tasks.push(task);
      calls.set(id, call);
    }
  }
  await askInWaves([...calls.values()], (call) => askShard(asking, call));
}

async function askShard({ context, program, variables }: AskingRoots, call: RootCall): Promise<void> {
  const { shard, now, tasks } = call;
  const document = rootDocument(
    program,
    tasks.map((task) => task.field),
  );
  const held = context.subgraph.shards[shard]?.agencies ?? new Set<string>();
  const ours = tasks.map((task) => shardVariables(task.prepared, held));
  const answer = await context.call({
    subgraph: context.graph.name,
    shard,
    document,
    variables: pickVariables(document, variables, ...ours),
    now,
    isMutation: program.operation === 'mutation',
  });
  if (isFailure(answer)) return tasks.forEach(({ slot }) => slot.fail(shard, answer));
  context.notes.hear(shard, answer);
  const general = errorsWithoutPath(answer.errors);
  for (const { field, slot, prepared } of tasks) {
    const value = readAsked(field, answer.data);
    const errors = askedNames(field).flatMap((name) => errorsUnder(answer.errors, [name]));
    if (value === undefined && general.length > 0) slot.refuse(shard, general);
    else slot.accept(shard, value, errors, prepared.page);
  }
}
