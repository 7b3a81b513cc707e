import type { Holiday } from '../../../schema/calendar';

/**
 * Where the working calendar leaves the plain week, as days since 1970 in order: weekdays that are not worked, days of a weekend that
 * are. Weekdays up to a day, less the first up to it, plus the second up to it, number the days that are worked.
 */
export interface HolidayShifts {
  readonly off: readonly number[];
  readonly worked: readonly number[];
}

const DAY_MS = 86_400_000;

export function holidayShifts(holidays: readonly Holiday[]): HolidayShifts {
  const days = (kind: Holiday['kind']) =>
    [...new Set(holidays.filter((holiday) => holiday.kind === kind).map(({ date }) => epochDay(date)))]
      .filter((day) => isWeekday(day) === (kind === 'off'))
      .toSorted((a, b) => a - b);
  return { off: days('off'), worked: days('work') };
}

function epochDay(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** 1970-01-01 was a Thursday. */
function isWeekday(day: number): boolean {
  return (((day + 3) % 7) + 7) % 7 < 5;
}
