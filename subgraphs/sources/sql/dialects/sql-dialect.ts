import type { DateFormat } from '../../dossiers/dossier-mapping';
import type { HolidayShifts } from '../holiday-shifts';
import type { SqlExpression } from '../sql-expression';

export type SqlDialectName = 'sqlite' | 'postgres' | 'mariadb' | 'mysql' | 'mssql';

/** What a column holds, as far as comparing with it goes. */
export type ColumnKind = 'text' | 'number' | 'boolean' | 'date' | 'other';

export type Bindable = string | number;

/**
 * What the databases do not say alike. Days are of Asia/Ho_Chi_Minh, in the database's own type of days where it has one: they
 * are compared with each other and with `day(…)` only. Everything else here is the same SQL everywhere.
 */
export interface SqlDialect {
  readonly name: SqlDialectName;
  /** It reads an index in order and sorts only what is equal there. Without that, ties are settled among the rows of one page. */
  readonly sortsTies: boolean;
  /** It finds a part of a table by an index on a date sooner than it reads the whole, and tells by itself when not. */
  readonly readsPeriods: boolean;
  /** A day that is given. */
  day(day: string): SqlExpression;
  /** A null of the type of days, and one of the type of seconds: PostgreSQL takes a bare one for a text. */
  readonly noDay: SqlExpression;
  readonly noSeconds: SqlExpression;
  /** A moment in the form of a column, as toColumnValue gives it, in the words of this database. */
  moment(value: Bindable, format: DateFormat): Bindable;
  /** The day of a column that is known to hold a date. */
  dayOf(column: SqlExpression, format: DateFormat): SqlExpression;
  /** Something whose text begins with year and month, `2024-05` or `202405`. */
  monthOf(column: SqlExpression, format: DateFormat): SqlExpression;
  /** Whole seconds since 1970, UTC, of a column that is known to hold a date. */
  secondsOf(column: SqlExpression, format: DateFormat): SqlExpression;
  dayOfSeconds(seconds: SqlExpression): SqlExpression;
  /** Beyond the bounds: a text that looks like a date, where taking it for one would end the query. null: nothing to ask. */
  isReadable(column: SqlExpression, format: DateFormat): SqlExpression | null;
  /** The ordinal of the last day worked up to a day. */
  workingDayNumber(day: SqlExpression, shifts: HolidayShifts): SqlExpression;
  /** A text that compares, sorts and groups by its bytes, whatever the column's collation. */
  exact(text: SqlExpression): SqlExpression;
  /** Grouping and counting what is distinct go by bytes as it is. */
  readonly groupsByBytes: boolean;
  /** The value is one of these, to the letter; in a form that an index on the column serves. `values` is not empty. */
  isOneOf(column: SqlExpression, values: readonly Bindable[], kind: ColumnKind | null): SqlExpression;
  /** As `isOneOf`, in a form that keeps an index on the column out, where the database would jump at it. */
  isOneOfMany(column: SqlExpression, values: readonly Bindable[], kind: ColumnKind | null): SqlExpression;
  /** Two columns hold the same text, to the letter. */
  isSame(column: SqlExpression, other: SqlExpression): SqlExpression;
  /** The condition, so that no index on its columns is used for it. */
  unindexed(condition: SqlExpression): SqlExpression;
  countWhere(condition: SqlExpression): SqlExpression;
  /** After a subquery: what it computes is computed once, and not again wherever it is named. */
  readonly fence: SqlExpression;
  /** After ORDER BY. */
  limit(rows: number, skip?: number): SqlExpression;
}
