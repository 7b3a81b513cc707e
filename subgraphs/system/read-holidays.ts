import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Holiday } from '../../schema/calendar';

const holidays = z.array(z.object({ date: z.iso.date(), kind: z.enum(['off', 'work']) }));

/** The days off and the swapped working days of a file such as subgraphs/province/data/holidays.csv. Throws naming what is wrong. */
export function readHolidays(file: string): readonly Holiday[] {
  const rows: unknown = parse(readFileSync(file), { columns: true, bom: true });
  return holidays.parse(rows);
}
