import type { SheetCollection } from '../mapping/collections';
import { findHeader } from './header';
import { fillAll, fillDown } from './merged-cells';
import { openWorkbook } from './open-workbook';
import type { SheetTable } from './read-workbook';
import { TableRows, type ToldRow } from './table-rows';
import type { WantedColumns } from './wanted-columns';

/** How the tables of a collection are read, whatever file they stand in. */
export interface TableReading {
  readonly from: SheetCollection;
  readonly wanted: WantedColumns;
  readonly code: string | undefined;
}

/** @throws SourceProblem before the first row is told */
export async function* workbookRows(
  name: string,
  bytes: Buffer,
  reading: TableReading,
): AsyncGenerator<ToldRow> {
  const sheets = await openWorkbook(name, bytes, { sheets: reading.from.sheets });
  const tables = sheets
    // Excel makes three sheets, and most people use one.
    .filter(({ rows }, _, all) => rows.length > 0 || all.length === 1)
    .map((table) => openTable(name, table, reading));
  for (const { rows, told } of tables) {
    for (const row of rows) yield* told.take(row);
  }
}

function openTable(name: string, { sheet, rows, merges }: SheetTable, { from, wanted, code }: TableReading) {
  const place = `${name}, sheet "${sheet}"`;
  const { headerRow, headerRows, groupColumn } = from;
  const header = findHeader(fillAll(rows, merges), { headerRow, headerRows, wanted, isFlat: false, place });
  const told = new TableRows({
    header,
    code,
    groupColumn,
    isFlat: false,
    placeOf: ({ number }) => `${place}, row ${number}`,
  });
  return { rows: from.fillMerged ? fillDown(rows, merges) : rows, told };
}
