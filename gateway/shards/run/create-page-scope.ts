import type { PageScope } from '../gather/page-scope';
import type { PreparedField } from './prepare-field';
import type { Scope } from '../registry/route';
import type { ShardingContext } from './sharding-context';
import type { Slot } from './slot';

export interface PageScopeOptions {
  readonly prepared: PreparedField;
  readonly scope: Scope;
  readonly slot: Slot;
  /** Key of the entity that the field stands on; null at the root. */
  readonly parent: string | null;
}

/** Null for a field that is not paged. */
export function createPageScope(
  context: ShardingContext,
  { prepared, scope, slot, parent }: PageScopeOptions,
): PageScope | null {
  const { page, field } = prepared;
  const { node, coordinate } = field;
  if (!page || node.by !== 'MERGE') return null;
  const { subgraph, index, cursors } = context;
  const namesOf = (shards: Iterable<number>): readonly string[] =>
    [...shards].flatMap((shard) => subgraph.shards[shard]?.name ?? []);
  const missing = [...(page.after?.missing ?? []), ...namesOf(slot.failures.keys())];
  return {
    ...page.rules,
    arrived: slot.pages,
    isIncomplete: slot.failures.size > 0 || scope.none.length > 0,
    seal: (position, lost) =>
      cursors.seal({
        position,
        coordinate,
        parent,
        argumentsHash: page.argumentsHash,
        now: prepared.now,
        missing: [...new Set([...missing, ...namesOf(lost)])],
      }),
    learn: (code, shard) => {
      const [name] = namesOf([shard]);
      if (node.indexedType !== null && name !== undefined)
        index.learn(context.graph.name, node.indexedType, [{ key: code, shard: name }]);
    },
  };
}
