import type { GraphQLFormattedError } from 'graphql';
import { clientErrorsOf, placedError, toClientError } from './client-errors';
import type { EntityTask } from './entity-task';
import type { EntityProgram } from '../compile/fetch-program';
import { isJsonObject } from '../../execution/json-object';
import { firstWithValue } from './lookup-round';
import { MissingCollector } from '../gather/missing-collector';
import type { PreparedField } from './prepare-field';
import type { PreparedFields } from './prepared-fields';
import { agenciesInScope, narrowScope } from '../registry/route';
import { settleField } from './settle';
import type { ShardingContext } from './sharding-context';

type ErrorPath = readonly (string | number)[];

export interface SettlingEntities {
  readonly context: ShardingContext;
  readonly tasks: readonly EntityTask[];
  /** Coordinate path of the entities in the operation. */
  readonly path: readonly string[];
  /** Where an error about one representation stands. */
  readonly errorPathOf: (index: number) => ErrorPath;
}

/** Puts each entity together from what the shards said of its row; entities that no shard has become null. */
export function settleRows(settling: SettlingEntities): readonly GraphQLFormattedError[] {
  const { context, tasks, path } = settling;
  const collector = new MissingCollector(context, path);
  const mistakes = new ToldOnce();
  const errors = tasks
    .filter((task) => task.program.rows.length > 0)
    .flatMap((task) => settleRow(settling, task, collector, mistakes));
  return [...errors, ...collector.finish(context.report)];
}

/** FIRST over whole rows: found is complete; not found while a system failed is null and the error. */
function settleRow(
  { context, errorPathOf }: SettlingEntities,
  task: EntityTask,
  collector: MissingCollector,
  mistakes: ToldOnce,
): readonly GraphQLFormattedError[] {
  const errorPath = errorPathOf(task.firstIndex);
  const shard = firstWithValue(task.row);
  const row = shard === undefined ? null : task.row.values.get(shard);
  if (shard !== undefined && isJsonObject(row)) {
    task.addRow(row);
    collector.countAnswered([...task.row.values.keys()]);
    if (context.notes.isAny)
      collector.addStale(shard, agenciesInScope(context.subgraph, task.scopeOf(context), shard));
    return task.row.innerErrors
      .filter((inner) => inner.shard === shard)
      .map(({ path, error }) => placedError(context, error, [...errorPath, ...path], shard));
  }
  task.loseRow();
  const scope = task.scopeOf(context);
  collector.add({
    path: errorPath,
    shards: scope.shards,
    none: scope.none,
    failures: task.row.failures,
    duplicates: new Set(),
    agenciesOf: (failed) => agenciesInScope(context.subgraph, scope, failed),
    isCounted: false,
    partial: [],
    missedBefore: [],
  });
  return mistakes.tell(task.program.typeName, clientErrorsOf(task.row, errorPath));
}

/** Adds the gathered fields to the entities that are there. */
export function settleGathers(
  settling: SettlingEntities,
  programs: Iterable<EntityProgram>,
  prepared: PreparedFields,
): readonly GraphQLFormattedError[] {
  const { context, path } = settling;
  return [...programs].flatMap((entity) => {
    const tasks = settling.tasks.filter((task) => task.program === entity);
    return entity.gathers.flatMap((field): readonly GraphQLFormattedError[] => {
      const ready = prepared.find(field);
      if (!ready) return refuse(settling, tasks, field.responseName, prepared.mistakeIn(field));
      const collector = new MissingCollector(context, [...path, field.responseName]);
      const mistakes = new ToldOnce();
      const errors = tasks.flatMap((task) => settleGather(settling, task, ready, { collector, mistakes }));
      return [...errors, ...collector.finish(context.report)];
    });
  });
}

function refuse(
  { errorPathOf }: SettlingEntities,
  tasks: readonly EntityTask[],
  name: string,
  mistake: unknown,
): readonly GraphQLFormattedError[] {
  tasks.forEach((task) => task.add(name, null));
  const [first] = tasks;
  return first ? [toClientError(mistake, [...errorPathOf(first.firstIndex), name])] : [];
}

function settleGather(
  { context, errorPathOf }: SettlingEntities,
  task: EntityTask,
  prepared: PreparedField,
  { collector, mistakes }: { readonly collector: MissingCollector; readonly mistakes: ToldOnce },
): readonly GraphQLFormattedError[] {
  const name = prepared.field.responseName;
  const errorPath = [...errorPathOf(task.firstIndex), name];
  const slot = task.slotOf(name);
  task.add(name, null);
  if (slot.clientErrors.length > 0) return mistakes.tell(name, clientErrorsOf(slot, errorPath));
  try {
    const scope = narrowScope(context.subgraph, task.scopeOf(context), prepared.agencies);
    const parent = task.key;
    const settled = settleField(context, { prepared, slot, scope, parent, collector, errorPath });
    task.add(name, settled.value);
    return settled.errors.map(({ path, error, shard }) =>
      placedError(context, error, [...errorPath, ...path], shard),
    );
  } catch (error) {
    return [toClientError(error, errorPath)];
  }
}

/** The client's mistake in a field concerns every item of a list; it is told for the first. */
class ToldOnce {
  private readonly told = new Set<string>();

  tell(what: string, errors: readonly GraphQLFormattedError[]): readonly GraphQLFormattedError[] {
    if (errors.length === 0 || this.told.has(what)) return [];
    this.told.add(what);
    return errors;
  }
}
