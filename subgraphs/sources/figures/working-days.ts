import type { HolidayShifts } from '../sql/holiday-shifts';

/** Ordinals of the last day worked up to a day, each computed once. */
export class WorkingDays {
  readonly #numbers = new Map<number, number>();
  readonly #near = new Int32Array(NEAR_DAYS).fill(UNKNOWN);

  constructor(private readonly shifts: HolidayShifts) {}

  numberOf(day: number): number {
    if (day < 0 || day >= NEAR_DAYS) return this.#far(day);
    const known = this.#near[day] ?? UNKNOWN;
    if (known !== UNKNOWN) return known;
    return (this.#near[day] = this.#count(day));
  }

  #far(day: number): number {
    const known = this.#numbers.get(day) ?? this.#count(day);
    this.#numbers.set(day, known);
    return known;
  }

  #count(day: number): number {
    const days = day + DAYS_SINCE_MONDAY;
    const weeks = Math.floor(days / 7);
    const upTo = (shifted: readonly number[]) => shifted.filter((one) => one <= day).length;
    return weeks * 5 + Math.min(days - weeks * 7 + 1, 5) - upTo(this.shifts.off) + upTo(this.shifts.worked);
  }
}

/** From 1970 to 2079 without a look into a map. */
const NEAR_DAYS = 40_000;
const UNKNOWN = -1;
/** 1970-01-01 was a Thursday; counted from the Monday before it. */
const DAYS_SINCE_MONDAY = 3;
