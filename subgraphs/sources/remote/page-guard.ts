import { SourceProblem } from '../source-problem';
import type { LocatedRecord } from '../copy/record-reader';
import { fingerprintOf, isSame, SeenRows, type Fingerprint } from './seen-rows';

export interface GuardedList {
  /** `GET /hoso`, `operation LayDanhSachHoSo`. */
  readonly label: string;
  /** The column by which a row is named in a problem; the other columns may be personal. */
  readonly codeName: string;
  /** A list that gives more is taken to have no end. */
  readonly maxRows: number;
}

/** Pages without a row, one after the other, before a cursor is taken to lead nowhere. */
const MAX_EMPTY_PAGES = 100;

/**
 * Watches the pages of one pass. A row is repeated when it comes with the same content on a later page; with another content it has changed
 * meanwhile, or two dossiers share a code, and neither is a fault of paging. The one harmless repetition: the end of a page at the start
 * of the next, which is what a row that was added in front of them does, and what a service that counts its ends inclusively does.
 */
export class PageGuard {
  readonly #rows = new SeenRows();
  readonly #pages = new SeenRows();
  readonly #cursors = new Map<string, number>();
  #previous: readonly Fingerprint[] = [];
  #page = 0;
  #emptyPages = 0;
  #told = 0;
  #firstTotal: number | null = null;
  #greatestTotal: number | null = null;

  constructor(private readonly list: GuardedList) {}

  /** The rows of the next page that were not told yet. @throws SourceProblem SOURCE_BAD_PAGING */
  take(records: readonly LocatedRecord[], unreadable: number): readonly LocatedRecord[] {
    this.#page += 1;
    this.#told += records.length + unreadable;
    this.#emptyPages = records.length + unreadable === 0 ? this.#emptyPages + 1 : 0;
    if (this.#emptyPages > MAX_EMPTY_PAGES)
      throw this.#problem(`is the last of ${MAX_EMPTY_PAGES} empty ones, and yet there is to be another`);
    if (records.length === 0) return [];
    const prints = records.map(({ record }) => fingerprintOf(JSON.stringify(record)));
    this.#refuseKnownPage(prints);
    const repeated = prints.map((print) => this.#rows.pageOf(print));
    const seam = this.#seamOf(prints, repeated);
    const back = repeated.findIndex((page, i) => page !== 0 && i >= seam);
    if (back >= 0) throw this.#repeats(records[back], repeated[back] ?? 0);
    for (const print of prints) this.#rows.add(print, this.#page);
    this.#previous = prints;
    if (this.#rows.size > this.list.maxRows) {
      throw this.#problem(`goes beyond ${this.list.maxRows} rows: the list seems to have no end`);
    }
    return records.slice(seam);
  }

  /** @throws SourceProblem for a total that runs ahead, or that more rows than it belie. */
  checkTotal(total: number | null): void {
    if (total === null) return;
    this.#firstTotal ??= total;
    this.#greatestTotal = Math.max(this.#greatestTotal ?? 0, total);
    if (total > this.#firstTotal * 2 + 1_000) {
      throw this.#problem(
        `tells a total of ${total} where the first told ${this.#firstTotal}: the list grows while it is read`,
      );
    }
    if (this.#rows.size > this.#greatestTotal) {
      throw this.#problem(
        `brings the rows to ${this.#rows.size}, and the total is told as ${this.#greatestTotal}; correct totalPath or leave it out`,
      );
    }
  }

  /** @throws SourceProblem for a cursor that was given before. */
  checkCursor(next: unknown): void {
    if (typeof next !== 'string' && typeof next !== 'number') return;
    const cursor = String(next);
    const before = this.#cursors.get(cursor);
    if (before !== undefined)
      throw this.#problem(`leads on to the same place as page ${before}: the pages go round in a circle`);
    this.#cursors.set(cursor, this.#page);
  }

  /** @throws SourceProblem when the list ended before the total that it told. */
  checkEnd(): void {
    if (this.#greatestTotal === null || this.#told >= this.#greatestTotal) return;
    throw this.#problem(
      `is the last, with ${this.#told} rows of the ${this.#greatestTotal} that the service tells; rows may have moved while they were read, and the next pass reads them again`,
    );
  }

  #refuseKnownPage(prints: readonly Fingerprint[]): void {
    const page = fingerprintOf(prints.map(({ low, high }) => `${low}.${high}`).join());
    const before = this.#pages.pageOf(page);
    if (before !== 0) {
      throw this.#problem(
        `is page ${before} again: the pages go round in a circle; if the service gives its last page for ever, name its total in totalPath`,
      );
    }
    this.#pages.add(page, this.#page);
  }

  /** How many rows at the start of this page are just the end of the previous one. */
  #seamOf(prints: readonly Fingerprint[], repeated: readonly number[]): number {
    const fresh = repeated.indexOf(0);
    const length = fresh < 0 ? prints.length : fresh;
    const from = this.#previous.length - length;
    if (from < 1) return 0;
    return prints.slice(0, length).every((print, i) => isSame(print, this.#previous[from + i])) ? length : 0;
  }

  #repeats(row: LocatedRecord | undefined, page: number): SourceProblem {
    const code = row?.record[this.list.codeName];
    const named = typeof code === 'string' || typeof code === 'number' ? `"${code}"` : (row?.place ?? '');
    return this.#problem(
      `repeats the row ${named} of page ${page}: rows move while they are read, or the order of the list is not fixed`,
    );
  }

  #problem(what: string): SourceProblem {
    const place = `${this.list.label}, page ${this.#page}`;
    return new SourceProblem('SOURCE_BAD_PAGING', `${place} ${what}`, place);
  }
}
