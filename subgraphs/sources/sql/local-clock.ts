import type { DateFormat } from '../dossiers/dossier-mapping';

/** Viet Nam has kept +07:00 without summer time for longer than any system here exists. */
export const LOCAL_OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

/** The first instant of a day of Asia/Ho_Chi_Minh, in milliseconds. */
export function startOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) - LOCAL_OFFSET_MS;
}

/** The first instant after a day of Asia/Ho_Chi_Minh. */
export function endOfDay(day: string): number {
  return startOfDay(day) + DAY_MS;
}

/** The day of Asia/Ho_Chi_Minh an instant falls on. */
export function dayOf(instantMs: number): string {
  return new Date(instantMs + LOCAL_OFFSET_MS).toISOString().slice(0, 10);
}

/** How finely a format tells time; an instant in between has a value before it and one after. */
const GRAIN_MS: Readonly<Record<DateFormat, number>> = {
  'local-text': 1000,
  'local-compact': 1000,
  'epoch-ms': 1,
  'epoch-s': 1000,
  timestamp: 1,
  timestamptz: 1,
  date: DAY_MS,
  iso: 1,
  vietnamese: 1000,
};

/**
 * An instant in the form a column keeps it, so that comparing there needs no function and an index can serve. Rounded down to what the
 * form can tell, or up.
 */
export function toColumnValue(
  instantMs: number,
  format: DateFormat,
  rounding: 'down' | 'up' = 'down',
): string | number {
  const grain = GRAIN_MS[format];
  const round = rounding === 'down' ? Math.floor : Math.ceil;
  const local = round((instantMs + LOCAL_OFFSET_MS) / grain) * grain;
  if (format === 'epoch-ms') return local - LOCAL_OFFSET_MS;
  if (format === 'epoch-s') return (local - LOCAL_OFFSET_MS) / 1000;
  const text = new Date(local).toISOString();
  switch (format) {
    case 'local-text':
      return text.slice(0, 19).replace('T', ' ');
    case 'local-compact':
      return text.slice(0, 19).replace(/\D/g, '');
    case 'date':
      return text.slice(0, 10);
    case 'timestamp':
      return withoutEmptyFraction(text.slice(0, 23)).replace('T', ' ');
    case 'timestamptz':
      return `${withoutEmptyFraction(text.slice(0, 23)).replace('T', ' ')}+07:00`;
    case 'iso':
    case 'vietnamese':
      throw new TypeError(`A column of the format "${format}" cannot be asked in SQL`);
  }
}

function withoutEmptyFraction(text: string): string {
  return text.endsWith('.000') ? text.slice(0, -4) : text;
}
