import { sql } from 'kysely';
import type { DateFormat } from '../../dossiers/dossier-mapping';
import type { SqlExpression } from '../sql-expression';
import { fitting, LOCAL_OFFSET_SECONDS, plainIn } from './portable-sql';
import type { Bindable, SqlDialect } from './sql-dialect';

const offset = sql.lit(LOCAL_OFFSET_SECONDS);

/** SQLite: texts compare by their bytes, days are texts, and working days are counted by a function of this process, `working_day_number`. */
export const SQLITE_DIALECT: SqlDialect = {
  name: 'sqlite',
  sortsTies: true,
  readsPeriods: false,
  day: (day) => sql`${day}`,
  noDay: sql`NULL`,
  noSeconds: sql`NULL`,
  moment: momentOf,
  dayOf,
  monthOf: (column, format) => sql`substr(${dayOf(column, format)}, 1, 7)`,
  secondsOf,
  dayOfSeconds,
  isReadable: () => null,
  workingDayNumber: (day) => sql`working_day_number(${day})`,
  exact: (text) => text,
  groupsByBytes: true,
  isOneOf: (column, values, kind) => plainIn(column, fitting(values, kind)),
  isOneOfMany: (column, values, kind) => plainIn(sql`+${column}`, fitting(values, kind)),
  isSame: (column, other) => sql`${column} = ${other}`,
  unindexed: (condition) => sql`+${condition}`,
  countWhere: (condition) => sql`sum(${condition})`,
  // A limit keeps SQLite from folding one level into the next.
  fence: sql`LIMIT -1`,
  limit: (rows, skip = 0) => (skip === 0 ? sql`LIMIT ${rows}` : sql`LIMIT ${rows} OFFSET ${skip}`),
};

/** It has no type for a moment with a zone; what sorts is a text of UTC, `2024-06-28T03:00:00Z`. */
function momentOf(value: Bindable, format: DateFormat): Bindable {
  if (format !== 'timestamptz') return value;
  return new Date(String(value).replace(' ', 'T')).toISOString().replace('.000Z', 'Z');
}

function dayOf(column: SqlExpression, format: DateFormat): SqlExpression {
  switch (format) {
    case 'local-text':
    case 'timestamp':
    case 'date':
      return sql`substr(${column}, 1, 10)`;
    case 'local-compact':
      return sql`substr(${column}, 1, 4) || '-' || substr(${column}, 5, 2) || '-' || substr(${column}, 7, 2)`;
    case 'epoch-ms':
      return dayOfSeconds(sql`${column} / 1000`);
    case 'epoch-s':
      return dayOfSeconds(column);
    case 'timestamptz':
      return sql`date(${column}, '+7 hours')`;
    case 'iso':
    case 'vietnamese':
      return unsorted(format);
  }
}

function secondsOf(column: SqlExpression, format: DateFormat): SqlExpression {
  switch (format) {
    case 'local-text':
    case 'timestamp':
    case 'date':
      return sql`unixepoch(${column}) - ${offset}`;
    case 'local-compact':
      return sql`unixepoch(${dayOf(column, format)} || ' ' || substr(${column}, 9, 2) || ':' || substr(${column}, 11, 2) || ':' || substr(${column}, 13, 2)) - ${offset}`;
    case 'epoch-ms':
      return sql`${column} / 1000`;
    case 'epoch-s':
      return column;
    case 'timestamptz':
      return sql`unixepoch(${column})`;
    case 'iso':
    case 'vietnamese':
      return unsorted(format);
  }
}

function dayOfSeconds(seconds: SqlExpression): SqlExpression {
  return sql`date(${seconds} + ${offset}, 'unixepoch')`;
}

function unsorted(format: DateFormat): never {
  throw new TypeError(`A column of the format "${format}" cannot be asked in SQL`);
}
