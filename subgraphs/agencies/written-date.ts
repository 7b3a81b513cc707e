import { z } from 'zod';
import { fromEpochDay, toEpochDay } from '../../schema/calendar-day';

const PARTIAL = /^\d{4}(-\d{2}(-\d{2})?)?$/;

const empty = z.literal('').transform(() => null);

/** A cell with a day that is known exactly, or nothing. */
export const optionalDay = z.union([empty, z.iso.date()]);

/** A cell with a day, a month (`2019-01`) or a year (`1997`), kept as written, or nothing. */
export const optionalWrittenDate = z.union([
  empty,
  z.string().refine(isWrittenDate, 'must be a date as YYYY, YYYY-MM or YYYY-MM-DD'),
]);

/** Some dates are known to the year or the month only; the first day stands for them. */
export function firstDayOf(written: string): string {
  return written + '-01-01'.slice(written.length - 'YYYY'.length);
}

export function dayAfter(day: string): string {
  return fromEpochDay(toEpochDay(day) + 1);
}

export function dayBefore(day: string): string {
  return fromEpochDay(toEpochDay(day) - 1);
}

function isWrittenDate(text: string): boolean {
  return PARTIAL.test(text) && z.iso.date().safeParse(firstDayOf(text)).success;
}
