import { read, SSF, utils, type CellObject } from '@e965/xlsx';
import { parse } from 'csv-parse/sync';
import { SourceProblem } from '../../../sources/source-problem';
import type { SampledValue } from './inspected-table';

/** Cells by row and column, from 0; dates as text dd/MM/yyyy HH:mm:ss. */
export interface Grid {
  /** Null for a CSV. */
  readonly sheet: string | null;
  readonly rows: readonly (readonly SampledValue[])[];
  /** Cells that span several columns: row, first and last column, from 0. */
  readonly spans: readonly { readonly row: number; readonly from: number; readonly to: number }[];
}

/** Enough to know a sheet by. */
const MOST_ROWS = 5_000;

/** @throws SourceProblem */
export function readWorkbookGrids(file: string, bytes: Buffer): readonly Grid[] {
  try {
    // A workbook is a ZIP: whatever else would be guessed at as text.
    if (bytes.subarray(0, 2).toString('latin1') !== 'PK') throw new Error('it is no workbook');
    const book = read(bytes, {
      type: 'buffer',
      cellNF: true,
      cellHTML: false,
      sheetRows: MOST_ROWS,
      dense: true,
    });
    return book.SheetNames.flatMap((sheet) => {
      const cells = book.Sheets[sheet];
      if (cells?.['!ref'] === undefined) return [];
      const range = utils.decode_range(cells['!ref']);
      const data = (cells['!data'] ?? []) as readonly (readonly (CellObject | undefined)[] | undefined)[]; // As `dense` gives it.
      const rows = Array.from({ length: range.e.r + 1 }, (_, row) =>
        Array.from({ length: range.e.c + 1 }, (__, column) => cellValue(data[row]?.[column])),
      );
      const spans = (cells['!merges'] ?? [])
        .filter(({ s, e }) => e.c > s.c)
        .map(({ s, e }) => ({ row: s.r, from: s.c, to: e.c }));
      return [{ sheet, rows, spans }];
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SourceProblem(
      'SOURCE_BAD_FILE',
      `The file "${file}" cannot be read as a workbook: ${reason}`,
      file,
      cause,
    );
  }
}

/** Its types leave these two out, which its documentation names. */
const { is_date: isDateFormat, format: formatNumber } = SSF as {
  readonly is_date: (format: string) => boolean;
  readonly format: (format: string, value: unknown) => string;
};

function cellValue(cell: CellObject | undefined): SampledValue {
  if (cell === undefined || cell.v === undefined || cell.t === 'e') return null;
  if (cell.t === 'n' && typeof cell.z === 'string' && isDateFormat(cell.z))
    return formatNumber('dd/mm/yyyy hh:mm:ss', cell.v);
  if (typeof cell.v === 'string') return cell.v.normalize('NFC').replace(/\s+/g, ' ').trim();
  return typeof cell.v === 'number' || typeof cell.v === 'boolean' ? cell.v : null;
}

/** @throws SourceProblem */
export function readCsvGrid(file: string, bytes: Buffer): Grid {
  const text = decode(bytes);
  const [firstLine = ''] = text.split(/\r?\n/, 1);
  const delimiter =
    [',', ';', '\t', '|'].toSorted((a, b) => firstLine.split(b).length - firstLine.split(a).length)[0] ?? ',';
  try {
    const rows = parse(text, { delimiter, relax_column_count: true, relax_quotes: true, to: MOST_ROWS });
    return {
      sheet: null,
      rows: rows.map((row) => row.map((cell) => cell.normalize('NFC').trim())),
      spans: [],
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SourceProblem(
      'SOURCE_BAD_FILE',
      `The file "${file}" cannot be read as CSV: ${reason}`,
      file,
      cause,
    );
  }
}

/** By the byte order mark; UTF-8 when it is valid, else the old Vietnamese letters of Windows. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1258').decode(bytes);
  }
}
