import { sql } from 'kysely';
import type { DateFormat, DateMapping } from '../dossiers/dossier-mapping';
import { endOfDay, LOCAL_OFFSET_MS, startOfDay, toColumnValue } from './local-clock';
import { ALWAYS, NEVER } from './dialects/portable-sql';
import type { SqlExpression } from './sql-expression';
import type { SqlTable } from './sql-table';

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

const LOCAL_TEXT = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/;
const LOCAL_COMPACT = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;
/** As the drivers are told to give dates: the database's own text, in a session at +07:00. */
const NATIVE =
  /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2})(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

/** The instant a column holds, ISO UTC with milliseconds; null for whatever the mapping counts as no date. Throws ColumnValueError. */
export function readColumnValue(value: unknown, date: DateMapping): string | null {
  if (value === null || value === undefined) return null;
  const raw = value instanceof Date ? nativeText(value) : value;
  const { low, high } = boundsOf(date);
  // A text beside a number is as far outside the bounds here as SQLite's order of types puts it there.
  if (typeof raw !== typeof low || (raw as string | number) < low || (raw as string | number) >= high) {
    return null;
  }
  const instantMs =
    typeof raw === 'number'
      ? raw * (date.format === 'epoch-s' ? 1000 : 1)
      : parse(raw as string, date.format);
  if (Number.isNaN(instantMs)) throw new ColumnValueError(date.column, date.format, value);
  return new Date(instantMs).toISOString();
}

/** A driver that makes dates itself takes what has no zone for UTC: its digits are the local ones. */
function nativeText(value: Date): string {
  return value.toISOString().slice(0, 23).replace('T', ' ');
}

function parse(text: string, format: DateFormat): number {
  switch (format) {
    case 'local-text':
      return localInstant(text, text.replace(LOCAL_TEXT, '$1T$2Z'));
    case 'local-compact':
      return localInstant(text, text.replace(LOCAL_COMPACT, '$1-$2-$3T$4:$5:$6Z'));
    case 'timestamp':
    case 'timestamptz':
    case 'date':
      return nativeInstant(text);
    case 'epoch-ms':
    case 'epoch-s':
    case 'iso':
    case 'vietnamese':
      return Number.NaN;
  }
}

function localInstant(text: string, iso: string): number {
  return iso === text ? Number.NaN : Date.parse(iso) - LOCAL_OFFSET_MS;
}

function nativeInstant(text: string): number {
  const match = NATIVE.exec(text);
  if (match === null) return Number.NaN;
  const [, day = '', time = '00:00:00', fraction = '0', zone = '+07'] = match;
  const offset = zone === 'Z' ? 'Z' : zone.length === 3 ? `${zone}:00` : zone;
  return Date.parse(`${day}T${time}.${fraction.padEnd(3, '0')}${offset}`);
}

interface Bounds {
  readonly low: string | number;
  readonly high: string | number;
}

const BOUNDS = new WeakMap<DateMapping, Bounds>();

/** Asked for every date of every row, and always the same. */
function boundsOf(date: DateMapping): Bounds {
  const known = BOUNDS.get(date);
  if (known !== undefined) return known;
  const bounds = {
    low: toColumnValue(startOfDay(date.earliest), date.format),
    high: toColumnValue(endOfDay(date.latest), date.format),
  };
  BOUNDS.set(date, bounds);
  return bounds;
}

/** SQL over one date column. A null mapping is a date that the system does not keep. */
export class ColumnTime {
  readonly #column: SqlExpression;

  constructor(
    private readonly date: DateMapping | null,
    private readonly table: SqlTable,
  ) {
    this.#column = date === null ? sql`NULL` : table.column(date.column);
  }

  /** The column itself: what it holds for no date is not yet null. */
  get column(): SqlExpression {
    return this.#column;
  }

  isKept(): boolean {
    return this.date !== null;
  }

  isPresent(): SqlExpression {
    return this.isBetween(null, null);
  }

  isAbsent(): SqlExpression {
    if (this.date === null) return ALWAYS;
    const low = this.#bound(startOfDay(this.date.earliest), 'up');
    const high = this.#bound(endOfDay(this.date.latest), 'up');
    return sql`(${this.#column} IS NULL OR ${this.#column} < ${low} OR ${this.#column} >= ${high})`;
  }

  /** A date, and within [from, to) where given: however wide that is, a sentinel is not in it. */
  isBetween(fromMs: number | null, toMs: number | null): SqlExpression {
    if (this.date === null) return NEVER;
    const low = Math.max(startOfDay(this.date.earliest), fromMs ?? -Infinity);
    const high = Math.min(endOfDay(this.date.latest), toMs ?? Infinity);
    return sql`(${this.#column} >= ${this.#bound(low, 'up')} AND ${this.#column} < ${this.#bound(high, 'up')})`;
  }

  /** A date, and not after the instant. */
  isPresentBy(instantMs: number): SqlExpression {
    if (this.date === null) return NEVER;
    const low = this.#bound(startOfDay(this.date.earliest), 'up');
    return sql`(${this.#column} >= ${low} AND ${this.isUpTo(instantMs)})`;
  }

  /** No date, or one after the instant. */
  isAbsentBy(instantMs: number): SqlExpression {
    if (this.date === null) return ALWAYS;
    const low = this.#bound(startOfDay(this.date.earliest), 'up');
    return sql`(${this.#column} IS NULL OR ${this.#column} < ${low} OR ${this.isBeyond(instantMs)})`;
  }

  /** What the column holds is not after the instant. */
  isUpTo(instantMs: number): SqlExpression {
    return sql`${this.#column} <= ${this.#bound(instantMs, 'down')}`;
  }

  isBeyond(instantMs: number): SqlExpression {
    return sql`${this.#column} > ${this.#bound(instantMs, 'down')}`;
  }

  isFrom(instantMs: number): SqlExpression {
    return sql`${this.#column} >= ${this.#bound(instantMs, 'up')}`;
  }

  isBefore(instantMs: number): SqlExpression {
    return sql`${this.#column} < ${this.#bound(instantMs, 'up')}`;
  }

  /** The day; null where there is no date. */
  day(): SqlExpression {
    const { dialect } = this.table;
    if (this.date === null) return dialect.noDay;
    return this.#where(this.isPresent(), (column, format) => dialect.dayOf(column, format));
  }

  /** As `day`, where the date is known to be one. */
  dayOfPresent(): SqlExpression {
    const { dialect } = this.table;
    if (this.date === null) return dialect.noDay;
    return this.#where(null, (column, format) => dialect.dayOf(column, format));
  }

  /** See SqlDialect.monthOf, where the date is known to be one. */
  monthOfPresent(): SqlExpression {
    return this.#where(null, (column, format) => this.table.dialect.monthOf(column, format));
  }

  /** Whole seconds since 1970, UTC; null where there is no date. */
  seconds(): SqlExpression {
    const { dialect } = this.table;
    if (this.date === null) return dialect.noSeconds;
    return this.#where(this.isPresent(), (column, format) => dialect.secondsOf(column, format));
  }

  #where(
    condition: SqlExpression | null,
    read: (column: SqlExpression, format: DateFormat) => SqlExpression,
  ): SqlExpression {
    if (this.date === null) return sql`NULL`;
    const { format } = this.date;
    const isReadable = this.table.dialect.isReadable(this.#column, format);
    const value = read(this.#column, format);
    const conditions = [condition, isReadable].filter((part) => part !== null);
    return conditions.length === 0
      ? value
      : sql`CASE WHEN ${sql.join(conditions, sql` AND `)} THEN ${value} END`;
  }

  #bound(instantMs: number, rounding: 'down' | 'up'): string | number {
    const format = this.date?.format ?? 'epoch-ms';
    return this.table.dialect.moment(toColumnValue(instantMs, format, rounding), format);
  }
}
