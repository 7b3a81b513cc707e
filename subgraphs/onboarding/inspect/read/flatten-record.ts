import type { SampledRow, SampledValue } from './inspected-table';

const DEEPEST = 3;

/** Paths of a JSON record to its plain values, as the mapping writes them: `applicant.name`. Lists inside it are left out. */
export function flattenRecord(record: object, prefix = '', depth = 1): SampledRow {
  return Object.fromEntries(
    Object.entries(record as Readonly<Record<string, unknown>>).flatMap(
      ([name, value]): [string, SampledValue][] => {
        const path = `${prefix}${name}`;
        if (
          value === null ||
          typeof value === 'string' ||
          typeof value === 'number' ||
          typeof value === 'boolean'
        )
          return [[path, value]];
        if (Array.isArray(value) || typeof value !== 'object' || depth >= DEEPEST) return [];
        return Object.entries(flattenRecord(value, `${path}.`, depth + 1));
      },
    ),
  );
}
