import { sql } from 'kysely';
import type { ColumnKind, SqlDialect } from './dialects/sql-dialect';
import type { HolidayShifts } from './holiday-shifts';
import type { SqlExpression } from './sql-expression';

/** What every piece of SQL over one system is written for. */
export interface SqlContext {
  readonly dialect: SqlDialect;
  readonly shifts: HolidayShifts;
  /** null where the columns were not looked at: values are then asked for as the mapping has them. */
  kindOf(table: string, column: string): ColumnKind | null;
  /** The codes of procedures by the names that dossiers have instead, where the mapping says `byName`. */
  readonly procedureNames: ReadonlyMap<string, string>;
}

/** A table of the system under its alias in a query. */
export class SqlTable {
  constructor(
    readonly context: SqlContext,
    readonly name: string,
    readonly alias: string,
  ) {}

  get dialect(): SqlDialect {
    return this.context.dialect;
  }

  /** `table AS alias` */
  get from(): SqlExpression {
    return sql`${sql.table(this.name)} AS ${sql.id(this.alias)}`;
  }

  column(name: string): SqlExpression {
    return sql.id(this.alias, name);
  }

  kindOf(column: string): ColumnKind | null {
    return this.context.kindOf(this.name, column);
  }
}

/** A column of a subquery. */
export function columnOf(alias: string, name: string): SqlExpression {
  return sql.id(alias, name);
}
