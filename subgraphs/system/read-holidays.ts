import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Holiday } from '../../schema/calendar';
import { ConfigError } from '../../schema/runtime/config-error';

const holidays = z.array(z.object({ date: z.iso.date(), kind: z.enum(['off', 'work']) }));

/** The days off and the swapped working days of a file such as subgraphs/province/data/holidays.csv. @throws ConfigError */
export function readHolidays(file: string): readonly Holiday[] {
  const read = holidays.safeParse(readRows(file));
  if (read.success) return read.data;
  throw new ConfigError(file, ['needs the columns date (YYYY-MM-DD) and kind (off or work)']);
}

function readRows(file: string): unknown {
  try {
    return parse(readFileSync(file), { columns: true, bom: true });
  } catch (cause) {
    throw new ConfigError(file, [
      `cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    ]);
  }
}
