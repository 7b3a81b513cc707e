import type { Cell, LocatedRecord } from '../copy/record-reader';
import type { RowProblem } from '../source-problem';
import { readCell } from './cell-value';
import type { Header } from './header';
import { rowShape } from './row-shape';
import { shownText, type SheetCell, type SheetRow } from './sheet-cell';

/** One row told: a record, or why there is none; and what is wrong with single values. */
export interface ToldRow {
  readonly record: LocatedRecord | null;
  readonly problems: readonly RowProblem[];
}

export interface TableMapping {
  readonly header: Header;
  /** The mapping's name of the column with the code. */
  readonly code: string | undefined;
  readonly groupColumn: string | undefined;
  /** Rows must have as many fields as the header: true of CSV only. */
  readonly isFlat: boolean;
  placeOf(row: SheetRow): string;
}

/** Notes and signatures of a form end long before this; then it is data after all. */
const MOST_NOTES = 200;
const LONGEST_VALUE = 80;

/** Tells the rows of one table apart, from the top down, and makes records of them. */
export class TableRows {
  readonly #codeIndex: number | undefined;
  #group: string | null = null;
  #followsHeader = true;
  /** Rows with hardly anything in them: notes and signatures when no full row follows, else data. */
  #notes: ToldRow[] = [];

  constructor(private readonly mapping: TableMapping) {
    this.#codeIndex = mapping.header.columns.find(({ name }) => name === mapping.code)?.index;
  }

  /** What can be told once this row is known: none, one, or rows that were held back. */
  take(row: SheetRow): readonly ToldRow[] {
    const { header } = this.mapping;
    if (row.number <= header.lastRow) return [];
    const shape = rowShape(row, header, this.#codeIndex, this.#followsHeader);
    if (shape.kind === 'group') this.#group = shape.text;
    this.#followsHeader = shape.kind === 'skip' && (shape.isHeader || this.#followsHeader);
    if (shape.kind !== 'record') return [];
    const told = this.#wrongWidth(row) ?? this.#toRecord(row);
    if (this.#isNote(row) && this.#notes.length < MOST_NOTES) {
      this.#notes.push(told);
      return [];
    }
    const all = [...this.#notes, told];
    this.#notes = [];
    return all;
  }

  #wrongWidth(row: SheetRow): ToldRow | null {
    const { isFlat, header } = this.mapping;
    if (!isFlat) return null;
    const fields = row.cells.findLastIndex((cell) => cell !== '') + 1;
    if (fields <= header.width && row.cells.length >= header.width) return null;
    return {
      record: null,
      problems: [
        {
          code: 'ROW_UNREADABLE',
          place: this.mapping.placeOf(row),
          column: null,
          value: `${row.cells.length} fields, and the header has ${header.width}`,
        },
      ],
    };
  }

  #toRecord(row: SheetRow): ToldRow {
    const { header, groupColumn } = this.mapping;
    const place = this.mapping.placeOf(row);
    const record: Record<string, Cell> = {};
    const problems: RowProblem[] = [];
    for (const { name, use, index } of header.columns) {
      const cell = row.cells[index] ?? '';
      const { value, problem } = readCell(cell, use);
      record[name] = value;
      if (problem !== undefined) problems.push({ code: problem, place, column: name, value: cut(cell) });
    }
    if (groupColumn !== undefined) record[groupColumn] = this.#group;
    return { record: { record, place }, problems };
  }

  #isNote({ cells }: SheetRow): boolean {
    const { columns } = this.mapping.header;
    const filled = columns.filter(({ index }) => shownText(cells[index]) !== '').length;
    if (filled > 2 || filled * 2 > columns.length) return false;
    const code = this.#codeIndex === undefined ? '' : shownText(cells[this.#codeIndex]);
    return !/^\S*\d\S*$/.test(code);
  }
}

function cut(cell: SheetCell): string {
  return shownText(cell).slice(0, LONGEST_VALUE);
}
