import type { MergedCells } from './read-workbook';
import type { SheetCell, SheetRow } from './sheet-cell';

/** Every cell of a merged range holds its value: how headers are read. */
export function fillAll(rows: readonly SheetRow[], merges: readonly MergedCells[]): readonly SheetRow[] {
  return fill(rows, merges, ({ left, right }) => [left, right]);
}

/** Only downwards: a range merged to the right is one cell of the row, whose neighbours have nothing of their own. */
export function fillDown(rows: readonly SheetRow[], merges: readonly MergedCells[]): readonly SheetRow[] {
  const tall = merges.filter(({ top, bottom }) => bottom > top);
  return fill(rows, tall, ({ left }) => [left, left]);
}

function fill(
  rows: readonly SheetRow[],
  merges: readonly MergedCells[],
  columnsOf: (merged: MergedCells) => readonly [number, number],
): readonly SheetRow[] {
  if (merges.length === 0) return rows;
  const place = new Map(rows.map(({ number }, index) => [number, index]));
  const filled = rows.map((row) => row.cells);
  const copied = new Set<number>();
  for (const merged of merges) {
    const top = place.get(merged.top);
    const value = top === undefined ? undefined : filled[top]?.[merged.left];
    if (value === undefined || value === '') continue;
    const [from, to] = columnsOf(merged);
    for (let number = merged.top; number <= merged.bottom; number++) {
      const index = place.get(number);
      if (index === undefined) continue;
      // A row is copied once, before its first change: the rows belong to the caller.
      if (!copied.has(index)) filled[index] = [...(filled[index] ?? [])];
      copied.add(index);
      write(filled[index] as SheetCell[], from, to, value);
    }
  }
  return rows.map((row, index) => ({ ...row, cells: filled[index] ?? row.cells }));
}

function write(cells: SheetCell[], from: number, to: number, value: SheetCell): void {
  while (cells.length <= to) cells.push('');
  for (let column = from; column <= to; column++) cells[column] = value;
}
