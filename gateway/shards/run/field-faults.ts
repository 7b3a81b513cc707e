import type { ShardErrorCode, ShardFailure } from '../gather/shard-failure';
import type { Slot } from './slot';

interface Fault {
  readonly failure: ShardFailure;
  /** True when nothing of the shard's value could be used. */
  isWhole: boolean;
  readonly fields: Set<string>;
}

/** What of the shards' values for one field could not be used: a whole value, or single fields of a gathered object. */
export class FieldFaults {
  /** Shards with a row that an earlier system also holds; their values are used all the same. */
  readonly duplicates = new Set<number>();
  private readonly byShard = new Map<number, Fault>();

  constructor(private readonly slot: Slot) {}

  /** @param field a field of the gathered object; null for the whole value. */
  add(shard: number, code: ShardErrorCode, field: string | null): void {
    if (code === 'SHARD_DUPLICATE_ROW') return void this.duplicates.add(shard);
    this.addFailure(shard, { code, tookMs: null }, field);
  }

  /** Of several failures of one shard the first is told. */
  addFailure(shard: number, failure: ShardFailure, field: string | null): void {
    const fault = this.byShard.get(shard) ?? { failure, isWhole: false, fields: new Set<string>() };
    if (field === null) fault.isWhole = true;
    else fault.fields.add(field);
    this.byShard.set(shard, fault);
  }

  /** Shards that gave nothing, or something that cannot be used. */
  failures(): ReadonlyMap<number, ShardFailure> {
    const faults = [...this.byShard].map(([shard, { failure }]) => [shard, failure] as const);
    return new Map([...faults, ...this.slot.failures]);
  }

  /** The shards that a field of the gathered object lacks; null asks for those that lack every field. */
  lacking(field: string | null): ReadonlySet<number> {
    const shards = new Set(this.slot.failures.keys());
    for (const [shard, { isWhole, fields }] of this.byShard)
      if (isWhole || (field !== null && fields.has(field))) shards.add(shard);
    return shards;
  }
}
