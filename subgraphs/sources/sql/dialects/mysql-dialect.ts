import { sql } from 'kysely';
import type { DateFormat } from '../../dossiers/dossier-mapping';
import type { HolidayShifts } from '../holiday-shifts';
import type { SqlExpression } from '../sql-expression';
import { fitting, LOCAL_OFFSET_SECONDS, NEVER, plainIn, weekdaysUpTo } from './portable-sql';
import type { Bindable, SqlDialect } from './sql-dialect';

const offset = sql.lit(LOCAL_OFFSET_SECONDS);
const EPOCH = sql`DATE '1970-01-01'`;

/**
 * MariaDB and MySQL, in sessions whose time zone is +07:00, so that a TIMESTAMP reads as local as a DATETIME. Their collations take texts
 * for equal that differ in case, accents or spaces at the end: an index finds those, and their bytes decide.
 */
export function mysqlDialect(name: 'mariadb' | 'mysql'): SqlDialect {
  // MySQL before 8 has no collation of bytes that tells spaces at the end.
  const collation = sql.raw(name === 'mariadb' ? 'utf8mb4_nopad_bin' : 'utf8mb4_bin');
  const exact = (text: SqlExpression) => sql`CONVERT(${text} USING utf8mb4) COLLATE ${collation}`;
  const exactIn = (column: SqlExpression, values: readonly Bindable[]) =>
    plainIn(exact(column), values.map(String));
  return {
    name,
    sortsTies: false,
    readsPeriods: true,
    day: (day) => sql`CAST(${day} AS DATE)`,
    noDay: sql`NULL`,
    noSeconds: sql`NULL`,
    moment: (value, format) => (format === 'timestamptz' ? String(value).replace(/\+07:00$/, '') : value),
    dayOf,
    monthOf: (column, format) => sql`EXTRACT(YEAR_MONTH FROM ${dayOf(column, format)})`,
    secondsOf,
    dayOfSeconds,
    isReadable: () => null,
    workingDayNumber,
    exact,
    groupsByBytes: false,
    isOneOf(column, values, kind) {
      const fit = fitting(values, kind);
      if (fit.length === 0) return NEVER;
      return isOfText(fit, kind)
        ? sql`(${plainIn(column, fit)} AND ${exactIn(column, fit)})`
        : plainIn(column, fit);
    },
    isOneOfMany(column, values, kind) {
      const fit = fitting(values, kind);
      return isOfText(fit, kind) ? exactIn(column, fit) : plainIn(sql`(${column} + 0)`, fit);
    },
    isSame: (column, other) => sql`(${column} = ${other} AND ${exact(column)} = ${exact(other)})`,
    unindexed: (condition) => sql`(${condition}) + 0`,
    countWhere: (condition) => sql`sum(${condition})`,
    // What the fence saves costs more here: it writes all rows to a table in between.
    fence: sql``,
    limit: (rows, skip = 0) => (skip === 0 ? sql`LIMIT ${rows}` : sql`LIMIT ${rows} OFFSET ${skip}`),
  };
}

function isOfText(values: readonly unknown[], kind: string | null): boolean {
  return kind === 'text' || (kind !== 'number' && values.some((value) => typeof value === 'string'));
}

/** The column as the database's own date and time. What is none is null. */
function momentOf(column: SqlExpression, format: DateFormat): SqlExpression {
  switch (format) {
    case 'timestamp':
    case 'timestamptz':
    case 'date':
      return column;
    case 'local-text':
      return sql`CAST(${column} AS DATETIME)`;
    case 'local-compact':
      return sql`STR_TO_DATE(${column}, '%Y%m%d%H%i%s')`;
    case 'epoch-ms':
    case 'epoch-s':
      return sql`(${EPOCH} + INTERVAL (${secondsOf(column, format)} + ${offset}) SECOND)`;
    case 'iso':
    case 'vietnamese':
      throw new TypeError(`A column of the format "${format}" cannot be asked in SQL`);
  }
}

function dayOf(column: SqlExpression, format: DateFormat): SqlExpression {
  return format === 'epoch-ms' || format === 'epoch-s'
    ? dayOfSeconds(secondsOf(column, format))
    : sql`DATE(${momentOf(column, format)})`;
}

function secondsOf(column: SqlExpression, format: DateFormat): SqlExpression {
  if (format === 'epoch-ms') return sql`(${column} DIV 1000)`;
  if (format === 'epoch-s') return sql`(${column} DIV 1)`;
  return sql`(TIMESTAMPDIFF(SECOND, ${EPOCH}, ${momentOf(column, format)}) - ${offset})`;
}

function dayOfSeconds(seconds: SqlExpression): SqlExpression {
  return sql`(${EPOCH} + INTERVAL ((${seconds} + ${offset}) DIV 86400) DAY)`;
}

function workingDayNumber(day: SqlExpression, { off, worked }: HolidayShifts): SqlExpression {
  const number = sql`DATEDIFF(${day}, ${EPOCH})`;
  const weekdays = weekdaysUpTo(sql`((${number} + 3) DIV 7)`, sql`((${number} + 3) MOD 7)`);
  return sql`(${weekdays}${upTo(number, off, '-')}${upTo(number, worked, '+')})`;
}

/** INTERVAL searches its sorted list by halves. */
function upTo(number: SqlExpression, days: readonly number[], sign: '+' | '-'): SqlExpression {
  if (days.length === 0) return sql``;
  // The function asks for two thresholds at least; the second one is never reached.
  const list = [...days, 99_999_999].join(', ');
  return sql` ${sql.raw(sign)} INTERVAL(${number}, ${sql.raw(list)})`;
}
