import { z } from 'zod';
import { searchWords } from '../../schema/vietnamese-text';
import type { Place, PlaceSuccession } from './place';
import { optionalText, readCsv } from './read-csv';
import { dayAfter, optionalDay } from './written-date';

/** The day from which the column successor_2025_code speaks. */
const NEW_UNITS_FROM = '2025-07-01';

const LEVELS = { district: 'DISTRICT', commune: 'COMMUNE' } as const;

const placeRow = z.object({
  level: z.enum(['district', 'commune']),
  code: z.string().min(1),
  name_vi: z.string().min(1),
  type: z.string().min(1),
  district_code: optionalText,
  province_code: optionalText,
  province_name: optionalText,
  valid_from: optionalDay,
  valid_to: optionalDay,
  change: optionalText,
  successor_codes: z.string(),
  successor_names: z.string(),
  successor_2025_code: optionalText,
  successor_2025_name: optionalText,
  certainty: optionalText,
});

/** Every version of every unit. */
export function readPlaces(file: string): readonly Place[] {
  return readCsv(file, placeRow).map((row) => ({
    code: row.code,
    name: row.name_vi,
    level: LEVELS[row.level],
    kind: row.type,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    provinceCode: row.province_code,
    provinceName: row.province_name,
    change: row.change,
    successors: toSuccessors(row),
    successor2025: toSuccessor(row.successor_2025_code, row.successor_2025_name, NEW_UNITS_FROM),
    certainty: row.certainty,
    parentCode: row.district_code,
    nameWords: searchWords(row.name_vi),
  }));
}

/** Codes and names are parallel lists; the next unit starts the day after this one ends. */
function toSuccessors(row: z.output<typeof placeRow>): readonly PlaceSuccession[] {
  if (row.valid_to === null) return [];
  const effectiveDate = dayAfter(row.valid_to);
  const names = row.successor_names.split(';').map((name) => name.trim());
  return row.successor_codes.split(';').flatMap((code, index) => {
    const successor = toSuccessor(code.trim(), names[index] ?? null, effectiveDate);
    return successor === null ? [] : [successor];
  });
}

function toSuccessor(
  code: string | null,
  name: string | null,
  effectiveDate: string,
): PlaceSuccession | null {
  return code === null || code === '' ? null : { code, name: name ?? code, effectiveDate };
}
