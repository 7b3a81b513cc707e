import { sql } from 'kysely';
import type { SqlDialectName } from './dialects/sql-dialect';
import { problemExecutorOf } from './execute-statement';
import type { OpenSqlDatabase } from './open-sql-database';
import type { SqlExpression } from './sql-expression';
import { quotedName } from './table-columns';

/** An index that a table has. */
export interface TableIndex {
  readonly table: string;
  readonly name: string;
  /** In order, as the system spells them; what is no plain column ends the list. */
  readonly columns: readonly string[];
}

/** The indexes of the tables, named as the mapping names them; a view has none. @throws SourceProblem */
export async function readIndexes(
  database: OpenSqlDatabase,
  tables: readonly string[],
): Promise<readonly TableIndex[]> {
  const execute = problemExecutorOf(database);
  const indexes: TableIndex[] = [];
  for (const table of new Set(tables)) {
    const rows = await execute(indexesStatement(database.dialect.name, table));
    const byName = Map.groupBy(rows, (row) => String(row['index_name']));
    for (const [name, parts] of byName) {
      const columns = parts.map((row) => row['column_name']);
      const end = columns.findIndex((column) => typeof column !== 'string');
      // Up to the first that is none, every one is a text.
      indexes.push({ table, name, columns: (end < 0 ? columns : columns.slice(0, end)) as string[] });
    }
  }
  return indexes;
}

/** Rows of index_name and column_name, in the order of the columns. An index over a part of the rows counts where that is all that has a value. */
function indexesStatement(dialect: SqlDialectName, table: string): SqlExpression {
  switch (dialect) {
    case 'postgres':
      return sql`SELECT c.relname AS index_name, a.attname AS column_name
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        CROSS JOIN LATERAL unnest(i.indkey::int[]) WITH ORDINALITY AS k(attnum, place)
        LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum AND k.attnum > 0
        WHERE i.indrelid = to_regclass(${quotedName(table)}) AND i.indisvalid AND k.place <= i.indnkeyatts
          AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) ~ '^\\([^ ]+ IS NOT NULL\\)$')
        ORDER BY c.relname, k.place`;
    case 'mariadb':
    case 'mysql': {
      const [name, schema] = table.split('.').reverse();
      return sql`SELECT INDEX_NAME AS index_name, COLUMN_NAME AS column_name FROM INFORMATION_SCHEMA.STATISTICS
        WHERE TABLE_NAME = ${name} AND TABLE_SCHEMA = ${schema === undefined ? sql`DATABASE()` : sql`${schema}`}
        ORDER BY INDEX_NAME, SEQ_IN_INDEX`;
    }
    case 'sqlite':
      // A key of whole numbers is the table's own order, and in no list of indexes.
      return sql`SELECT index_name, column_name FROM (
          SELECT l.name AS index_name, i.name AS column_name, i.seqno AS place
          FROM pragma_index_list(${table}) AS l, pragma_index_info(l.name) AS i
          UNION ALL
          SELECT 'rowid', name, 0 FROM pragma_table_info(${table}) AS c WHERE c.pk = 1 AND upper(c.type) = 'INTEGER'
            AND NOT EXISTS (SELECT 1 FROM pragma_table_info(${table}) AS o WHERE o.pk > 1)
        ) ORDER BY index_name, place`;
    case 'mssql':
      return sql`SELECT i.name AS index_name, c.name AS column_name FROM sys.indexes i
        JOIN sys.index_columns k ON k.object_id = i.object_id AND k.index_id = i.index_id AND k.is_included_column = 0
        JOIN sys.columns c ON c.object_id = i.object_id AND c.column_id = k.column_id
        WHERE i.object_id = OBJECT_ID(${table}) AND i.is_disabled = 0 AND i.has_filter = 0 ORDER BY i.name, k.key_ordinal`;
  }
}
