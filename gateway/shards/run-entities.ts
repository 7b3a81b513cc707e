import { askRounds, fieldId } from './ask-entities';
import type { GraphQLFormattedError } from 'graphql';
import { clientErrorsOf, placedError, toClientError } from './client-errors';
import { entityTasks, finishEntityLookups, type EntityTask } from './entity-task';
import type { Cut, EntityProgram, FetchProgram } from './fetch-program';
import { findObjects, toCoordinatePath, type FoundObject } from './find-objects';
import { ASKED } from './gather-node';
import { isRecord, type JsonObject } from './json-object';
import { MissingCollector } from './missing-collector';
import { prepareField, type PreparedField } from './prepare-field';
import { settleField } from './settle';
import type { ShardingContext } from './sharding-context';

type ErrorPath = readonly (string | number)[];

export interface EntitiesRequest {
  readonly programs: ReadonlyMap<string, EntityProgram>;
  readonly representations: readonly unknown[];
  readonly variables: Readonly<Record<string, unknown>>;
  /** Coordinate path of the entities in the operation. */
  readonly path: readonly string[];
  /** Where an error about one representation stands. */
  errorPathOf(index: number): ErrorPath;
}

export interface EntitiesResult {
  /** In the order of the representations; null where no system has the entity. Equal representations share one object. */
  readonly items: readonly (JsonObject | null)[];
  readonly errors: readonly GraphQLFormattedError[];
}

/**
 * Resolves entities over shards: grouped by shard, one call per shard and round, in parallel. One representation may go to
 * several shards; its gathered fields are combined by their rules, its row comes from the first shard that has it.
 */
export async function runEntities(
  context: ShardingContext,
  program: FetchProgram,
  request: EntitiesRequest,
): Promise<EntitiesResult> {
  const prepared = new Map<string, PreparedField>();
  const errors: GraphQLFormattedError[] = [];
  const refused = new Map<string, unknown>();
  for (const entity of request.programs.values()) {
    for (const field of entity.gathers) {
      try {
        prepared.set(fieldId(entity, field.responseName), prepareField(field, request.variables, context));
      } catch (error) {
        refused.set(fieldId(entity, field.responseName), error);
      }
    }
  }
  const tasks = entityTasks(request);
  await askRounds(context, program, request, tasks.unique, prepared, refused.size > 0);
  finishEntityLookups(context, tasks.unique);
  settleRows(context, request, tasks.unique, errors);
  settleGathers(context, request, tasks.unique, prepared, refused, errors);
  for (const entity of request.programs.values())
    errors.push(...(await applyEntityCuts(context, program, request, entity, tasks.unique)));
  return { items: tasks.ofRepresentation.map((task) => task?.result ?? null), errors };
}

/** FIRST over whole rows: found is complete; not found while a system failed is null and the error. */
function settleRows(
  context: ShardingContext,
  request: EntitiesRequest,
  tasks: readonly EntityTask[],
  errors: GraphQLFormattedError[],
): void {
  const collector = new MissingCollector(context.subgraph, request.path);
  for (const task of tasks) {
    if (task.program.rows.length === 0) continue;
    const errorPath = request.errorPathOf(task.firstIndex);
    const [shard, row] =
      [...task.row.values].sort(([a], [b]) => a - b).find(([, value]) => value !== null) ?? [];
    if (isRecord(row) && shard !== undefined) {
      task.addRow(row);
      const inner = task.row.innerErrors.filter((error) => error.shard === shard);
      errors.push(
        ...inner.map(({ path, error }) => placedError(context, error, [...errorPath, ...path], shard)),
      );
    } else {
      task.loseRow();
      errors.push(...clientErrorsOf(task.row, errorPath));
      const shards = [...task.item.asked].sort((a, b) => a - b);
      const agenciesOf = (failed: number): readonly string[] => [
        ...(context.subgraph.shards[failed]?.agencies ?? []),
      ];
      collector.add({
        path: errorPath,
        shards,
        none: [],
        failures: task.row.failures,
        duplicates: new Set(),
        agenciesOf,
        isCounted: false,
        partial: [],
        missedBefore: [],
      });
    }
  }
  errors.push(...collector.finish(context.report));
}

function settleGathers(
  context: ShardingContext,
  request: EntitiesRequest,
  tasks: readonly EntityTask[],
  prepared: ReadonlyMap<string, PreparedField>,
  refused: ReadonlyMap<string, unknown>,
  errors: GraphQLFormattedError[],
): void {
  for (const entity of request.programs.values()) {
    const some = tasks.filter((task) => task.program === entity);
    for (const field of entity.gathers) {
      const id = fieldId(entity, field.responseName);
      const ready = prepared.get(id);
      const [first] = some;
      if (!ready) {
        some.forEach((task) => task.add(field.responseName, null));
        if (first)
          errors.push(
            toClientError(refused.get(id), [...request.errorPathOf(first.firstIndex), field.responseName]),
          );
        continue;
      }
      const collector = new MissingCollector(context.subgraph, [...request.path, field.responseName]);
      for (const task of some) settleOne(context, request, task, ready, collector, errors);
      errors.push(...collector.finish(context.report));
    }
  }
}

