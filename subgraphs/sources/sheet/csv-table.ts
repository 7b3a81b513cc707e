import { findHeader, type Header, type HeaderSelection } from './header';
import { csvBytes, type CsvEncoding, type CsvFile, type ExaminedCsv, findEncoding } from './csv-letters';
import { type CsvRows, findDelimiter, readCsvRows } from './csv-rows';
import type { SheetRow } from './sheet-cell';
import { TableRows, type ToldRow } from './table-rows';
import type { TableReading } from './workbook-rows';

/** As many rows as a header may stand below. */
const FIRST_ROWS = 64;

export interface CsvTable {
  readonly rows: AsyncIterable<ToldRow>;
  /** Of the bytes that the rows were read from; once they are all told. */
  hash(): string;
}

/** @throws SourceProblem at once for letters that cannot be told; for the rest while it is read */
export async function openCsvTable(
  file: CsvFile,
  examined: ExaminedCsv,
  reading: TableReading,
): Promise<CsvTable> {
  const encoding = await findEncoding(file, examined, reading.from.encoding);
  const selection = headerSelection(file, reading);
  const delimiter =
    reading.from.delimiter ??
    findDelimiter(await firstText(file, encoding), (rows) =>
      findsHeader(rows.slice(0, FIRST_ROWS), selection),
    );
  const csv = readCsvRows(file, encoding, delimiter);
  return { rows: toldRows(file, csv, reading, selection), hash: () => csv.hash() };
}

async function* toldRows(
  file: CsvFile,
  csv: CsvRows,
  { code, from }: TableReading,
  selection: HeaderSelection,
): AsyncGenerator<ToldRow> {
  let told: TableRows | null = null;
  let first: SheetRow[] = [];
  const begin = (header: Header) =>
    new TableRows({
      header,
      code,
      groupColumn: from.groupColumn,
      isFlat: true,
      placeOf: ({ number }) => `${file.name}, line ${number}`,
    });
  const enough = Math.max(FIRST_ROWS, (from.headerRow ?? 0) + 1);
  for await (const row of csv.rows) {
    if (told !== null) {
      yield* told.take(row);
      continue;
    }
    first.push(row);
    if (first.length < enough) continue;
    told = begin(findHeader(first, selection));
    for (const early of first) yield* told.take(early);
    first = [];
  }
  if (told !== null) return;
  const short = begin(findHeader(first, selection));
  for (const row of first) yield* short.take(row);
}

function headerSelection(file: CsvFile, { from, wanted }: TableReading): HeaderSelection {
  return { headerRow: from.headerRow, headerRows: from.headerRows, wanted, isFlat: true, place: file.name };
}

function findsHeader(rows: readonly SheetRow[], selection: HeaderSelection): boolean {
  try {
    findHeader(rows, selection);
    return true;
  } catch {
    return false; // The one thing it throws: there is no such header.
  }
}

async function firstText(file: CsvFile, encoding: CsvEncoding): Promise<string> {
  for await (const bytes of csvBytes(file)) return new TextDecoder(encoding).decode(bytes, { stream: true });
  return '';
}
