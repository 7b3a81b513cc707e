import { type RawBuilder, sql } from 'kysely';
import type { DateMapping } from '../dossiers/dossier-mapping';

/** Viet Nam has kept +07:00 without summer time for longer than any system here exists. */
const LOCAL_OFFSET_MS = 7 * 3_600_000;
const LOCAL_OFFSET_SECONDS = LOCAL_OFFSET_MS / 1000;
const DAY_MS = 86_400_000;

export type SqlExpression = RawBuilder<unknown>;

/** A system holds something that its mapping does not describe: the mapping is wrong, or the row is. */
export class ColumnValueError extends Error {
  constructor(
    readonly column: string,
    readonly format: string,
    readonly value: unknown,
  ) {
    super(`Column "${column}" should hold ${format}, got ${JSON.stringify(value)}`);
    this.name = 'ColumnValueError';
  }
}

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

/** An instant in the form a column keeps it, so that comparing there needs no function and an index can serve. */
export function toColumnValue(instantMs: number, format: DateMapping['format']): string | number {
  if (format === 'epoch-ms') return instantMs;
  const local = new Date(instantMs + LOCAL_OFFSET_MS).toISOString().slice(0, 19);
  return format === 'local-text' ? local.replace('T', ' ') : local.replace(/\D/g, '');
}

const LOCAL_TEXT = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/;
const LOCAL_COMPACT = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;

/** The instant a column holds, ISO UTC with milliseconds; null for whatever the mapping counts as no date. Throws ColumnValueError. */
export function readColumnValue(value: unknown, date: DateMapping): string | null {
  if (value === null || value === undefined) return null;
  const { low, high } = boundsOf(date);
  // A text beside a number is as far outside the bounds here as SQLite's order of types puts it there.
  if (typeof value !== typeof low || (value as string | number) < low || (value as string | number) >= high) {
    return null;
  }
  const instantMs = typeof value === 'number' ? value : parseLocal(value as string, date.format);
  if (Number.isNaN(instantMs)) throw new ColumnValueError(date.column, date.format, value);
  return new Date(instantMs).toISOString();
}

function parseLocal(text: string, format: DateMapping['format']): number {
  const iso =
    format === 'local-text'
      ? text.replace(LOCAL_TEXT, '$1T$2Z')
      : text.replace(LOCAL_COMPACT, '$1-$2-$3T$4:$5:$6Z');
  return iso === text ? Number.NaN : Date.parse(iso) - LOCAL_OFFSET_MS;
}

function boundsOf(date: DateMapping): { readonly low: string | number; readonly high: string | number } {
  return {
    low: toColumnValue(startOfDay(date.earliest), date.format),
    high: toColumnValue(endOfDay(date.latest), date.format),
  };
}

/** SQL over one date column. A null mapping is a date that the system does not keep. */
export class ColumnTime {
  readonly #column: SqlExpression;

  constructor(
    private readonly date: DateMapping | null,
    table: string,
  ) {
    this.#column = date === null ? sql`NULL` : sql.ref(`${table}.${date.column}`);
  }

  /** The column itself: what it holds for no date is not yet null. */
  get column(): SqlExpression {
    return this.#column;
  }

  /** The value that compares with this column as the instant does with its dates. */
  bound(instantMs: number): string | number {
    return toColumnValue(instantMs, this.date?.format ?? 'epoch-ms');
  }

  isPresent(): SqlExpression {
    if (this.date === null) return sql`FALSE`;
    const { low, high } = boundsOf(this.date);
    return sql`(${this.#column} >= ${low} AND ${this.#column} < ${high})`;
  }

  isAbsent(): SqlExpression {
    if (this.date === null) return sql`TRUE`;
    const { low, high } = boundsOf(this.date);
    return sql`(${this.#column} IS NULL OR ${this.#column} < ${low} OR ${this.#column} >= ${high})`;
  }

  /** A date, and within [from, to) where given: however wide that is, a sentinel is not in it. */
  isBetween(fromMs: number | null, toMs: number | null): SqlExpression {
    if (this.date === null) return sql`FALSE`;
    const low = Math.max(startOfDay(this.date.earliest), fromMs ?? -Infinity);
    const high = Math.min(endOfDay(this.date.latest), toMs ?? Infinity);
    return sql`(${this.#column} >= ${this.bound(low)} AND ${this.#column} < ${this.bound(high)})`;
  }

  /** A date, and not after the instant. */
  isPresentBy(instantMs: number): SqlExpression {
    if (this.date === null) return sql`FALSE`;
    return sql`(${this.#column} >= ${boundsOf(this.date).low} AND ${this.#column} <= ${this.bound(instantMs)})`;
  }

  /** No date, or one after the instant. */
  isAbsentBy(instantMs: number): SqlExpression {
    if (this.date === null) return sql`TRUE`;
    return sql`(${this.#column} IS NULL OR ${this.#column} < ${boundsOf(this.date).low} OR ${this.#column} > ${this.bound(instantMs)})`;
  }

  /** 'YYYY-MM-DD' of Asia/Ho_Chi_Minh; null where there is no date. */
  day(): SqlExpression {
    return sql`CASE WHEN ${this.isPresent()} THEN ${this.dayOfPresent()} END`;
  }

  /** Whole seconds since 1970, UTC; null where there is no date. */
  seconds(): SqlExpression {
    return sql`CASE WHEN ${this.isPresent()} THEN ${this.#secondsOfPresent()} END`;
  }

  /** As `day`, where the date is known to be one. */
  dayOfPresent(): SqlExpression {
    const column = this.#column;
    switch (this.date?.format) {
      case undefined:
        return sql`NULL`;
      case 'local-text':
        return sql`substr(${column}, 1, 10)`;
      case 'local-compact':
        return sql`substr(${column}, 1, 4) || '-' || substr(${column}, 5, 2) || '-' || substr(${column}, 7, 2)`;
      case 'epoch-ms':
        return dayOfSeconds(sql`${column} / 1000`);
      default:
        throw new TypeError(`A column of the format "${this.date?.format}" cannot be asked in SQL`);
    }
  }

  #secondsOfPresent(): SqlExpression {
    const column = this.#column;
    switch (this.date?.format) {
      case undefined:
        return sql`NULL`;
      case 'local-text':
        return sql`unixepoch(${column}) - ${sql.lit(LOCAL_OFFSET_SECONDS)}`;
      case 'local-compact':
        return sql`unixepoch(${this.dayOfPresent()} || ' ' || substr(${column}, 9, 2) || ':' || substr(${column}, 11, 2) || ':' || substr(${column}, 13, 2)) - ${sql.lit(LOCAL_OFFSET_SECONDS)}`;
      case 'epoch-ms':
        return sql`${column} / 1000`;
      default:
        throw new TypeError(`A column of the format "${this.date?.format}" cannot be asked in SQL`);
    }
  }
}

/** The day of Asia/Ho_Chi_Minh of an SQL number of seconds. */
export function dayOfSeconds(seconds: SqlExpression): SqlExpression {
  return sql`date(${seconds} + ${sql.lit(LOCAL_OFFSET_SECONDS)}, 'unixepoch')`;
}
