import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream';
import { CsvError, type Info, type Options, parse } from 'csv-parse';
import { parse as parseWhole } from 'csv-parse/sync';
import { badFile } from './bad-file';
import { csvBytes, type CsvEncoding, type CsvFile } from './csv-letters';
import { cleanText, type SheetRow } from './sheet-cell';

export const DELIMITERS = [',', ';', '\t', '|'] as const;

/** A quote that is never closed would take the rest of the file for one field. */
const LARGEST_RECORD = 1_000_000;

function optionsOf(delimiter: string): Options {
  return {
    delimiter,
    bom: true,
    relax_column_count: true,
    // `Sở "A"` between delimiters, without quotes of its own, is a text with quotes in it.
    relax_quotes: true,
    max_record_size: LARGEST_RECORD,
  };
}

/** The delimiter by which the first rows read as a table with the header that is sought; else the one that parts the most. */
export function findDelimiter(firstText: string, hasHeader: (rows: readonly SheetRow[]) => boolean): string {
  const text = firstText.slice(0, firstText.lastIndexOf('\n') + 1) || firstText;
  const tries = DELIMITERS.map((delimiter) => ({ delimiter, rows: firstRows(text, delimiter) }));
  const fitting = tries.find(({ rows }) => hasHeader(rows));
  if (fitting !== undefined) return fitting.delimiter;
  const width = (rows: readonly SheetRow[]) => Math.max(0, ...rows.map(({ cells }) => cells.length));
  return tries.reduce((best, one) => (width(one.rows) > width(best.rows) ? one : best)).delimiter;
}

function firstRows(text: string, delimiter: string): readonly SheetRow[] {
  try {
    const records: string[][] = parseWhole(text, {
      ...optionsOf(delimiter),
      to: 100,
      skip_records_with_error: true,
    });
    return records.map((cells, index) => ({ number: index + 1, cells: cells.map(cleanText) }));
  } catch {
    return []; // A delimiter by which nothing can be read is not the one.
  }
}

export interface CsvRows {
  readonly rows: AsyncIterable<SheetRow>;
  /** Of the bytes that were read; once the rows are all told. */
  hash(): string;
}

/** The rows as they are read, never the whole file. @throws SourceProblem SOURCE_BAD_FILE while it goes on */
export function readCsvRows(file: CsvFile, encoding: CsvEncoding, delimiter: string): CsvRows {
  const hash = createHash('sha256');
  let digest = '';
  async function* rows(): AsyncGenerator<SheetRow> {
    const parser = parse({ ...optionsOf(delimiter), info: true });
    // Its failure is the parser's, which the loop below throws.
    pipeline(
      csvBytes(file),
      (bytes: AsyncIterable<Buffer>) => decoded(bytes, encoding, hash),
      parser,
      () => undefined,
    );
    let lines = 0;
    try {
      for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
        const number = lines + 1;
        lines = info.lines;
        yield { number, cells: record.map(cleanText) };
      }
    } catch (cause) {
      throw cause instanceof CsvError ? brokenCsv(file, lines + 1, cause) : cause;
    }
    digest = hash.digest('hex');
  }
  return { rows: rows(), hash: () => digest };
}

async function* decoded(
  bytes: AsyncIterable<Buffer>,
  encoding: CsvEncoding,
  hash: { update(bytes: Buffer): unknown },
): AsyncGenerator<Buffer | string> {
  const decoder = encoding === 'utf-8' ? null : new TextDecoder(encoding);
  for await (const some of bytes) {
    hash.update(some);
    yield decoder === null ? some : decoder.decode(some, { stream: true });
  }
  if (decoder !== null) yield decoder.decode();
}

function brokenCsv(file: CsvFile, line: number, cause: CsvError): Error {
  const isQuote = cause.code === 'CSV_QUOTE_NOT_CLOSED' || cause.code === 'CSV_MAX_RECORD_SIZE';
  return badFile(
    file.name,
    isQuote
      ? `opens a quote in the record of line ${line} that is never closed: close it, or double the quotes of the text`
      : `cannot be read at line ${line} (${cause.code})`,
    cause,
  );
}
