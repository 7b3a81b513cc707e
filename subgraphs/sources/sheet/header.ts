import { foldForSearch } from '../../../schema/vietnamese-text';
import { SourceProblem } from '../source-problem';
import { nearestName } from './nearest-name';
import { type SheetCell, shownText, type SheetRow } from './sheet-cell';
import type { ColumnUse, WantedColumns } from './wanted-columns';

export interface HeaderColumn {
  /** As the mapping names it. */
  readonly name: string;
  readonly use: ColumnUse;
  /** From 0. */
  readonly index: number;
}

export interface Header {
  readonly columns: readonly HeaderColumn[];
  /** The row of its last line. */
  readonly lastRow: number;
  readonly width: number;
  /** By line, by column: the folded text, to know the header when it is repeated further below. */
  readonly lines: readonly (readonly string[])[];
}

export interface HeaderSelection {
  readonly headerRow?: number | undefined;
  readonly headerRows: number;
  readonly wanted: WantedColumns;
  /** The rows know nothing of merged cells (CSV): an upper line then names the columns up to its next text. */
  readonly isFlat: boolean;
  /** `TTHC.xlsx, sheet "TTHC2-CAPXA"` */
  readonly place: string;
}

/** Titles, the agency's name and the date stand above a table; nobody writes more than this. */
const FARTHEST_HEADER = 60;

/**
 * Finds the columns that the mapping names. `rows` begins with the first rows of the table, merged header cells filled in.
 * @throws SourceProblem SOURCE_NO_COLUMN naming what is missing and the nearest header there is
 */
export function findHeader(rows: readonly SheetRow[], selection: HeaderSelection): Header {
  const last = selection.headerRow;
  const candidates =
    last === undefined
      ? rows.filter(({ number }) => number <= FARTHEST_HEADER)
      : rows.filter(({ number }) => number === last);
  let best: Attempt | null = null;
  for (const [place, row] of candidates.entries()) {
    const attempt = tryHeader(rows, row, selection);
    if (attempt.missing.length === 0)
      return lowestLine(rows, attempt, candidates[place + 1], selection).header;
    if (best === null || attempt.header.columns.length > best.header.columns.length) best = attempt;
  }
  throw noHeader(best, selection);
}

interface Attempt {
  readonly header: Header;
  readonly names: readonly string[];
  readonly missing: readonly string[];
}

/** Columns merged over all lines of a header are found in its first line already, and the other lines are no data. */
function lowestLine(
  rows: readonly SheetRow[],
  found: Attempt,
  next: SheetRow | undefined,
  selection: HeaderSelection,
): Attempt {
  if (selection.headerRows === 1 || next === undefined) return found;
  const lower = tryHeader(rows, next, selection);
  return lower.missing.length === 0 ? lower : found;
}

function tryHeader(rows: readonly SheetRow[], last: SheetRow, selection: HeaderSelection): Attempt {
  const { headerRows, wanted, isFlat } = selection;
  const written = rows.filter(({ number }) => number <= last.number && number > last.number - headerRows);
  const lines = isFlat ? spreadUpperLines(written) : written;
  const names = columnNames(lines);
  const byName = new Map<string, number>();
  names.forEach((name, index) => {
    if (name !== '') byName.set(foldName(name), index);
  });
  const columns: HeaderColumn[] = [];
  const missing: string[] = [];
  for (const [name, use] of wanted) {
    const index = byName.get(foldName(name));
    if (index === undefined) missing.push(name);
    else columns.push({ name, use, index });
  }
  const folded = lines.map(({ cells }) => cells.map((cell) => foldForSearch(shownText(cell))));
  const width = names.findLastIndex((name) => name !== '') + 1;
  return { header: { columns, lastRow: last.number, width, lines: folded }, names, missing };
}

function spreadUpperLines(lines: readonly SheetRow[]): readonly SheetRow[] {
  const lowest = lines.at(-1);
  return lines.map((line) => {
    if (line === lowest) return line;
    let carried: SheetCell = '';
    const cells = Array.from({ length: lowest?.cells.length ?? 0 }, (_, index) => {
      const own = line.cells[index] ?? '';
      if (own !== '') carried = own;
      return own === '' && shownText(lowest?.cells[index]) !== '' ? carried : own;
    });
    return { ...line, cells };
  });
}

/** "Upper > Lower" over several lines; a name that comes again is "Name (2)". */
export function columnNames(lines: readonly SheetRow[]): readonly string[] {
  const width = Math.max(0, ...lines.map(({ cells }) => cells.length));
  const times = new Map<string, number>();
  return Array.from({ length: width }, (_, index) => {
    const parts = lines.map(({ cells }) => shownText(cells[index]).replace(/\s+/g, ' ').trim());
    // A cell merged downwards is one name, not the same name twice.
    const name = parts.filter((part, i) => part !== '' && part !== parts[i - 1]).join(' > ');
    if (name === '') return '';
    const time = (times.get(foldName(name)) ?? 0) + 1;
    times.set(foldName(name), time);
    return time === 1 ? name : `${name} (${time})`;
  });
}

/** Case, accents, spaces, line breaks and punctuation do not tell headers apart, the lines of a header do. */
function foldName(name: string): string {
  return name
    .split('>')
    .map((part) => foldForSearch(part) || part.trim())
    .join('>');
}

function noHeader(
  best: Attempt | null,
  { wanted, place, headerRow, headerRows }: HeaderSelection,
): SourceProblem {
  if (best === null || best.header.columns.length === 0) {
    const where = headerRow === undefined ? `among the first ${FARTHEST_HEADER} rows` : `in row ${headerRow}`;
    const sought = [...wanted.keys()].map((name) => `"${name}"`).join(', ');
    return new SourceProblem(
      'SOURCE_NO_COLUMN',
      `${place}: no header ${where} has a column of ${sought}`,
      place,
    );
  }
  const there = best.names.filter((name) => name !== '');
  const missing = best.missing.map((name) => {
    const nearest = nearestName(name, there);
    return nearest === null ? `"${name}"` : `"${name}" (the nearest is "${nearest}")`;
  });
  const hint =
    headerRows === 1 && headerRow === undefined ? '; where a header has several lines, say headerRows' : '';
  return new SourceProblem(
    'SOURCE_NO_COLUMN',
    `${place}: the header in row ${best.header.lastRow} has no column ${missing.join(', ')}${hint}`,
    `${place}, row ${best.header.lastRow}`,
  );
}
