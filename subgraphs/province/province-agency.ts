import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/** What generating and writing need to know of an agency: how the systems name it. */
export interface ProvinceAgency {
  /** In the data files. */
  readonly key: string;
  /** The canonical code: the notation of Decision 20/2020. */
  readonly code: string;
  /** The notation of QCVN 102:2016. */
  readonly formerCode: string;
  readonly name: string;
}

const agencyRow = z.object({ key: z.string(), name_vi: z.string() });
const codeRow = z.object({ agency_key: z.string(), scheme: z.string(), code: z.string() });

/** Every agency of the data folder that has a code in both notations, in file order. */
export function readProvinceAgencies(dataFolder: string): readonly ProvinceAgency[] {
  const codes = readRows(dataFolder, 'agency_codes.csv', codeRow);
  const codeOf = (key: string, scheme: string) =>
    codes.find((row) => row.agency_key === key && row.scheme === scheme)?.code;
  return ['agencies.csv', 'agencies_other.csv']
    .flatMap((file) => readRows(dataFolder, file, agencyRow))
    .flatMap(({ key, name_vi: name }) => {
      const code = codeOf(key, 'QD_20_2020');
      const formerCode = codeOf(key, 'QCVN_102_2016');
      return code === undefined || formerCode === undefined ? [] : [{ key, code, formerCode, name }];
    });
}

function readRows<Row>(folder: string, file: string, row: z.ZodType<Row>): Row[] {
  const rows: unknown = parse(readFileSync(join(folder, file)), { columns: true, bom: true });
  return z.array(row).parse(rows);
}
