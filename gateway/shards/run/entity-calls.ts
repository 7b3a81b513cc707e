import type { EntityTask } from './entity-task';
import type { EntityProgram } from '../compile/fetch-program';
import type { PreparedField } from './prepare-field';
import type { PreparedFields } from './prepared-fields';
import type { ShardingContext } from './sharding-context';

/** Entities of one type with the part of their fields that one call asks. */
export interface EntityPart {
  readonly entity: EntityProgram;
  readonly tasks: readonly EntityTask[];
}

/** One call to one shard. */
export interface EntityCall {
  readonly shard: number;
  readonly now: string;
  readonly parts: readonly EntityPart[];
}

/**
 * The calls that ask these entities of one shard: one, unless cursors pin another instant for their pages than the request's.
 * A field whose arguments narrow it to agencies of other shards is not asked here.
 */
export function entityCalls(
  { context, prepared }: { readonly context: ShardingContext; readonly prepared: PreparedFields },
  shard: number,
  tasks: readonly EntityTask[],
): readonly EntityCall[] {
  const held = context.subgraph.shards[shard]?.agencies ?? new Set<string>();
  const calls = new Map<string, EntityPart[]>();
  for (const [entity, some] of Map.groupBy(tasks, (task) => task.program)) {
    const fields = prepared.of(entity).filter((field) => concerns(field, held));
    const instants = Map.groupBy(fields, (field) => field.now);
    if (entity.rows.length > 0 && !instants.has(context.now)) instants.set(context.now, []);
    for (const [now, group] of instants) {
      const parts = calls.get(now) ?? [];
      parts.push({ entity: narrowed(entity, group, now === context.now), tasks: some });
      calls.set(now, parts);
    }
  }
  return [...calls].map(([now, parts]) => ({ shard, now, parts }));
}

function concerns({ agencies }: PreparedField, held: ReadonlySet<string>): boolean {
  return agencies === null || agencies.some((agency) => held.has(agency));
}

function narrowed(entity: EntityProgram, fields: readonly PreparedField[], withRow: boolean): EntityProgram {
  return {
    ...entity,
    rows: withRow ? entity.rows : [],
    rowNames: withRow ? entity.rowNames : [],
    gathers: fields.map(({ field }) => field),
  };
}
