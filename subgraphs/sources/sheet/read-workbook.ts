import { type CellObject, read, SSF, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { SourceProblem } from '../source-problem';
import { badFile } from './bad-file';
import { checkWorkbook } from './check-workbook';
import { namePattern } from './file-pattern';
import { DAYS_OF_1904 } from './serial-date';
import { cleanText, type SheetCell, type SheetRow } from './sheet-cell';

export interface SheetTable {
  readonly sheet: string;
  /** Rows that hold something, in order. Merged cells hold their value at the top left only. */
  readonly rows: readonly SheetRow[];
  readonly merges: readonly MergedCells[];
}

/** From 0, both ends included; `top` and `bottom` are numbers of rows, from 1. */
export interface MergedCells {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface WorkbookSelection {
  /** Sheet names with * and ?; absent: the first sheet that is not hidden. */
  readonly sheets?: string | undefined;
}

/** The sheets asked for, each whole in memory. @throws SourceProblem SOURCE_BAD_FILE, SOURCE_NO_TABLE */
export function readWorkbook(
  name: string,
  bytes: Buffer,
  selection: WorkbookSelection,
): readonly SheetTable[] {
  checkWorkbook(name, bytes);
  try {
    const { book, names } = openSheets(name, bytes, selection.sheets);
    const shift = book.Workbook?.WBProps?.date1904 === true ? DAYS_OF_1904 : 0;
    return names.map((sheet) => tableOf(sheet, book.Sheets[sheet], shift));
  } catch (cause) {
    if (cause instanceof SourceProblem) throw cause;
    throw badFile(
      name,
      'cannot be read as a workbook, it seems to be damaged: open it in Excel and save it again',
      cause,
    );
  }
}

function openSheets(
  name: string,
  bytes: Buffer,
  pattern: string | undefined,
): { readonly book: WorkBook; readonly names: readonly string[] } {
  const { SheetNames } = read(bytes, { type: 'buffer', bookSheets: true });
  if (pattern !== undefined) {
    const names = SheetNames.filter(namePattern(pattern));
    if (names.length === 0)
      throw new SourceProblem(
        'SOURCE_NO_TABLE',
        `The file "${name}" has no sheet named "${pattern}"; it has ${SheetNames.map((sheet) => `"${sheet}"`).join(', ')}`,
        name,
      );
    return { book: open(bytes, names), names };
  }
  const first = SheetNames.slice(0, 1);
  const book = open(bytes, first);
  const shown = book.Workbook?.Sheets?.findIndex(({ Hidden }) => Hidden === undefined || Hidden === 0) ?? 0;
  if (shown <= 0) return { book, names: first };
  const names = SheetNames.slice(shown, shown + 1);
  return { book: open(bytes, names), names };
}

function open(bytes: Buffer, sheets: string[]): WorkBook {
  return read(bytes, {
    type: 'buffer',
    dense: true,
    sheets,
    cellNF: true,
    cellHTML: false,
    // The format 14 has no fixed form: it is what the officer's Windows is set to.
    dateNF: 'dd/mm/yyyy',
  });
}

function tableOf(sheet: string, found: WorkSheet | undefined, shift: number): SheetTable {
  const merges = (found?.['!merges'] ?? []).map(({ s, e }) => ({
    top: s.r + 1,
    bottom: e.r + 1,
    left: s.c,
    right: e.c,
  }));
  const wide = wideCells(merges);
  const rows: SheetRow[] = [];
  // Dense sheets have holes where rows and cells are empty.
  const data: readonly (readonly (CellObject | undefined)[] | undefined)[] = found?.['!data'] ?? [];
  data.forEach((cells, index) => {
    if (cells === undefined) return;
    const row = Array.from(cells, (cell) => toSheetCell(cell, shift));
    if (row.every((cell) => cell === '')) return;
    const merged = wide.get(index + 1);
    rows.push({ number: index + 1, cells: row, ...(merged && { wide: merged }) });
  });
  return { sheet, rows, merges };
}

function wideCells(merges: readonly MergedCells[]): ReadonlyMap<number, ReadonlySet<number>> {
  const wide = new Map<number, Set<number>>();
  for (const { top, left, right } of merges) {
    if (right === left) continue;
    wide.set(top, (wide.get(top) ?? new Set()).add(left));
  }
  return wide;
}

function toSheetCell(cell: CellObject | undefined, shift: number): SheetCell {
  if (cell === undefined) return '';
  switch (cell.t) {
    case 's':
      return cleanText(String(cell.v ?? ''));
    case 'b':
      return cell.v === true;
    case 'n':
      return typeof cell.v === 'number' ? numberCell(cell, cell.v, shift) : withoutValue(cell);
    case 'e':
      return { error: cell.v === undefined ? 'formula without a value' : (cell.w ?? '#ERROR!') };
    case 'd':
      return cell.v instanceof Date ? cell.v.toISOString().slice(0, 19).replace('T', ' ') : '';
    default:
      return withoutValue(cell);
  }
}

function withoutValue(cell: CellObject): SheetCell {
  return cell.f === undefined ? '' : { error: 'formula without a value' };
}

function numberCell(cell: CellObject, value: number, shift: number): SheetCell {
  const format = typeof cell.z === 'string' ? cell.z : 'General';
  // SSF's types leave is_date out, which its documentation names.
  const isDate = (SSF as { is_date(format: string): boolean }).is_date(format);
  return { number: isDate ? value + shift : value, text: (cell.w ?? String(value)).trim(), format, isDate };
}
