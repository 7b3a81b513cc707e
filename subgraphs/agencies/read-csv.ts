import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/** The rows of a CSV file with a header line, checked; throws naming the file, the line and the column. */
export function readCsv<Row>(file: string, row: z.ZodType<Row>): readonly Row[] {
  const records: unknown[] = parse(readFileSync(file, 'utf8'), { columns: true, bom: true });
  return records.map((record, index) => {
    const result = row.safeParse(record);
    if (result.success) return result.data;
    // The header is line 1. Quoted line breaks would shift the number; none of the files has any.
    throw new Error(`${file} line ${index + 2}: ${z.prettifyError(result.error)}`);
  });
}

/** An empty cell says "not known" or "does not apply". */
export const optionalText = z.string().transform((text) => (text === '' ? null : text));
