import type { EntityTask } from './entity-task';
import type { EntityProgram, FetchProgram } from './fetch-program';
import { isRecord, type JsonObject } from './json-object';
import { closeWhenIndexedShardFailed, lookupRound } from './lookup-round';
import { shardVariables, type PreparedField } from './prepare-field';
import { askedNames, readAsked } from './read-asked';
import { entitiesDocument, pickVariables } from './shard-document';
import { isFailure, type ShardingContext } from './sharding-context';
import { errorsUnder, errorsWithoutPath } from './slot';

type ErrorPath = readonly (string | number)[];

interface AskingEntities {
  readonly programs: ReadonlyMap<string, EntityProgram>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Names a gathered field in its fetch. */
export function fieldId(entity: EntityProgram, responseName: string): string {
  return `${entity.id} ${responseName}`;
}

/** Asks round by round: each round one call per shard, with the entities that no earlier round has found. */
export async function askRounds(
  context: ShardingContext,
  program: FetchProgram,
  request: AskingEntities,
  tasks: readonly EntityTask[],
  prepared: ReadonlyMap<string, PreparedField>,
  isRefused: boolean,
): Promise<void> {
  const rounds = Math.max(0, ...[...request.programs.values()].map((entity) => entity.routes.length));
  for (let round = 0; round < rounds; round++) {
    const byShard = new Map<number, EntityTask[]>();
    for (const entity of request.programs.values()) {
      const route = entity.routes[round];
      // With every asked field refused and no row asked there is nothing to call for.
      if (
        route === undefined ||
        (isRefused &&
          entity.rows.length === 0 &&
          entity.gathers.every((field) => !prepared.has(fieldId(entity, field.responseName))))
      )
        continue;
      const open = tasks.filter((task) => task.program === entity && !task.isFound && task.asksAnything);
      const places = await lookupRound(
        context,
        entity.typeName,
        route,
        open.map((task) => task.item),
      );
      for (const task of open) {
        for (const shard of places.get(task.item) ?? [])
          byShard.set(shard, [...(byShard.get(shard) ?? []), task]);
      }
    }
    await Promise.all(
      [...byShard].map(([shard, some]) => askShard(context, program, request, shard, some, prepared)),
    );
    for (const task of tasks)
      if (task.program.routes[round] === 'INDEX') closeWhenIndexedShardFailed(task.item, task.row);
  }
}

async function askShard(
  context: ShardingContext,
  program: FetchProgram,
  request: AskingEntities,
  shard: number,
  tasks: readonly EntityTask[],
  prepared: ReadonlyMap<string, PreparedField>,
): Promise<void> {
  const entities = [...new Set(tasks.map((task) => task.program))].sort((a, b) => a.id - b.id);
  const document = entitiesDocument(program, entities);
  const held = context.subgraph.shards[shard]?.agencies ?? new Set<string>();
  const fields = entities.flatMap((entity) =>
    entity.gathers.flatMap((field) => prepared.get(fieldId(entity, field.responseName)) ?? []),
  );
  const representations = tasks.map((task) => task.representation);
  const variables = pickVariables(
    document,
    request.variables,
    { representations },
    ...fields.map((field) => shardVariables(field, held)),
  );
  // Cursors of one request pin one instant; where two differ, the first page asked for decides.
  const now = fields.find((field) => field.page?.after)?.now ?? context.now;
  const answer = await context.call({
    subgraph: context.graph.name,
    shard,
    query: document.query,
    variables,
    now,
    isMutation: false,
  });
  if (isFailure(answer))
    return tasks.forEach((task) => task.slots().forEach((slot) => slot.fail(shard, answer)));
  const items = isRecord(answer.data) ? answer.data['_entities'] : undefined;
  const general = errorsWithoutPath(answer.errors);
  if (!Array.isArray(items) || items.length !== tasks.length) {
    return tasks.forEach((task) =>
      task
        .slots()
        .forEach((slot) =>
          slot.refuse(
            shard,
            general.length > 0 ? general : errorsUnder(answer.errors, []).map(({ error }) => error),
          ),
        ),
    );
  }
  tasks.forEach((task, index) =>
    deliver(task, shard, items[index], (path) => errorsUnder(answer.errors, ['_entities', index, ...path])),
  );
}

function deliver(
  task: EntityTask,
  shard: number,
  item: unknown,
  errorsAt: (path: ErrorPath) => ReturnType<typeof errorsUnder>,
): void {
  if (!isRecord(item)) {
    const errors = errorsAt([]);
    for (const slot of task.slots()) slot.accept(shard, item === null ? null : undefined, errors);
    return;
  }
  if (task.program.rows.length > 0) {
    const row: JsonObject = {};
    for (const name of task.program.rowNames) row[name] = item[name];
    const isWhole = task.program.rowNames.every((name) => item[name] !== undefined);
    task.row.accept(
      shard,
      isWhole ? row : undefined,
      task.program.rowNames.flatMap((name) =>
        errorsAt([name]).map((inner) => ({ ...inner, path: [name, ...inner.path] })),
      ),
    );
  }
  for (const field of task.program.gathers) {
    task.slotOf(field.responseName).accept(
      shard,
      readAsked(field, item),
      askedNames(field).flatMap((name) => errorsAt([name])),
    );
  }
}
