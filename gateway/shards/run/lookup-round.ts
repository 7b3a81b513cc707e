import { localDay } from '../../../schema/calendar-day';
import { scopeOfAll, shardsByPrefix, type Scope } from '../registry/route';
import type { Route } from '../spec/shard-spec';
import type { ShardingContext } from './sharding-context';
import type { Slot } from './slot';

/** One key on its way to its row: asked round by round until a shard has it. */
export interface LookupItem {
  readonly key: string;
  readonly asked: Set<number>;
  /** The shards that the latest round named, asked before or not. */
  lastNamed: readonly number[];
  /** Set when no further round may be tried: the index remembers a miss, or names a shard that failed. */
  isClosed: boolean;
}

export function lookupItem(key: string): LookupItem {
  return { key, asked: new Set(), lastNamed: [], isClosed: false };
}

/** The shards asked. A row that is not found may be with an agency that nobody holds. */
export function scopeOfLookup({ subgraph }: ShardingContext, item: LookupItem, isFound: boolean): Scope {
  const shards = [...item.asked].sort((a, b) => a - b);
  return { shards, agencies: null, none: isFound ? [] : scopeOfAll(subgraph).none };
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
    item.lastNamed = shards;
    places.set(item, fresh);
  }
  return places;
}

/**
 * The index names the one system that holds the row: when that one fails, the others have nothing to say. Unless it is being taken
 * out of service: then another may hold the row by now.
 */
export function closeWhenIndexedShardFailed(item: LookupItem, slot: Slot): void {
  const hasFailed = (shard: number): boolean => {
    const failure = slot.failures.get(shard);
    return failure !== undefined && failure.code !== 'SHARD_DRAINING';
  };
  if (!slot.hasValue && item.lastNamed.some(hasFailed)) item.isClosed = true;
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
    if (entry.found === 'missing') item.isClosed = entry.under === context.registry.version;
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

/** After the last round the index learns where rows live, and which keys every system denied. */
export function learnOutcome(
  context: ShardingContext,
  { typeName, routes }: { readonly typeName: string; readonly routes: readonly Route[] },
  lookups: readonly { readonly item: LookupItem; readonly slot: Slot }[],
): void {
  if (!routes.includes('INDEX')) return;
  const { index, graph, subgraph, registry } = context;
  const found = lookups.flatMap(({ item, slot }) => {
    const shard = firstWithValue(slot);
    const name = shard === undefined ? undefined : subgraph.shards[shard]?.name;
    return name === undefined ? [] : [{ key: item.key, shard: name }];
  });
  const missing = lookups.filter(
    ({ slot }) => !slot.hasValue && slot.values.size > 0 && slot.values.size === subgraph.shards.length,
  );
  if (found.length > 0) index.learn(graph.name, typeName, found);
  if (missing.length > 0)
    index.learnMissing(
      graph.name,
      typeName,
      missing.map(({ item }) => item.key),
      registry.version,
    );
}

/** The first shard in registry order that has the row. */
export function firstWithValue(slot: Slot): number | undefined {
  const shards = [...slot.values].filter(([, value]) => value !== null).map(([shard]) => shard);
  return shards.length === 0 ? undefined : Math.min(...shards);
}