function settleOne(
  context: ShardingContext,
  request: EntitiesRequest,
  task: EntityTask,
  prepared: PreparedField,
  collector: MissingCollector,
  errors: GraphQLFormattedError[],
): void {
  const name = prepared.field.responseName;
  const errorPath = [...request.errorPathOf(task.firstIndex), name];
  const slot = task.slotOf(name);
  task.add(name, null);
  if (slot.clientErrors.length > 0) return void errors.push(...clientErrorsOf(slot, errorPath));
  try {
    const settled = settleField(context, {
      prepared,
      slot,
      scope: task.scopeOf(context),
      parent: task.key,
      collector,
      errorPath,
    });
    task.add(name, settled.value);
    errors.push(
      ...settled.errors.map(({ path, error, shard }) =>
        placedError(context, error, [...errorPath, ...path], shard),
      ),
    );
  } catch (error) {
    errors.push(toClientError(error, errorPath));
  }
}

async function applyEntityCuts(
  context: ShardingContext,
  program: FetchProgram,
  request: EntitiesRequest,
  entity: EntityProgram,
  tasks: readonly EntityTask[],
): Promise<readonly GraphQLFormattedError[]> {
  const cuts = [...entity.rowCuts, ...entity.gathers.flatMap((field) => field.cuts)];
  if (cuts.length === 0) return [];
  const found = tasks.filter((task) => task.program === entity && task.result !== null);
  const starts = found.map((task): FoundObject => ({
    object: task.result ?? {},
    path: request.errorPathOf(task.firstIndex),
  }));
  return askCuts(context, program, {
    cuts,
    starts,
    variables: request.variables,
    coordinateOf: (path) => [...request.path, ...toCoordinatePath(path)],
  });
}

export interface CutsRequest {
  readonly cuts: readonly Cut[];
  readonly root: JsonObject;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Coordinate path of the fetch. */
  readonly path: readonly string[];
  readonly errorPath: ErrorPath;
}

/** Asks the gathered fields that were cut out below rows, each routed on its own, and puts the values where they belong. */
export function applyCuts(
  context: ShardingContext,
  program: FetchProgram,
  { cuts, root, variables, path, errorPath }: CutsRequest,
): Promise<readonly GraphQLFormattedError[]> {
  const coordinateOf = (below: ErrorPath): readonly string[] => [...path, ...toCoordinatePath(below)];
  return askCuts(context, program, {
    cuts,
    starts: [{ object: root, path: errorPath }],
    variables,
    coordinateOf,
  });
}

interface AskingCuts {
  readonly cuts: readonly Cut[];
  readonly starts: readonly FoundObject[];
  readonly variables: Readonly<Record<string, unknown>>;
  readonly coordinateOf: (below: ErrorPath) => readonly string[];
}

async function askCuts(
  context: ShardingContext,
  program: FetchProgram,
  { cuts, starts, variables, coordinateOf }: AskingCuts,
): Promise<readonly GraphQLFormattedError[]> {
  const asked = cuts
    .map((cut) => ({ cut, parents: parentsOf(cut, starts) }))
    .filter(({ parents }) => parents.length > 0);
  const errors = await Promise.all(
    asked.map(async ({ cut, parents }) => {
      const { typeName, key } = cut.program;
      const result = await runEntities(context, program, {
        programs: new Map([[typeName, cut.program]]),
        representations: parents.map(({ object }) => ({ __typename: typeName, [key]: object[ASKED.key] })),
        variables,
        path: coordinateOf(parents[0]?.below ?? []),
        errorPathOf: (index) => parents[index]?.path ?? [],
      });
      parents.forEach(({ object }, index) =>
        Object.assign(object, result.items[index] ?? nulls(cut.program)),
      );
      return result.errors;
    }),
  );
  for (const { parents } of asked) {
    for (const { object } of parents) {
      delete object[ASKED.key];
      delete object[ASKED.typename];
    }
  }
  return errors.flat();
}

function parentsOf(
  cut: Cut,
  starts: readonly FoundObject[],
): readonly (FoundObject & { readonly below: ErrorPath })[] {
  return starts.flatMap((start) =>
    findObjects(start.object, cut.path)
      .filter(({ object }) => object[ASKED.typename] === cut.program.typeName)
      .map(({ object, path }) => ({ object, below: path, path: [...start.path, ...path] })),
  );
}

function nulls(program: EntityProgram): JsonObject {
  return Object.fromEntries(program.gathers.map((field) => [field.responseName, null]));
}
