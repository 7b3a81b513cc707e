import { sql } from 'kysely';
import type { DateFormat } from '../../dossiers/dossier-mapping';
import type { HolidayShifts } from '../holiday-shifts';
import type { SqlExpression } from '../sql-expression';
import { fitting, LOCAL_OFFSET_SECONDS, plainIn, weekdaysUpTo } from './portable-sql';
import type { Bindable, ColumnKind, SqlDialect } from './sql-dialect';

const offset = sql.lit(LOCAL_OFFSET_SECONDS);
const EPOCH = sql`DATE '1970-01-01'`;

/** PostgreSQL, in sessions whose time zone is +07:00: days are dates, and a cast of either kind of timestamp gives the local one. */
export const POSTGRES_DIALECT: SqlDialect = {
  name: 'postgres',
  sortsTies: true,
  readsPeriods: true,
  day: (day) => sql`CAST(${day} AS date)`,
  noDay: sql`CAST(NULL AS date)`,
  noSeconds: sql`CAST(NULL AS bigint)`,
  moment: (value) => value,
  dayOf,
  monthOf: (column, format) =>
    format === 'timestamp' || format === 'timestamptz'
      ? sql`date_trunc('month', ${column})`
      : sql`date_trunc('month', ${dayOf(column, format)}::timestamp)`,
  secondsOf,
  dayOfSeconds,
  isReadable(column, format) {
    // A cast that fails would end the query; a day 31 of a short month is one of the next.
    if (format === 'local-text')
      return sql`${column} ~ '^\\d{4}-(0[1-9]|1[0-2])-\\d\\d \\d\\d:\\d\\d:\\d\\d$'`;
    if (format === 'local-compact') return sql`${column} ~ '^\\d{4}(0[1-9]|1[0-2])\\d{8}$'`;
    return null;
  },
  workingDayNumber,
  exact: (text) => sql`(${text})::text COLLATE "C"`,
  groupsByBytes: true,
  isOneOf,
  // The planner knows how common a value is.
  isOneOfMany: isOneOf,
  isSame: (column, other) => sql`${column} = ${other}`,
  unindexed: (condition) => condition,
  countWhere: (condition) => sql`count(*) FILTER (WHERE ${condition})`,
  fence: sql`OFFSET 0`,
  limit: (rows, skip = 0) => (skip === 0 ? sql`LIMIT ${rows}` : sql`LIMIT ${rows} OFFSET ${skip}`),
};

/** Many values travel as one array: a statement of hundreds of parameters takes as long to read as to run. */
function isOneOf(column: SqlExpression, values: readonly Bindable[], kind: ColumnKind | null): SqlExpression {
  const fit = fitting(values, kind);
  return fit.length > FEW_VALUES ? sql`${column} = ANY(${[...fit]})` : plainIn(column, fit);
}

const FEW_VALUES = 8;

function dayOf(column: SqlExpression, format: DateFormat): SqlExpression {
  switch (format) {
    case 'timestamp':
    case 'timestamptz':
    case 'date':
      return sql`(${column})::date`;
    case 'local-text':
      return dayOfParts(column, 6, 9);
    case 'local-compact':
      return dayOfParts(column, 5, 7);
    case 'epoch-ms':
    case 'epoch-s':
      return dayOfSeconds(secondsOf(column, format));
    case 'iso':
    case 'vietnamese':
      return unsorted(format);
  }
}

function dayOfParts(column: SqlExpression, month: number, day: number): SqlExpression {
  const part = (from: number, length: number) =>
    sql`substr(${column}, ${sql.lit(from)}, ${sql.lit(length)})::int`;
  return sql`(make_date(${part(1, 4)}, ${part(month, 2)}, 1) + ${part(day, 2)} - 1)`;
}

function secondsOf(column: SqlExpression, format: DateFormat): SqlExpression {
  switch (format) {
    case 'timestamptz':
      return sql`floor(extract(epoch FROM ${column}))::bigint`;
    case 'timestamp':
      return sql`(floor(extract(epoch FROM ${column}))::bigint - ${offset})`;
    case 'date':
      return secondsOfDay(dayOf(column, format));
    case 'local-text':
      return secondsOfParts(column, format, [12, 15, 18]);
    case 'local-compact':
      return secondsOfParts(column, format, [9, 11, 13]);
    case 'epoch-ms':
      return sql`((${column})::bigint / 1000)`;
    case 'epoch-s':
      return sql`(${column})::bigint`;
    case 'iso':
    case 'vietnamese':
      return unsorted(format);
  }
}

function secondsOfParts(
  column: SqlExpression,
  format: DateFormat,
  [hours, minutes, seconds]: readonly [number, number, number],
): SqlExpression {
  const part = (from: number) => sql`substr(${column}, ${sql.lit(from)}, 2)::int`;
  return sql`(${secondsOfDay(dayOf(column, format))} + ${part(hours)} * 3600 + ${part(minutes)} * 60 + ${part(seconds)})`;
}

function secondsOfDay(day: SqlExpression): SqlExpression {
  return sql`((${day} - ${EPOCH})::bigint * 86400 - ${offset})`;
}

function dayOfSeconds(seconds: SqlExpression): SqlExpression {
  return sql`(${EPOCH} + ((${seconds} + ${offset}) / 86400)::int)`;
}

function workingDayNumber(day: SqlExpression, { off, worked }: HolidayShifts): SqlExpression {
  const number = sql`(${day} - ${EPOCH})`;
  const weekdays = weekdaysUpTo(sql`((${number} + 3) / 7)`, sql`((${number} + 3) % 7)`);
  return sql`(${weekdays}${upTo(number, off, '-')}${upTo(number, worked, '+')})`;
}

/** How many of the days are not after the number, added or taken away. */
function upTo(number: SqlExpression, days: readonly number[], sign: '+' | '-'): SqlExpression {
  if (days.length === 0) return sql``;
  return sql` ${sql.raw(sign)} width_bucket(${number}, ${sql.raw(`'{${days.join(',')}}'::int[]`)})`;
}

function unsorted(format: DateFormat): never {
  throw new TypeError(`A column of the format "${format}" cannot be asked in SQL`);
}
