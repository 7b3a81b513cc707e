import type { GraphQLFormattedError } from 'graphql';
import { askRounds } from './ask-entities';
import { entityTasks, learnEntities, type EntityTask } from './entity-task';
import type { Cut, EntityProgram, FetchProgram } from '../compile/fetch-program';
import { findObjects, toCoordinatePath, type FoundObject } from './find-objects';
import { ASKED } from '../compile/gather-node';
import type { JsonObject } from '../../execution/json-object';
import { PreparedFields } from './prepared-fields';
import { settleGathers, settleRows } from './settle-entities';
import type { ShardingContext } from './sharding-context';

type ErrorPath = readonly (string | number)[];

export interface EntitiesRequest {
  readonly programs: ReadonlyMap<string, EntityProgram>;
  readonly representations: readonly unknown[];
  readonly variables: Readonly<Record<string, unknown>>;
  /** Coordinate path of the entities in the operation. */
  readonly path: readonly string[];
  /** Where an error about one representation stands. */
  readonly errorPathOf: (index: number) => ErrorPath;
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
  const { variables, path, errorPathOf } = request;
  const programs = [...request.programs.values()];
  const prepared = new PreparedFields(context, programs, variables);
  const tasks = entityTasks(request);
  await askRounds({ context, program, variables, prepared }, tasks.unique);
  learnEntities(context, tasks.unique);
  const settling = { context, tasks: tasks.unique, path, errorPathOf };
  const errors = [...settleRows(settling), ...settleGathers(settling, programs, prepared)];
  const cutErrors = await Promise.all(
    programs.map((entity) => applyEntityCuts(context, program, request, entity, tasks.unique)),
  );
  return {
    items: tasks.ofRepresentation.map((task) => task?.result ?? null),
    errors: [...errors, ...cutErrors.flat()],
  };
}

function applyEntityCuts(
  context: ShardingContext,
  program: FetchProgram,
  request: EntitiesRequest,
  entity: EntityProgram,
  tasks: readonly EntityTask[],
): Promise<readonly GraphQLFormattedError[]> {
  const starts = tasks
    .filter((task) => task.program === entity)
    .flatMap((task) =>
      task.result === null ? [] : [{ object: task.result, path: request.errorPathOf(task.firstIndex) }],
    );
  return askCuts(context, program, {
    cuts: [...entity.rowCuts, ...entity.gathers.flatMap((field) => field.cuts)],
    starts,
    variables: request.variables,
    path: request.path,
  });
}

export interface CutsRequest {
  readonly cuts: readonly Cut[];
  readonly root: JsonObject;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Coordinate path of the fetch. */
  readonly path: readonly string[];
}

/** Asks the gathered fields that were cut out below rows, each routed on its own, and puts the values where they belong. */
export function applyCuts(
  context: ShardingContext,
  program: FetchProgram,
  { cuts, root, variables, path }: CutsRequest,
): Promise<readonly GraphQLFormattedError[]> {
  return askCuts(context, program, { cuts, starts: [{ object: root, path: [] }], variables, path });
}

interface AskingCuts {
  readonly cuts: readonly Cut[];
  /** The objects that the paths of the cuts start at, and where errors about them stand. */
  readonly starts: readonly FoundObject[];
  readonly variables: Readonly<Record<string, unknown>>;
  /** Coordinate path of the objects. */
  readonly path: readonly string[];
}

async function askCuts(
  context: ShardingContext,
  program: FetchProgram,
  asking: AskingCuts,
): Promise<readonly GraphQLFormattedError[]> {
  const asked = asking.cuts
    .map((cut) => ({ cut, parents: parentsOf(cut, asking.starts) }))
    .filter(({ parents }) => parents.length > 0);
  const errors = await Promise.all(asked.map((one) => askCut(context, program, asking, one)));
  // Only now: two cuts may read the same key.
  for (const { object } of asked.flatMap(({ parents }) => parents)) {
    delete object[ASKED.key];
    delete object[ASKED.typename];
  }
  return errors.flat();
}

/** An object that a field was cut from. */
interface Parent extends FoundObject {
  /** Its path from the start. */
  readonly below: ErrorPath;
}

async function askCut(
  context: ShardingContext,
  program: FetchProgram,
  { variables, path }: AskingCuts,
  { cut, parents }: { readonly cut: Cut; readonly parents: readonly Parent[] },
): Promise<readonly GraphQLFormattedError[]> {
  const { typeName, key } = cut.program;
  const { items, errors } = await runEntities(context, program, {
    programs: new Map([[typeName, cut.program]]),
    representations: parents.map(({ object }) => ({ __typename: typeName, [key]: object[ASKED.key] })),
    variables,
    path: [...path, ...toCoordinatePath(parents[0]?.below ?? [])],
    errorPathOf: (index) => parents[index]?.path ?? [],
  });
  parents.forEach(({ object }, index) => Object.assign(object, items[index] ?? nulls(cut.program)));
  return errors;
}

function parentsOf(cut: Cut, starts: readonly FoundObject[]): readonly Parent[] {
  return starts.flatMap((start) =>
    findObjects(start.object, cut.path)
      .filter(({ object }) => object[ASKED.typename] === cut.program.typeName)
      .map(({ object, path }) => ({ object, below: path, path: [...start.path, ...path] })),
  );
}

function nulls(program: EntityProgram): JsonObject {
  return Object.fromEntries(program.gathers.map((field) => [field.responseName, null]));
}
