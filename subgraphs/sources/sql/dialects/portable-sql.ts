import { sql } from 'kysely';
import type { SqlExpression } from '../sql-expression';
import type { Bindable, ColumnKind } from './sql-dialect';

/** Viet Nam has kept +07:00 without summer time for longer than any system here exists. */
export const LOCAL_OFFSET_SECONDS = 7 * 3600;

/** An expression that is true for no row. */
export const NEVER: SqlExpression = sql`1 = 0`;
export const ALWAYS: SqlExpression = sql`1 = 1`;

/** `column IN (values)`; no value fits no row. */
export function plainIn(column: SqlExpression, values: readonly unknown[]): SqlExpression {
  if (values.length === 0) return NEVER;
  if (values.length === 1) return sql`${column} = ${values[0]}`;
  return sql`${column} IN (${sql.join(values)})`;
}

/**
 * The values as the column keeps them. What cannot stand in a column of numbers is in no row of it, and asking all the same would
 * end the query in one database and find the zeros in another.
 */
export function fitting(values: readonly Bindable[], kind: ColumnKind | null): readonly Bindable[] {
  switch (kind) {
    case 'number':
      return values.filter(isNumeric).map(asNumber);
    case 'text':
      return values.map(String);
    case 'boolean':
      return values.map(String).filter((value) => /^(?:0|1|t|f|true|false|yes|no|on|off)$/i.test(value));
    case 'date':
    case 'other':
    case null:
      return values;
  }
}

function isNumeric(value: Bindable): boolean {
  return typeof value === 'number' || /^-?\d+(?:\.\d+)?$/.test(value);
}

/** A number that would lose digits stays a text: the database reads it whole. */
function asNumber(value: Bindable): Bindable {
  const number = Number(value);
  return Number.isSafeInteger(number) || !Number.isInteger(number) ? number : value;
}

/** Weekdays up to a day of a number of days since 1970: full weeks, and the days of the one begun. */
export function weekdaysUpTo(fullWeeks: SqlExpression, dayOfWeek: SqlExpression): SqlExpression {
  return sql`(${fullWeeks} * 5 + CASE WHEN ${dayOfWeek} < 5 THEN ${dayOfWeek} + 1 ELSE 5 END)`;
}
