import { sql } from 'kysely';
import type { ColumnKind, SqlDialectName } from './dialects/sql-dialect';
import { problemExecutorOf } from './execute-statement';
import type { OpenSqlDatabase } from './open-sql-database';
import type { SqlExpression } from './sql-expression';

/** The columns of one table or view; null kinds where the database does not hold a column to one. */
export class TableColumns {
  readonly #kinds: ReadonlyMap<string, ColumnKind | null>;

  constructor(
    private readonly dialect: SqlDialectName,
    columns: Iterable<readonly [name: string, kind: ColumnKind | null]>,
  ) {
    this.#kinds = new Map([...columns].map(([name, kind]) => [this.#key(name), kind]));
  }

  /** No column: there is no such table. */
  get exists(): boolean {
    return this.#kinds.size > 0;
  }

  has(column: string): boolean {
    return this.#kinds.has(this.#key(column));
  }

  kindOf(column: string): ColumnKind | null {
    return this.#kinds.get(this.#key(column)) ?? null;
  }

  /** Only PostgreSQL tells names apart that differ in capitals. */
  #key(name: string): string {
    return this.dialect === 'postgres' ? name : name.toLowerCase();
  }
}

/** By the tables' names as given. @throws SourceProblem */
export async function readColumns(
  database: OpenSqlDatabase,
  tables: readonly string[],
): Promise<ReadonlyMap<string, TableColumns>> {
  const { name } = database.dialect;
  const execute = problemExecutorOf(database);
  const columns = new Map<string, TableColumns>();
  for (const table of new Set(tables)) {
    const rows = await execute(columnsStatement(name, table));
    const kinds = rows.map((row) => [String(row['name']), kindOfType(name, String(row['type']))] as const);
    columns.set(table, new TableColumns(name, kinds));
  }
  return columns;
}

function columnsStatement(dialect: SqlDialectName, table: string): SqlExpression {
  switch (dialect) {
    case 'postgres':
      return sql`SELECT a.attname AS name, t.typcategory AS type FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
        WHERE a.attrelid = to_regclass(${quotedName(table)}) AND a.attnum > 0 AND NOT a.attisdropped`;
    case 'sqlite':
      return sql`SELECT name, type FROM pragma_table_info(${table})`;
    case 'mariadb':
    case 'mysql':
    case 'mssql': {
      const [name, schema] = table.split('.').reverse();
      const own = dialect === 'mssql' ? sql`SCHEMA_NAME()` : sql`DATABASE()`;
      return sql`SELECT COLUMN_NAME AS name, DATA_TYPE AS type FROM INFORMATION_SCHEMA.COLUMNS
        WHERE TABLE_NAME = ${name} AND TABLE_SCHEMA = ${schema === undefined ? own : sql`${schema}`}`;
    }
  }
}

/** `Business.HoSos` as to_regclass reads it. */
export function quotedName(table: string): string {
  return table
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');
}

const POSTGRES_CATEGORIES: Readonly<Record<string, ColumnKind>> = {
  N: 'number',
  S: 'text',
  B: 'boolean',
  D: 'date',
};

function kindOfType(dialect: SqlDialectName, type: string): ColumnKind | null {
  if (dialect === 'sqlite') return null;
  if (dialect === 'postgres') return POSTGRES_CATEGORIES[type] ?? 'other';
  if (/int|decimal|numeric|float|double|real|bit|year|money/i.test(type)) return 'number';
  if (/char|text|enum|set|string/i.test(type)) return 'text';
  return /date|time/i.test(type) ? 'date' : 'other';
}
