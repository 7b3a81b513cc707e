/** What the index knows of one key. */
export type IndexEntry =
  | { readonly found: 'shard'; readonly shard: string }
  /** No system of the registry of this version had it; under another one it may be there. */
  | { readonly found: 'missing'; readonly under: string }
  | { readonly found: 'unknown' };

/**
 * Where single rows live: type and key to system. A cache of what answers taught, never the truth: a wrong entry costs a
 * round, a failed look-up counts as unknown. Behind an interface because a shared one (Redis) will stand beside this.
 */
export interface ShardIndex {
  lookUp(graph: string, typeName: string, keys: readonly string[]): Promise<readonly IndexEntry[]>;
  learn(
    graph: string,
    typeName: string,
    entries: readonly { readonly key: string; readonly shard: string }[],
  ): void;
  /** Every system answered and none has the row: remembered briefly, so that a wrong code asked again scatters once. */
  learnMissing(graph: string, typeName: string, keys: readonly string[], under: string): void;
}

export interface MemoryShardIndexOptions {
  readonly maxEntries: number;
  readonly missingForMs: number;
  /** Milliseconds on any steady scale. */
  readonly clock: () => number;
}

const UNKNOWN: IndexEntry = { found: 'unknown' };

interface Kept {
  readonly entry: IndexEntry;
  readonly until: number;
}

/** Bounded: the entry unused for longest goes first. */
export function createMemoryShardIndex({
  maxEntries,
  missingForMs,
  clock,
}: MemoryShardIndexOptions): ShardIndex {
  const kept = new Map<string, Kept>();
  const keyOf = (graph: string, typeName: string, key: string): string => `${graph}\n${typeName}\n${key}`;
  const put = (id: string, value: Kept): void => {
    kept.delete(id);
    kept.set(id, value);
    const oldest = kept.size > maxEntries ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
  };
  const take = (id: string): IndexEntry => {
    const value = kept.get(id);
    if (!value) return UNKNOWN;
    kept.delete(id);
    if (value.until < clock()) return UNKNOWN;
    kept.set(id, value);
    return value.entry;
  };
  return {
    lookUp: (graph, typeName, keys) => Promise.resolve(keys.map((key) => take(keyOf(graph, typeName, key)))),
    learn: (graph, typeName, entries) => {
      for (const { key, shard } of entries)
        put(keyOf(graph, typeName, key), { entry: { found: 'shard', shard }, until: Infinity });
    },
    learnMissing: (graph, typeName, keys, under) => {
      const kept: Kept = { entry: { found: 'missing', under }, until: clock() + missingForMs };
      for (const key of keys) put(keyOf(graph, typeName, key), kept);
    },
  };
}
