import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { NamedProcedure } from '../sources/values/procedure-matcher';

const rows = z.array(
  z
    .looseObject({ code: z.string(), name: z.string().optional(), name_vi: z.string().optional() })
    .transform(({ code, name, name_vi: vietnamese }) => ({ code, name: name ?? vietnamese ?? '' })),
);

/** Codes and names of the province's procedures, from a CSV with the columns `code` and `name` (or `name_vi`); none without a file. */
export function readProvinceCatalogue(file: string | null): readonly NamedProcedure[] {
  if (file === null) return [];
  const parsed: unknown = parse(readFileSync(file), { columns: true, bom: true });
  return rows.parse(parsed).filter(({ code, name }) => code !== '' && name !== '');
}
