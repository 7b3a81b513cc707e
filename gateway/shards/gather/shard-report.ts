import type { Registry } from '../registry/registry';
import type { ShardErrorCode } from './shard-failure';

export interface MissingShard {
  readonly shard: string | null;
  readonly agencies: readonly string[];
  readonly code: ShardErrorCode;
  /** The system's own code for it: `SOURCE_REFUSED`, `SOURCE_TIMEOUT`, … */
  readonly reason?: string;
  readonly tookMs?: number;
}

/** A system that answered from a state that is not as it should be. */
export interface StaleShard {
  readonly shard: string;
  /** In question at this place. */
  readonly agencies: readonly string[];
  /** The instant that its rows show; null where it does not say. */
  readonly asOf: string | null;
  readonly code: string;
  readonly since: string | null;
}

/** One gathered place of an answer that is not complete, or not as it stands in the systems now. Counts are over distinct systems (design: "Missing is said, always"). */
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
  /** Systems that count as answered. */
  readonly stale?: readonly StaleShard[];
}

/** What is missing from one response. Without an entry the response is complete. */
export interface ShardReport {
  /** The systems as they were when the request began: it is answered by these to its end. Null where none were known. */
  readonly registry: Registry | null;
  add(entry: ShardEntry): void;
  /**
   * The value of `extensions.shards`; undefined when nothing is missing.
   *
   * @param toClientPath writes a path of the plan's data as the client selected it.
   */
  extensions(toClientPath?: ToClientPath): readonly ShardEntry[] | undefined;
  another(): ShardReport;
}

type ToClientPath = (path: readonly string[]) => readonly string[];

export function createShardReport(registry: Registry | null = null): ShardReport {
  const entries: ShardEntry[] = [];
  return {
    registry,
    another: () => createShardReport(registry),
    add: (entry) => void entries.push(entry),
    extensions: (toClientPath = (path) => path) =>
      entries.length === 0 ? undefined : entries.map((entry) => asSelected(entry, toClientPath)),
  };
}

function asSelected(entry: ShardEntry, toClientPath: ToClientPath): ShardEntry {
  const { path, partial } = entry;
  const nameOf = (field: string): string => toClientPath([...path, field]).at(-1) ?? field;
  return {
    ...entry,
    path: toClientPath(path),
    ...(partial !== undefined && { partial: partial.map(nameOf) }),
  };
}
