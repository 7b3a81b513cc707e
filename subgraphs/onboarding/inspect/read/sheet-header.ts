import { COLUMN_WORDS } from '../recognise/column-words';
import { compactName } from '../recognise/compact-name';
import type { SampledValue } from './inspected-table';
import type { Grid } from './sheet-grid';

export interface SheetHeader {
  /** By column; '' for one without a name. A header of two lines gives "Upper > Lower". */
  readonly names: readonly string[];
  /** The number of its last line, from 1. */
  readonly row: number;
  readonly lines: 1 | 2;
  /** Rows such as "I. Đất đai" stand between the data. */
  readonly hasGroups: boolean;
}

const DEEPEST = 20;
const FEWEST_COLUMNS = 3;
const WORDS = new Set(
  Object.values(COLUMN_WORDS)
    .flatMap((fields) => Object.values(fields).flat())
    .filter((word) => !word.startsWith('*')),
);

/** The row of the first twenty that names most columns that we know, or most columns at all; null for a sheet without a table. */
export function findHeader(grid: Grid): SheetHeader | null {
  const ranked = grid.rows
    .slice(0, DEEPEST)
    .map((cells, place) => ({ place, rated: rate(cells) }))
    .sort((a, b) => b.rated - a.rated || a.place - b.place);
  const [best] = ranked;
  if (best === undefined || best.rated < FEWEST_COLUMNS) return null;
  const upper = grid.rows[best.place] ?? [];
  const spans = grid.spans.filter(({ row }) => row === best.place);
  const lower = grid.rows[best.place + 1] ?? [];
  const isDouble = spans.some(({ from, to }) => lower.slice(from, to + 1).filter(isText).length > 1);
  const names = isDouble ? doubleNames(upper, lower, spans) : upper.map(nameOf);
  const row = best.place + (isDouble ? 2 : 1);
  return { names, row, lines: isDouble ? 2 : 1, hasGroups: hasGroups(grid, row) };
}

function isText(cell: SampledValue): cell is string {
  return typeof cell === 'string' && cell !== '';
}

function nameOf(cell: SampledValue): string {
  return isText(cell) ? cell : '';
}

function rate(cells: readonly SampledValue[]): number {
  const texts = cells.filter(isText);
  if (new Set(texts).size < texts.length) return 0;
  return texts.length + 3 * texts.filter((text) => WORDS.has(compactName(text))).length;
}

function doubleNames(
  upper: readonly SampledValue[],
  lower: readonly SampledValue[],
  spans: Grid['spans'],
): readonly string[] {
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, column) => {
    const span = spans.find(({ from, to }) => from <= column && column <= to);
    const above = nameOf(upper[span?.from ?? column] ?? null);
    const below = nameOf(lower[column] ?? null);
    return above !== '' && below !== '' ? `${above} > ${below}` : above || below;
  });
}

const GROUP = /^[IVXL]+([.)]|\s|$)/;

function hasGroups({ rows }: Grid, row: number): boolean {
  return rows.slice(row).some((cells) => {
    const filled = cells.filter((cell) => cell !== null && cell !== '');
    return filled.length > 0 && filled.length <= 2 && GROUP.test(String(filled[0]));
  });
}
