import { localDay } from '../../schema/calendar-day';
import { scopeOfAll, shardsByPrefix } from './route';
import type { Route } from './shard-spec';
import type { ShardingContext } from './sharding-context';
import type { Slot } from './slot';

/** One key on its way to its row: asked round by round until a shard has it. */
export interface LookupItem {
  readonly key: string;
  readonly asked: Set<number>;
  lastAsked: readonly number[];
  /** Set when no further round may be tried: the index remembers a miss, or names a shard that failed. */
  isClosed: boolean;
}

/** The shards to ask in this round for each item that is still without its row; none asked twice. */
export async function lookupRound(
  context: ShardingContext,
  typeName: string,
  route: Route,
  items: readonly LookupItem[],
): Promise<ReadonlyMap<LookupItem, readonly number[]>> {
  const open = items.filter((item) => !item.isClosed);
  const places = new Map<LookupItem, readonly number[]>();
  if (route === 'INDEX') await byIndex(context, typeName, open, places);
  else for (const item of open) places.set(item, candidates(context, route, item.key));
  for (const [item, shards] of places) {
    const fresh = shards.filter((shard) => !item.asked.has(shard));
    fresh.forEach((shard) => item.asked.add(shard));
    item.lastAsked = fresh;
    places.set(item, fresh);
  }
  return places;
}

/** The index names the one system that holds the row: when that one fails, the others have nothing to say. */
export function closeWhenIndexedShardFailed(item: LookupItem, slot: Slot): void {
  if (!slot.hasValue && item.lastAsked.some((shard) => slot.failures.has(shard))) item.isClosed = true;
}

function candidates(
  context: ShardingContext,
  route: Exclude<Route, 'INDEX'>,
  key: string,
): readonly number[] {
  switch (route) {
    case 'AGENCY':
      return context.subgraph.holders(context.registry.directory.find(key)?.code ?? key);
    case 'PREFIX':
      return shardsByPrefix(context.subgraph, context.registry.directory, key, localDay(context.now));
    case 'SCATTER':
      return scopeOfAll(context.subgraph).shards;
  }
}

async function byIndex(
  context: ShardingContext,
  typeName: string,
  items: readonly LookupItem[],
  places: Map<LookupItem, readonly number[]>,
): Promise<void> {
  if (items.length === 0) return;
  const entries = await lookUpSafely(context, typeName, items);
  items.forEach((item, i) => {
    const entry = entries[i] ?? { found: 'unknown' as const };
    if (entry.found === 'missing') item.isClosed = true;
    const place =
      entry.found === 'shard' ? context.subgraph.shards.findIndex((shard) => shard.name === entry.shard) : -1;
    places.set(item, place < 0 ? [] : [place]);
  });
}

/** A failed index never becomes "not found": the next route is tried. */
async function lookUpSafely(context: ShardingContext, typeName: string, items: readonly LookupItem[]) {
  try {
    return await context.index.lookUp(
      context.graph.name,
      typeName,
      items.map((item) => item.key),
    );
  } catch {
    return items.map(() => ({ found: 'unknown' as const }));
  }
}

/** What the rounds taught: where a row lives, or that no system has it. */
export function teachIndex(
  context: ShardingContext,
  typeName: string,
  routes: readonly Route[],
  found: ReadonlyMap<string, number>,
  missing: readonly string[],
): void {
  if (!routes.includes('INDEX')) return;
  const entries = [...found].flatMap(([key, shard]) => {
    const name = context.subgraph.shards[shard]?.name;
    return name === undefined ? [] : [{ key, shard: name }];
  });
  if (entries.length > 0) context.index.learn(context.graph.name, typeName, entries);
  if (missing.length > 0) context.index.learnMissing(context.graph.name, typeName, missing);
}
