import { sql } from 'kysely';
import { SourceProblem } from '../../source-problem';
import type { ExecuteStatement } from '../execute-statement';
import type { SqlExpression } from '../sql-expression';
import { type SqlContext, SqlTable } from '../sql-table';
import type { TableIndex } from '../table-indexes';

export interface DistinctTextsParts {
  readonly execute: ExecuteStatement;
  readonly context: SqlContext;
  readonly indexes: readonly TableIndex[];
}

/** The texts that a column has, each once. @throws SourceProblem, also when they are more than `most`. */
export async function distinctTexts(
  { execute, context, indexes }: DistinctTextsParts,
  table: string,
  column: string,
  most: number,
): Promise<readonly string[]> {
  const of = new SqlTable(context, table, 't');
  const isIndexed = indexes.some((index) => index.table === table && index.columns[0] === column);
  const canSkip = context.dialect.name === 'postgres' || context.dialect.name === 'sqlite';
  const rows = await execute(
    isIndexed && canSkip ? skipping(of, column, most + 1) : reading(of, column, most + 1),
  );
  if (rows.length > most) {
    throw new SourceProblem(
      'SOURCE_BAD_ANSWER',
      `Column "${column}" of "${table}" has more than ${most} different texts, too many to match each; map it letter by letter, or another column`,
      `${table}.${column}`,
    );
  }
  return rows.map((row) => row['v']).filter((value) => typeof value === 'string');
}

/** From one value to the next through the index: some look-ups, however many rows. */
function skipping(table: SqlTable, column: string, most: number): SqlExpression {
  const value = table.column(column);
  const text = table.dialect.name === 'postgres' ? sql`${value}::text` : value;
  return sql`WITH RECURSIVE s(v) AS (
      SELECT * FROM (SELECT ${text} FROM ${table.from} WHERE ${value} IS NOT NULL ORDER BY ${value} LIMIT 1) AS f
      UNION ALL
      SELECT (SELECT ${text} FROM ${table.from} WHERE ${value} > s.v ORDER BY ${value} LIMIT 1) FROM s WHERE s.v IS NOT NULL
    ) SELECT v FROM s WHERE v IS NOT NULL LIMIT ${most}`;
}

function reading(table: SqlTable, column: string, most: number): SqlExpression {
  const { dialect } = table;
  const value = dialect.groupsByBytes ? table.column(column) : dialect.exact(table.column(column));
  return sql`SELECT DISTINCT ${value} AS v FROM ${table.from} WHERE ${table.column(column)} IS NOT NULL ORDER BY v ${dialect.limit(most)}`;
}
