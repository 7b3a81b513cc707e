import type { LocatedRecord, ReaderEvent } from '../copy/record-reader';
import type { RowProblem } from '../source-problem';
import type { ToldRow } from './table-rows';

const MOST_ROWS = 1_000;

/** Gathers rows into events of bearable size. */
export class ToldEvents {
  #records: LocatedRecord[] = [];
  #problems: RowProblem[] = [];

  constructor(private readonly scope: string) {}

  add({ record, problems }: ToldRow): void {
    if (record !== null) this.#records.push(record);
    this.#problems.push(...problems);
  }

  get isFull(): boolean {
    return this.#records.length >= MOST_ROWS || this.#problems.length >= MOST_ROWS;
  }

  /** What was gathered; null when that is nothing. */
  flush(): ReaderEvent | null {
    const [records, problems] = [this.#records, this.#problems];
    if (records.length === 0 && problems.length === 0) return null;
    [this.#records, this.#problems] = [[], []];
    return { kind: 'rows', scope: this.scope, records, problems, mark: null };
  }
}
