import type { GraphQLFormattedError } from 'graphql';
import type { ShardedSubgraph } from '../registry/registry';
import { describeFailure, type ShardErrorCode, type ShardFailure } from './shard-failure';
import type { ShardNotes } from './shard-notes';
import type { MissingShard, ShardReport, StaleShard } from './shard-report';

/** What one value of a gathered place lacks. */
export interface Lack {
  /** Where an error about it stands in the fetch's answer. */
  readonly path: readonly (string | number)[];
  readonly shards: readonly number[];
  readonly none: readonly string[];
  readonly failures: ReadonlyMap<number, ShardFailure>;
  readonly duplicates: ReadonlySet<number>;
  readonly agenciesOf: (shard: number) => readonly string[];
  readonly isCounted: boolean;
  readonly partial: readonly string[];
  readonly missedBefore: readonly string[];
}

interface Affected {
  readonly code: ShardErrorCode;
  readonly tookMs: number | null;
  readonly reason?: string;
  readonly agencies: Set<string>;
  readonly firstPath: readonly (string | number)[];
  count: number;
}

/** Joins what the values of one gathered place lack (all items of a list) into one entry of the report and one error per shard. */
export class MissingCollector {
  private readonly shards = new Set<number>();
  private readonly byShard = new Map<number | null, Affected>();
  private readonly duplicates = new Map<number, Affected>();
  private readonly partial = new Set<string>();
  private readonly missedBefore = new Set<string>();
  /** Systems that answered from a state that is not as it should be, with the agencies in question. */
  private readonly stale = new Map<number, Set<string>>();
  private isCounted = false;

  /** @param path response path of the place, `@` for list indices. */
  constructor(
    private readonly from: { readonly subgraph: ShardedSubgraph; readonly notes: ShardNotes },
    private readonly path: readonly string[],
  ) {}

  /** Counts the systems that answered for a value that lacks nothing. */
  countAnswered(shards: readonly number[]): void {
    shards.forEach((shard) => this.shards.add(shard));
  }

  /** Does nothing for a system whose state is as it should be. */
  addStale(shard: number, agencies: readonly string[]): void {
    if (!this.from.notes.has(shard)) return;
    const known = this.stale.get(shard) ?? new Set();
    agencies.forEach((agency) => known.add(agency));
    this.stale.set(shard, known);
  }

  add(lack: Lack): void {
    lack.shards.forEach((shard) => this.shards.add(shard));
    lack.partial.forEach((field) => this.partial.add(field));
    lack.missedBefore.forEach((shard) => this.missedBefore.add(shard));
    if (this.from.notes.isAny) this.addAllStale(lack);
    // A value that lacks nothing counts all its rows, whatever its neighbours lack.
    this.isCounted ||= lack.isCounted && (lack.failures.size > 0 || lack.none.length > 0);
    for (const [shard, failure] of lack.failures)
      affect(this.byShard, shard, failure, lack, lack.agenciesOf(shard));
    for (const shard of lack.duplicates)
      affect(
        this.duplicates,
        shard,
        { code: 'SHARD_DUPLICATE_ROW', tookMs: null },
        lack,
        lack.agenciesOf(shard),
      );
    if (lack.none.length > 0)
      affect(this.byShard, null, { code: 'SHARD_NONE', tookMs: null }, lack, lack.none);
  }

  /** Writes the entry, if anything is missing, and gives the errors that go with it. */
  finish(report: ShardReport): readonly GraphQLFormattedError[] {
    const missing = [...this.byShard, ...this.duplicates].sort(
      ([a], [b]) => (a ?? Infinity) - (b ?? Infinity),
    );
    const isStale = this.stale.size > 0;
    if (missing.length === 0 && this.missedBefore.size === 0 && !isStale) return [];
    const timedOut = [...this.byShard.values()].filter(({ code }) => code === 'SHARD_TIMEOUT').length;
    const total = this.shards.size + (this.byShard.has(null) ? 1 : 0);
    report.add({
      path: this.path,
      total,
      answered: total - this.byShard.size,
      failed: this.byShard.size - timedOut,
      timedOut,
      ...(this.isCounted && this.byShard.size > 0 && { totalCount: 'atLeast' as const }),
      ...(this.partial.size > 0 && { partial: [...this.partial] }),
      ...(this.missedBefore.size > 0 && { missedBefore: [...this.missedBefore] }),
      missing: missing.map(([shard, affected]) => this.toMissing(shard, affected)),
      ...(isStale && { stale: this.tellStale() }),
    });
    return missing.map(([shard, affected]) => this.toError(shard, affected));
  }

  private addAllStale({ shards, failures, agenciesOf }: Lack): void {
    for (const shard of shards)
      if (this.from.notes.has(shard) && !failures.has(shard)) this.addStale(shard, agenciesOf(shard));
  }

  private tellStale(): readonly StaleShard[] {
    const { notes } = this.from;
    return [...this.stale]
      .sort(([a], [b]) => a - b)
      .flatMap(([shard, agencies]) => notes.tell(shard, this.nameOf(shard) ?? '', [...agencies].sort()));
  }

  private toMissing(shard: number | null, { code, tookMs, reason, agencies }: Affected): MissingShard {
    return {
      shard: this.nameOf(shard),
      agencies: [...agencies].sort(),
      code,
      ...(reason !== undefined && { reason }),
      ...(tookMs !== null && { tookMs }),
    };
  }

  private toError(
    shard: number | null,
    { code, reason, agencies, firstPath, count }: Affected,
  ): GraphQLFormattedError {
    const name = this.nameOf(shard);
    return {
      message: describeFailure(name, code, [...agencies].sort()),
      path: firstPath,
      extensions: { code, ...(reason !== undefined && { reason }), shard: name, affected: count },
    };
  }

  private nameOf(shard: number | null): string | null {
    return shard === null ? null : (this.from.subgraph.shards[shard]?.name ?? null);
  }
}

function affect<Key>(
  affected: Map<Key, Affected>,
  key: Key,
  failure: ShardFailure,
  lack: Lack,
  agencies: readonly string[],
): void {
  const known = affected.get(key) ?? {
    ...failure,
    agencies: new Set<string>(),
    firstPath: lack.path,
    count: 0,
  };
  known.count += 1;
  agencies.forEach((agency) => known.agencies.add(agency));
  affected.set(key, known);
}
