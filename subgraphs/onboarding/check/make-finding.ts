import type { CountedValue, Finding } from './check-report';
import type { FindingCode } from './finding-codes';
import { FINDING_TEXTS } from './finding-texts';
import { maskPersonal } from './mask-personal';

export const MAX_VALUES = 50;
export const MAX_EXAMPLES = 5;
const MAX_VALUE_LENGTH = 80;

export interface FindingParts {
  readonly place?: string | null;
  readonly count?: number | null;
  /** Instead of the usual sentence. */
  readonly message?: string;
  readonly examples?: readonly string[];
  readonly values?: readonly CountedValue[];
  readonly rows?: Finding['rows'];
  readonly sql?: string;
}

/** A finding in words: bounded lists, values cut and masked. */
export function makeFinding(code: FindingCode, parts: FindingParts = {}): Finding {
  const { severity, vi, en, doVi, doEn } = FINDING_TEXTS[code];
  const { place = null, count = null, message, values = [], rows = [] } = parts;
  const sorted = values.toSorted((a, b) => b.count - a.count);
  return {
    code,
    severity,
    place,
    count,
    message: {
      vi: filled(vi, place, count, 'vi-VN') + (message === undefined ? '' : `: ${message}`),
      en: filled(en, place, count, 'en') + (message === undefined ? '' : `: ${message}`),
    },
    remedy: { vi: doVi, en: doEn },
    examples: (parts.examples ?? []).slice(0, MAX_EXAMPLES).map(shown),
    values: sorted.slice(0, MAX_VALUES).map((value) => ({ ...value, value: shown(value.value) })),
    moreValues: Math.max(0, values.length - MAX_VALUES),
    rows: rows.slice(0, MAX_VALUES).map((row) => ({
      ...row,
      value: row.value === null ? null : shown(row.value),
    })),
    sql: parts.sql ?? null,
  };
}

/** The values of a column, counted. */
export function countedValues(
  groups: readonly { readonly raw: readonly (string | null)[] | string | null; readonly rows: number }[],
  suggest: (raw: string) => string | null = () => null,
): readonly CountedValue[] {
  return groups.map(({ raw, rows }) => {
    const value = (typeof raw === 'object' && raw !== null ? raw : [raw])
      .map((part) => (part === null || part === '' ? EMPTY : part))
      .join(' | ');
    return { value, count: rows, suggestion: value === EMPTY ? null : suggest(value) };
  });
}

export const EMPTY = '(empty)';

/**
 * Nearly every row has a value of its own: the column holds no list of words but what people wrote, perhaps their names. Such values are
 * counted and not shown.
 */
export function isFreeText(groups: readonly { readonly rows: number }[]): boolean {
  return groups.length > MAX_VALUES && groups.length > sumRows(groups) / 2;
}

export const FREE_TEXT_MESSAGE =
  'nearly every row has a value of its own, so none is shown; is this the right column?';

export function sumRows(groups: readonly { readonly rows: number }[]): number {
  return groups.reduce((sum, { rows }) => sum + rows, 0);
}

function filled(text: string, place: string | null, count: number | null, locale: string): string {
  return text
    .replace('{n}', () => (count ?? 0).toLocaleString(locale))
    .replace('{place}', () => place ?? '?');
}

function shown(value: string): string {
  const masked = maskPersonal(value);
  return masked.length <= MAX_VALUE_LENGTH ? masked : `${masked.slice(0, MAX_VALUE_LENGTH - 1)}…`;
}
