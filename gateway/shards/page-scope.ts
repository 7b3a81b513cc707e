import type { ClientCursor } from '../../schema/client-cursor';
import type { ShardPosition } from '../../schema/shard-cursor';
import type { PreparedField } from './prepare-field';
import type { Scope } from './route';
import type { ShardingContext } from './sharding-context';
import type { Slot } from './slot';

/** The page that one MERGE field of one parent asks for, and the shards it concerns. */
export interface PageScope {
  readonly first: number;
  readonly hasAfter: boolean;
  readonly after: ClientCursor | null;
  /** True when a shard in scope gave nothing: there may be more, and the total is a lower bound. */
  readonly isIncomplete: boolean;
  /** Whether a shard may speak for an agency. */
  holds(shard: number, agency: string): boolean;
  /** The client's cursor; `lost` are shards that answered with a page that cannot be used. */
  seal(position: ShardPosition, lost: readonly number[]): string;
  /** A row of the page lives in this shard. */
  learn(code: string, shard: number): void;
}

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
    first: page.first,
    hasAfter: page.after !== null,
    after: page.after,
    isIncomplete: slot.failures.size > 0 || scope.none.length > 0,
    holds: (shard, agency) => subgraph.shards[shard]?.agencies.has(agency) ?? false,
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
