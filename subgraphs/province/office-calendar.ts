/** What the generator asks of the province's working calendar (schema/calendar.ts has it). */
export interface WorkingDays {
  isWorkingDay(day: string): boolean;
}

const DAY_SECONDS = 86_400;
/** Asia/Ho_Chi_Minh: no daylight saving. */
const ZONE_SECONDS = 7 * 3_600;
/** 07:00-11:30 and 13:30-17:00: eight hours are a day (domain rule of deadlines). */
export const OFFICE_DAY_SECONDS = 8 * 3_600;
const MORNING_STARTS = 7 * 3_600;
const MORNING_SECONDS = 4.5 * 3_600;
const AFTERNOON_STARTS = 13.5 * 3_600;

/**
 * The days of a span as numbers, counted once, because a generator of millions of dossiers cannot ask a calendar by
 * text. Days are counted from the first one; instants are seconds since 1970, UTC.
 */
export class OfficeCalendar {
  readonly #firstDay: number;
  readonly #dayTexts: string[] = [];
  readonly #rank: number[] = [];
  readonly #workingDays: number[] = [];

  constructor(firstDay: string, lastDay: string, calendar: WorkingDays) {
    this.#firstDay = Date.parse(`${firstDay}T00:00:00Z`) / 1_000 / DAY_SECONDS;
    const days = Date.parse(`${lastDay}T00:00:00Z`) / 1_000 / DAY_SECONDS - this.#firstDay + 1;
    for (let day = 0; day < days; day += 1) {
      const text = new Date((this.#firstDay + day) * DAY_SECONDS * 1_000).toISOString().slice(0, 10);
      this.#dayTexts.push(text);
      if (calendar.isWorkingDay(text)) this.#workingDays.push(day);
      this.#rank.push(this.#workingDays.length);
    }
  }

  isWorkingDay(day: number): boolean {
    return this.#rank[day] !== (day === 0 ? 0 : this.#rank[day - 1]);
  }

  dayText(day: number): string {
    const text = this.#dayTexts[day];
    if (text === undefined) throw new RangeError(`Day ${day} is outside the generator's calendar`);
    return text;
  }

  /** The day that an instant belongs to on the clock of the province. */
  dayOf(instant: number): number {
    return Math.floor((instant + ZONE_SECONDS) / DAY_SECONDS) - this.#firstDay;
  }

  at(day: number, secondOfDay: number): number {
    return (this.#firstDay + day) * DAY_SECONDS + secondOfDay - ZONE_SECONDS;
  }

  /** The instant when so many office seconds of a working day have passed. */
  atOffice(day: number, officeSecond: number): number {
    const second =
      officeSecond <= MORNING_SECONDS
        ? MORNING_STARTS + officeSecond
        : AFTERNOON_STARTS + officeSecond - MORNING_SECONDS;
    return this.at(day, Math.round(second));
  }

  nextWorkingDay(day: number): number {
    return this.#nthWorkingDay((this.#rank[day] ?? 0) + 1);
  }

  /** The same day when it is worked, else the next that is. */
  workingDayFrom(day: number): number {
    return this.isWorkingDay(day) ? day : this.nextWorkingDay(day);
  }

  /** The instant after so many office seconds of work. A sum that fills a day ends at its close, not at the next opening. */
  addOffice(instant: number, officeSeconds: number): number {
    const start = this.#officePosition(instant);
    const position = start + Math.max(0, officeSeconds);
    const days = Math.max(0, Math.ceil(position / OFFICE_DAY_SECONDS) - 1);
    return this.atOffice(this.#nthWorkingDay(days + 1), position - days * OFFICE_DAY_SECONDS);
  }

  officeSecondsBetween(from: number, to: number): number {
    return this.#officePosition(to) - this.#officePosition(from);
  }

  /** Office seconds since the calendar's first day; nights, lunch and days off add nothing. */
  #officePosition(instant: number): number {
    const day = this.dayOf(instant);
    const rank = this.#rank[day];
    if (rank === undefined) throw new RangeError(`Day ${day} is outside the generator's calendar`);
    if (!this.isWorkingDay(day)) return rank * OFFICE_DAY_SECONDS;
    const second = instant - this.at(day, 0);
    const morning = Math.min(Math.max(second - MORNING_STARTS, 0), MORNING_SECONDS);
    const afternoon = Math.min(Math.max(second - AFTERNOON_STARTS, 0), OFFICE_DAY_SECONDS - MORNING_SECONDS);
    return (rank - 1) * OFFICE_DAY_SECONDS + morning + afternoon;
  }

  #nthWorkingDay(rank: number): number {
    const day = this.#workingDays[rank - 1];
    if (day === undefined) throw new RangeError(`Working day ${rank} is outside the generator's calendar`);
    return day;
  }

  /** `2024-06-28T03:00:00Z`. Faster than Date, which the generator would call thirty million times. */
  isoText(instant: number): string {
    const dayNumber = Math.floor(instant / DAY_SECONDS);
    const second = instant - dayNumber * DAY_SECONDS;
    const hours = Math.floor(second / 3_600);
    const minutes = Math.floor((second % 3_600) / 60);
    // A morning before seven belongs to the day before in UTC, which the first day does not have.
    const day =
      this.#dayTexts[dayNumber - this.#firstDay] ?? new Date(instant * 1_000).toISOString().slice(0, 10);
    return `${day}T${TWO_DIGITS[hours]}:${TWO_DIGITS[minutes]}:${TWO_DIGITS[second % 60]}Z`;
  }
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));
