import { sql } from 'kysely';
import type { DateFormat } from '../../dossiers/dossier-mapping';
import type { HolidayShifts } from '../holiday-shifts';
import type { SqlExpression } from '../sql-expression';
import { fitting, LOCAL_OFFSET_SECONDS, plainIn, weekdaysUpTo } from './portable-sql';
import type { SqlDialect } from './sql-dialect';

const offset = sql.lit(LOCAL_OFFSET_SECONDS);
const EPOCH = sql`CAST('1970-01-01' AS date)`;

/** SQL Server from 2016. Its collations ignore case as those of MySQL do, so an index finds and a binary collation decides. */
export const MSSQL_DIALECT: SqlDialect = {
  name: 'mssql',
  sortsTies: false,
  readsPeriods: true,
  day: (day) => sql`CAST(${day} AS date)`,
  noDay: sql`CAST(NULL AS date)`,
  noSeconds: sql`CAST(NULL AS bigint)`,
  moment: (value) => value,
  dayOf,
  monthOf: (column, format) => sql`CONVERT(char(7), ${dayOf(column, format)}, 23)`,
  secondsOf,
  dayOfSeconds,
  isReadable: () => null,
  workingDayNumber,
  exact,
  groupsByBytes: false,
  isOneOf(column, values, kind) {
    const fit = fitting(values, kind);
    if (fit.length === 0 || !isOfText(fit, kind)) return plainIn(column, fit);
    return sql`(${plainIn(column, fit)} AND ${plainIn(exact(column), fit)})`;
  },
  isOneOfMany(column, values, kind) {
    const fit = fitting(values, kind);
    return isOfText(fit, kind) ? plainIn(exact(column), fit) : plainIn(column, fit);
  },
  isSame: (column, other) => sql`(${column} = ${other} AND ${exact(column)} = ${exact(other)})`,
  unindexed: (condition) => condition,
  countWhere: (condition) => sql`sum(CASE WHEN ${condition} THEN 1 ELSE 0 END)`,
  fence: sql``,
  limit: (rows, skip = 0) => sql`OFFSET ${skip} ROWS FETCH NEXT ${rows} ROWS ONLY`,
};

function isOfText(values: readonly unknown[], kind: string | null): boolean {
  return kind === 'text' || (kind !== 'number' && values.some((value) => typeof value === 'string'));
}

function exact(text: SqlExpression): SqlExpression {
  return sql`CONVERT(nvarchar(4000), ${text}) COLLATE Latin1_General_100_BIN2`;
}

function dayOf(column: SqlExpression, format: DateFormat): SqlExpression {
  switch (format) {
    case 'timestamp':
    case 'date':
      return sql`CAST(${column} AS date)`;
    case 'timestamptz':
      return sql`CAST(SWITCHOFFSET(${column}, '+07:00') AS date)`;
    case 'local-text':
      return sql`TRY_CONVERT(date, LEFT(${column}, 10), 23)`;
    case 'local-compact':
      return sql`TRY_CONVERT(date, LEFT(${column}, 8), 112)`;
    case 'epoch-ms':
    case 'epoch-s':
      return dayOfSeconds(secondsOf(column, format));
    case 'iso':
    case 'vietnamese':
      return unsorted(format);
  }
}

function secondsOf(column: SqlExpression, format: DateFormat): SqlExpression {
  const since = (moment: SqlExpression) => sql`(DATEDIFF_BIG(second, ${EPOCH}, ${moment}) - ${offset})`;
  switch (format) {
    case 'timestamp':
    case 'date':
      return since(column);
    case 'timestamptz':
      return since(sql`SWITCHOFFSET(${column}, '+07:00')`);
    case 'local-text':
      return since(sql`TRY_CONVERT(datetime2(0), ${column}, 120)`);
    case 'local-compact':
      return since(
        sql`TRY_CONVERT(datetime2(0), STUFF(STUFF(STUFF(${column}, 13, 0, ':'), 11, 0, ':'), 9, 0, ' '))`,
      );
    case 'epoch-ms':
      return sql`(CAST(${column} AS bigint) / 1000)`;
    case 'epoch-s':
      return sql`CAST(${column} AS bigint)`;
    case 'iso':
    case 'vietnamese':
      return unsorted(format);
  }
}

function dayOfSeconds(seconds: SqlExpression): SqlExpression {
  return sql`DATEADD(day, (${seconds} + ${offset}) / 86400, ${EPOCH})`;
}

function workingDayNumber(day: SqlExpression, { off, worked }: HolidayShifts): SqlExpression {
  const number = sql`DATEDIFF(day, ${EPOCH}, ${day})`;
  const weekdays = weekdaysUpTo(sql`((${number} + 3) / 7)`, sql`((${number} + 3) % 7)`);
  return sql`(${weekdays}${upTo(number, off, '-')}${upTo(number, worked, '+')})`;
}

function upTo(number: SqlExpression, days: readonly number[], sign: '+' | '-'): SqlExpression {
  if (days.length === 0) return sql``;
  const rows = days.map((day) => `(${day})`).join(', ');
  return sql` ${sql.raw(sign)} (SELECT count(*) FROM (VALUES ${sql.raw(rows)}) AS h(d) WHERE h.d <= ${number})`;
}

function unsorted(format: DateFormat): never {
  throw new TypeError(`A column of the format "${format}" cannot be asked in SQL`);
}
