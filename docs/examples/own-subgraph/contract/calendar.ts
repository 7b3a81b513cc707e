import { fromEpochDay, toEpochDay } from './calendar-day';

export { localDay } from './calendar-day';

/** One line of holidays.csv: `off` is a weekday that is not worked, `work` a Saturday or Sunday that is. */
export interface Holiday {
  readonly date: string;
  readonly kind: 'off' | 'work';
}

/** Days are `YYYY-MM-DD`; every function throws RangeError for other text. */
export interface WorkingCalendar {
  isWorkingDay(day: string): boolean;
  /** Days worked after `fromDay` up to and including `toDay`; negative when `toDay` is earlier. */
  workingDaysBetween(fromDay: string, toDay: string): number;
  /** The n-th day worked after `day`; `day` itself, worked or not, for 0. Throws RangeError for a negative or broken n. */
  addWorkingDays(day: string, n: number): string;
  /** Ordinal of the last day worked up to `day`: a column of it turns counting days into a subtraction in SQL. */
  dayNumber(day: string): number;
}

/**
 * The working calendar of the province: Monday to Friday, changed by the list. Days outside the years of the list are plain
 * weeks. Lines that change nothing (a Sunday off) are harmless; one day both off and worked throws.
 */
export function createWorkingCalendar(holidays: readonly Holiday[]): WorkingCalendar {
  const exceptions = readExceptions(holidays);
  const days = [...exceptions.keys()].sort((a, b) => a - b);
  const shifts = runningShifts(days, exceptions);
  const numbers = new Map<string, number>();

  const ordinal = (epochDay: number): number =>
    weekdaysUpTo(epochDay) + (shifts[countUpTo(days, epochDay)] ?? 0);

  const dayNumber = (day: string): number => {
    const known = numbers.get(day);
    if (known !== undefined) return known;
    const number = ordinal(toEpochDay(day));
    // Rows repeat a few thousand days; a bound, because the days may come from a client.
    if (numbers.size < MAX_REMEMBERED_DAYS) numbers.set(day, number);
    return number;
  };

  return {
    dayNumber,
    workingDaysBetween: (fromDay, toDay) => dayNumber(toDay) - dayNumber(fromDay),
    isWorkingDay(day) {
      const epochDay = toEpochDay(day);
      return ordinal(epochDay) > ordinal(epochDay - 1);
    },
    addWorkingDays(day, n) {
      if (!Number.isInteger(n) || n < 0) throw new RangeError(`Not a number of working days: ${n}`);
      const start = toEpochDay(day);
      return n === 0 ? day : fromEpochDay(firstDayWith(ordinal, start, ordinal(start) + n));
    },
  };
}

const MAX_REMEMBERED_DAYS = 20_000;

/** 1970-01-01 was a Thursday; counted from the Monday before it. */
const DAYS_SINCE_MONDAY = 3;

/** Weekdays (Monday to Friday) from the Monday before 1970 up to and including the day. */
function weekdaysUpTo(epochDay: number): number {
  const days = epochDay + DAYS_SINCE_MONDAY;
  const weeks = Math.floor(days / 7);
  return weeks * 5 + Math.min(days - weeks * 7 + 1, 5);
}

function isWeekday(epochDay: number): boolean {
  return weekdaysUpTo(epochDay) > weekdaysUpTo(epochDay - 1);
}

/** The days that differ from a plain week, each with what it adds to the count. */
function readExceptions(holidays: readonly Holiday[]): ReadonlyMap<number, 1 | -1> {
  const kinds = new Map<number, Holiday['kind']>();
  const exceptions = new Map<number, 1 | -1>();
  for (const { date, kind } of holidays) {
    const epochDay = toEpochDay(date);
    if ((kinds.get(epochDay) ?? kind) !== kind)
      throw new Error(`${date} is both off and worked in the calendar`);
    kinds.set(epochDay, kind);
    if (isWeekday(epochDay) !== (kind === 'work')) exceptions.set(epochDay, kind === 'work' ? 1 : -1);
  }
  return exceptions;
}

/** At index i: what the first i exceptions add together. */
function runningShifts(days: readonly number[], exceptions: ReadonlyMap<number, 1 | -1>): readonly number[] {
  let sum = 0;
  return [0, ...days.map((day) => (sum += exceptions.get(day) ?? 0))];
}

/** How many of the sorted days are not after the given one. */
function countUpTo(days: readonly number[], epochDay: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? Infinity) <= epochDay) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The earliest day after `start` whose ordinal reaches `target`. */
function firstDayWith(ordinal: (epochDay: number) => number, start: number, target: number): number {
  let step = 1;
  while (ordinal(start + step) < target) step *= 2;
  let low = start + Math.floor(step / 2) + 1;
  let high = start + step;
  if (step === 1) low = start + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (ordinal(middle) >= target) high = middle;
    else low = middle + 1;
  }
  return low;
}
