import { askInWaves } from './ask-in-waves';
import { entityCalls, type EntityCall, type EntityPart } from './entity-calls';
import type { EntityTask } from './entity-task';
import type { EntityProgram, FetchProgram } from '../compile/fetch-program';
import { ASKED } from '../compile/gather-node';
import { isJsonObject, type JsonObject } from '../../execution/json-object';
import { closeWhenIndexedShardFailed, lookupRound } from './lookup-round';
import type { PreparedFields } from './prepared-fields';
import { shardVariables } from './prepare-field';
import { askedNames, readAsked } from './read-asked';
import { entitiesDocument, pickVariables } from '../compile/shard-document';
import { isFailure, type ShardingContext } from './sharding-context';
import { errorsUnder, errorsWithoutPath, type Slot } from './slot';

type ErrorPath = readonly (string | number)[];

export interface AskingEntities {
  readonly context: ShardingContext;
  readonly program: FetchProgram;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly prepared: PreparedFields;
}

/** Asks round by round: each round one call per shard, with the entities that no earlier round has found. */
export async function askRounds(asking: AskingEntities, tasks: readonly EntityTask[]): Promise<void> {
  const rounds = Math.max(0, ...tasks.map((task) => task.program.routes.length));
  for (let round = 0; round < rounds; round++) {
    const byShard = await tasksOfRound(asking, tasks, round);
    const calls = [...byShard].flatMap(([shard, some]) => entityCalls(asking, shard, some));
    await askInWaves(calls, (call) => askShard(asking, call));
    for (const task of tasks)
      if (task.program.routes[round] === 'INDEX') closeWhenIndexedShardFailed(task.item, task.row);
  }
}

async function tasksOfRound(
  { context, prepared }: AskingEntities,
  tasks: readonly EntityTask[],
  round: number,
): Promise<ReadonlyMap<number, readonly EntityTask[]>> {
  const byShard = new Map<number, EntityTask[]>();
  const open = tasks.filter((task) => !task.isFound && prepared.asksAnything(task.program));
  for (const [entity, some] of Map.groupBy(open, (task) => task.program)) {
    const route = entity.routes[round];
    if (route === undefined) continue;
    const items = some.map((task) => task.item);
    const places = await lookupRound(context, entity.typeName, route, items);
    for (const task of some) {
      for (const shard of places.get(task.item) ?? []) {
        const known = byShard.get(shard) ?? [];
        known.push(task);
        byShard.set(shard, known);
      }
    }
  }
  return byShard;
}

async function askShard(
  { context, program, variables, prepared }: AskingEntities,
  { shard, now, parts }: EntityCall,
): Promise<void> {
  const document = entitiesDocument(
    program,
    parts.map((part) => part.entity),
  );
  const held = context.subgraph.shards[shard]?.agencies ?? new Set<string>();
  const ours = parts.flatMap(({ entity }) => prepared.of(entity).map((field) => shardVariables(field, held)));
  const representations = parts.flatMap(({ tasks }) => tasks.map((task) => task.representation));
  const answer = await context.call({
    subgraph: context.graph.name,
    shard,
    document,
    variables: pickVariables(document, variables, { [ASKED.representations]: representations }, ...ours),
    now,
    isMutation: false,
  });
  const slots = parts.flatMap((part) => part.tasks.flatMap((task) => slotsOf(task, part.entity)));
  if (isFailure(answer)) return slots.forEach((slot) => slot.fail(shard, answer));
  context.notes.hear(shard, answer);
  const items = isJsonObject(answer.data) ? answer.data['_entities'] : undefined;
  if (!Array.isArray(items) || items.length !== representations.length) {
    const general = errorsWithoutPath(answer.errors);
    const errors = general.length > 0 ? general : errorsUnder(answer.errors, []).map(({ error }) => error);
    return slots.forEach((slot) => slot.refuse(shard, errors));
  }
  const asked = parts.flatMap(({ entity, tasks }) => tasks.map((task) => ({ entity, task })));
  asked.forEach(({ entity, task }, index) =>
    deliver(task, entity, shard, {
      value: items[index],
      prepared,
      errorsAt: (path) => errorsUnder(answer.errors, ['_entities', index, ...path]),
    }),
  );
}

function slotsOf(task: EntityTask, { rows, gathers }: EntityPart['entity']): readonly Slot[] {
  return [...(rows.length > 0 ? [task.row] : []), ...gathers.map((field) => task.slotOf(field.responseName))];
}

/** One item of a shard's `_entities`. */
interface Item {
  readonly value: unknown;
  readonly prepared: PreparedFields;
  readonly errorsAt: (path: ErrorPath) => ReturnType<typeof errorsUnder>;
}

function deliver(
  task: EntityTask,
  entity: EntityProgram,
  shard: number,
  { value, prepared, errorsAt }: Item,
): void {
  if (!isJsonObject(value)) {
    const nothing = value === null ? null : undefined;
    for (const slot of slotsOf(task, entity)) slot.accept(shard, nothing, errorsAt([]));
    return;
  }
  if (entity.rows.length > 0) {
    const errors = entity.rowNames.flatMap((name) =>
      errorsAt([name]).map((inner) => ({ ...inner, path: [name, ...inner.path] })),
    );
    task.row.accept(shard, rowOf(entity, value), errors);
  }
  for (const field of entity.gathers) {
    const errors = askedNames(field).flatMap((name) => errorsAt([name]));
    const page = prepared.find(field)?.page ?? null;
    task.slotOf(field.responseName).accept(shard, readAsked(field, value), errors, page);
  }
}

/** The row's own fields; undefined when the answer lacks one. */
function rowOf({ rowNames }: EntityProgram, value: JsonObject): JsonObject | undefined {
  if (rowNames.some((name) => value[name] === undefined)) return undefined;
  return Object.fromEntries(rowNames.map((name) => [name, value[name]]));
}
