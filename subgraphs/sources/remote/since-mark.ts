import type { LocatedRecord } from '../copy/record-reader';
import type { DateMapping } from '../dossiers/dossier-mapping';
import type { SinceMapping } from '../mapping/collections';
import { compileInstant, writeInstant, type ReadInstant } from '../values/instant';
import type { ListParams } from './page-steps';

/**
 * The high-water mark of a list: the instant of the latest change seen, as ISO text. It never runs ahead of the clock at the start of
 * the pass, or one row that claims to be of 2099 would hide every later change; and it never goes back.
 */
export class SinceMark {
  #latest: number | null;
  readonly #read: ReadInstant;

  constructor(
    private readonly updatedAt: DateMapping | null,
    kept: string | undefined,
    private readonly startedAt: number,
  ) {
    const instant = Date.parse(kept ?? '');
    this.#latest = Number.isNaN(instant) ? null : instant;
    this.#read = updatedAt === null ? () => null : compileInstant(updatedAt);
  }

  /** What asks for the changes since the mark; null when there is no mark to ask by. */
  paramsOf(since: SinceMapping | undefined): ListParams | null {
    if (since === undefined || this.#latest === null) return null;
    return { [since.param]: writeInstant(this.#latest - since.overlapSeconds * 1_000, since.format) };
  }

  see(records: readonly LocatedRecord[]): void {
    if (this.updatedAt === null) return;
    for (const { record } of records) {
      const instant = this.#read(record[this.updatedAt.column]);
      if (instant === null || Number.isNaN(instant) || (this.#latest !== null && instant <= this.#latest))
        continue;
      this.#latest = Math.max(this.#latest ?? 0, Math.min(instant, this.startedAt));
    }
  }

  /** After the last page. Rows that do not say when they changed: whatever changes from now on is after the start of this pass. */
  toText(): string | null {
    if (this.updatedAt === null) return new Date(this.startedAt).toISOString();
    return this.#latest === null ? null : new Date(this.#latest).toISOString();
  }
}
