import type { DateFormat } from '../../../sources/dossiers/dossier-mapping';
import type { InspectedColumn, SampledValue } from '../read/inspected-table';

export interface DetectedDate {
  readonly format: DateFormat;
  /** What stands there for no date, as the system writes it: 1753-01-01 00:00:00, an empty text, 0. */
  readonly nullAs: string | number | null;
  /** A whole sentence, where there is one. */
  readonly doubt: string | null;
}

const PATTERNS: readonly (readonly [DateFormat, RegExp])[] = [
  ['iso', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/],
  ['local-text', /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/],
  ['local-compact', /^\d{14}$/],
  ['date', /^\d{4}-\d{2}-\d{2}$/],
  ['vietnamese', /^\d{1,2}\/\d{1,2}\/\d{4}( \d{1,2}:\d{2}(:\d{2})?)?$/],
];
/** Texts that look like dates, and are of none of the formats that a mapping can say. */
const NEAR = /^\d{4}-\d{2}-\d{2}/;

const SENTINEL = /^(1753-01-01|0001-01-01|1900-01-01|9999-12-31|01\/01\/(1753|0001|1900)|17530101|00010101)/;
/** 2001 to 2050. */
const EPOCH_SECONDS = { from: 978_307_200, to: 2_524_608_000 };

/** Share of the values that must agree: real columns have some dirt. */
const ENOUGH = 0.9;

/** How the dates of a column are written; null when it holds none. A column without any value is told by its type alone. */
export function detectDate({ type }: InspectedColumn, values: readonly SampledValue[]): DetectedDate | null {
  const present = values.filter((value) => value !== null);
  const real = present.filter((value) => !isNoDate(value));
  const nullAs = noDateOf(present);
  const typed = formatOfType(type);
  if (typed !== null) return { ...typed, nullAs: typed.nullAs ?? nullAs };
  if (real.length === 0) return null;
  const format = formatOfValues(real);
  if (format === null) return null;
  return { format, nullAs, doubt: null };
}

/** Whether the values are nothing that could be told: then a name alone decides. */
export function hasNoDates(values: readonly SampledValue[]): boolean {
  return values.every((value) => value === null || isNoDate(value));
}

function isNoDate(value: SampledValue): boolean {
  if (typeof value === 'string') return value.trim() === '' || value === '0' || SENTINEL.test(value);
  return value === 0 || value === -1;
}

function noDateOf(present: readonly SampledValue[]): string | number | null {
  const found = present.find((value) => isNoDate(value)) ?? null;
  return typeof found === 'boolean' ? null : found;
}

function formatOfType(type: string): DetectedDate | null {
  if (/^(timestamp.*with time zone|timestamptz)/.test(type))
    return { format: 'timestamptz', nullAs: null, doubt: null };
  if (/^(timestamp|datetime)/.test(type)) return { format: 'timestamp', nullAs: null, doubt: null };
  return type === 'date' ? { format: 'date', nullAs: null, doubt: null } : null;
}

function formatOfValues(real: readonly SampledValue[]): DateFormat | null {
  const share = (test: (value: SampledValue) => boolean) => real.filter(test).length / real.length;
  for (const [format, pattern] of PATTERNS) {
    if (share((value) => pattern.test(String(value))) >= ENOUGH) return format;
  }
  const seconds = (value: SampledValue, scale: number) =>
    /^\d+$/.test(String(value)) &&
    Number(value) >= EPOCH_SECONDS.from * scale &&
    Number(value) <= EPOCH_SECONDS.to * scale;
  if (share((value) => seconds(value, 1_000)) >= ENOUGH) return 'epoch-ms';
  return share((value) => seconds(value, 1)) >= ENOUGH ? 'epoch-s' : null;
}

/** Dates by the look of them, in a way of writing that needs an expression or another column type. */
export function looksLikeDates(values: readonly SampledValue[]): boolean {
  const real = values.filter((value) => value !== null && !isNoDate(value));
  return real.length > 0 && real.filter((value) => NEAR.test(String(value))).length / real.length >= ENOUGH;
}
