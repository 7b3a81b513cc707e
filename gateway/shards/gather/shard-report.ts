import type { ShardErrorCode } from './shard-failure';

export interface MissingShard {
  readonly shard: string | null;
  readonly agencies: readonly string[];
  readonly code: ShardErrorCode;
  readonly tookMs?: number;
}

/** One gathered place of an answer that is not complete. Counts are over distinct systems (design: "Missing is said, always"). */
export interface ShardEntry {
  readonly path: readonly string[];
  readonly total: number;
  readonly answered: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly totalCount?: 'atLeast';
  /** Fields whose value lacks a system. */
  readonly partial?: readonly string[];
  /** Systems that an earlier page of this list lacked and that answer now: their rows before this page were not shown. */
  readonly missedBefore?: readonly string[];
  readonly missing: readonly MissingShard[];
}

/** What is missing from one response. Without an entry the response is complete. */
export interface ShardReport {
  add(entry: ShardEntry): void;
  /** The value of `extensions.shards`; undefined when nothing is missing. */
  extensions(): readonly ShardEntry[] | undefined;
}

export function createShardReport(): ShardReport {
  const entries: ShardEntry[] = [];
  return {
    add: (entry) => void entries.push(entry),
    extensions: () => (entries.length === 0 ? undefined : entries),
  };
}
