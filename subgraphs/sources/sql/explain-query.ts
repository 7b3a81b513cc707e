import { CompiledQuery } from 'kysely';
import { type RawRow, readText } from '../dossiers/dossier-columns';
import type { OpenSqlDatabase } from './open-sql-database';
import { postgresScans } from './plans/postgres-scans';
import { toSourceProblem } from './sql-problem';
import { quotedName } from './table-columns';

/** A table that a query reads from end to end. */
export interface TableScan {
  readonly table: string;
  /** What the database expects to read; null when it does not say. */
  readonly rows: number | null;
}

export interface QueryPlan {
  /** As the database prints it. */
  readonly text: string;
  readonly scans: readonly TableScan[];
}

/** The plan of a query, without running it. SQL Server shows none to a session that only reads. @throws SourceProblem */
export async function explainQuery(database: OpenSqlDatabase, query: CompiledQuery): Promise<QueryPlan> {
  switch (database.dialect.name) {
    case 'postgres':
      return explainPostgres(database, query);
    case 'mariadb':
    case 'mysql':
      return explainMysql(database, query);
    case 'sqlite':
      return explainSqlite(database, query);
    case 'mssql':
      return { text: '(no plan: SQL Server does not explain within a query)', scans: [] };
  }
}

async function run(
  { kysely, place }: OpenSqlDatabase,
  prefix: string,
  { sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>,
): Promise<readonly RawRow[]> {
  try {
    const { rows } = await kysely.executeQuery(CompiledQuery.raw(`${prefix}${sql}`, [...parameters]));
    return rows as readonly RawRow[]; // An explanation selects, as a query does.
  } catch (error) {
    throw toSourceProblem(error, place);
  }
}

async function explainPostgres(database: OpenSqlDatabase, query: CompiledQuery): Promise<QueryPlan> {
  const lines = await run(database, 'EXPLAIN ', query);
  const [row] = await run(database, 'EXPLAIN (FORMAT JSON, VERBOSE) ', query);
  const text = lines.map((line) => String(line['QUERY PLAN'])).join('\n');
  const scans = [];
  for (const table of postgresScans(row?.['QUERY PLAN'])) {
    const [size] = await run(database, '', {
      sql: 'SELECT reltuples::bigint AS size FROM pg_class WHERE oid = to_regclass($1)',
      parameters: [quotedName(table)],
    });
    const rows = Number(size?.['size'] ?? -1);
    scans.push({ table, rows: rows < 0 ? null : rows });
  }
  return { text, scans };
}

/** Below this, an index that is read "from end to end" is read until the page is full. */
const FEW_ROWS = 1_000;

async function explainMysql(database: OpenSqlDatabase, query: CompiledQuery): Promise<QueryPlan> {
  const steps = await run(database, 'EXPLAIN ', query);
  const tables = tablesByAlias(query.sql);
  const names = ['id', 'select_type', 'table', 'type', 'key', 'rows', 'Extra'];
  const text = steps.map((step) => names.map((name) => readText(step[name]) ?? '-').join('  ')).join('\n');
  const scans = steps.flatMap((step) => {
    const table = tables.get(String(step['table']));
    const rows = Number(step['rows'] ?? 0);
    const isScan = step['type'] === 'ALL' || (step['type'] === 'index' && rows >= FEW_ROWS);
    return table !== undefined && isScan ? [{ table, rows }] : [];
  });
  return { text: `${names.join('  ')}\n${text}`, scans };
}

async function explainSqlite(database: OpenSqlDatabase, query: CompiledQuery): Promise<QueryPlan> {
  const steps = await run(database, 'EXPLAIN QUERY PLAN ', query);
  const tables = tablesByAlias(query.sql);
  const details = steps.map((step) => String(step['detail']));
  const scans = details.flatMap((detail) => {
    const [, alias = ''] = /^SCAN (\S+)$/.exec(detail) ?? [];
    const table = tables.get(alias);
    return table === undefined ? [] : [{ table, rows: null }];
  });
  return { text: details.join('\n'), scans };
}

/** Our statements give every table an alias: FROM `schema`.`table` AS `d`. */
function tablesByAlias(text: string): ReadonlyMap<string, string> {
  const pattern = /(?:FROM|JOIN) ((?:["`][^"`]+["`]\.?)+) AS ["`]([^"`]+)["`]/gi;
  return new Map(
    [...text.matchAll(pattern)].map(([, table = '', alias = '']) => [alias, table.replaceAll(/["`]/g, '')]),
  );
}
