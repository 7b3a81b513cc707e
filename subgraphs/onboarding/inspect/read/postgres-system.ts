import { Client } from 'pg';
import { SourceProblem } from '../../../sources/source-problem';
import type { InspectedIndex, InspectedSystem, SampledRow } from './inspected-table';
import { reachProblem, type ServerAddress } from './server-address';
import { createSqlTable, type RunSql, type SqlDialect, type SqlTableFacts } from './sql-table';

const CONNECT_MS = 5_000;
const STATEMENT_MS = 20_000;
const PORT = 5432;

/** A session that can only read. @throws SourceProblem */
export async function openPostgresSystem(address: ServerAddress): Promise<InspectedSystem> {
  const { host, database, user, password, tls } = address;
  const client = new Client({
    host,
    port: address.port ?? PORT,
    database,
    user,
    ...(password === undefined ? {} : { password }),
    ...(tls === 'off' ? {} : { ssl: { rejectUnauthorized: tls === 'verify' } }),
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    options: '-c default_transaction_read_only=on -c timezone=UTC -c datestyle=ISO',
    // Everything as the server writes it: a date without a zone must not be read by this machine's.
    types: { getTypeParser: () => (value: string) => value },
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    throw reachProblem(address, cause);
  }
  const query: RunSql = async (statement, params = []) => {
    try {
      return (await client.query<SampledRow>(statement, [...params])).rows;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new SourceProblem(
        'SOURCE_BAD_ANSWER',
        `The database refused a query: ${reason}`,
        address.shown,
        cause,
      );
    }
  };
  // One session answers one question at a time.
  let turn: Promise<unknown> = Promise.resolve();
  const run: RunSql = (statement, params) => {
    const answer = turn.then(() => query(statement, params));
    turn = answer.catch(() => undefined);
    return answer;
  };
  try {
    const [version] = await run('SHOW server_version');
    const dialect: SqlDialect = { run, quote, mark: (place) => `$${place}` };
    return {
      kind: 'sql',
      title: `PostgreSQL ${String(version?.['server_version'] ?? '')} at ${address.shown}`,
      connection: address.connection,
      connectionDoubts: address.doubts,
      tables: (await readFacts(run)).map((facts) => createSqlTable(facts, dialect)),
      hasRows: true,
      [Symbol.asyncDispose]: () => client.end(),
    };
  } catch (error) {
    await client.end();
    throw error;
  }
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Tables and views of every schema that this user may read. */
const COLUMNS = `
  SELECT c.oid::text AS oid, n.nspname AS schema, c.relname AS "table", c.reltuples::bigint AS rows, c.relkind::text AS kind,
         a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
    AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
    AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
  ORDER BY n.nspname, c.relname, a.attnum`;

const INDEXES = `
  SELECT i.indrelid::text AS oid, i.indexrelid::text AS index, i.indisunique::text AS "unique", i.indisprimary::text AS "primary",
         a.attname AS name
  FROM pg_index i
  CROSS JOIN LATERAL unnest(i.indkey::int[]) WITH ORDINALITY AS k (attnum, place)
  JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
  WHERE i.indpred IS NULL AND i.indisvalid
  ORDER BY i.indexrelid, k.place`;

async function readFacts(run: RunSql): Promise<readonly SqlTableFacts[]> {
  const columns = Map.groupBy(await run(COLUMNS), ({ oid }) => oid);
  const indexes = Map.groupBy(await run(INDEXES), ({ oid }) => oid);
  return Promise.all(
    [...columns].map(async ([oid, rows]) => {
      const [first] = rows;
      const schema = String(first?.['schema']);
      const table = String(first?.['table']);
      const byIndex = [...Map.groupBy(indexes.get(oid) ?? [], ({ index }) => index).values()];
      return {
        schema: schema === 'public' ? null : schema,
        table,
        columns: rows.map(({ name, type }) => ({ name: String(name), type: String(type).toLowerCase() })),
        rowCount: await countRows(run, first, `${quote(schema)}.${quote(table)}`),
        key: byIndex.filter(([row]) => row?.['primary'] === 'true').flatMap(namesOf),
        indexes: byIndex.map((entries): InspectedIndex => ({
          columns: namesOf(entries),
          isUnique: entries[0]?.['unique'] === 'true',
        })),
      };
    }),
  );
}

function namesOf(rows: readonly SampledRow[]): readonly string[] {
  return rows.map(({ name }) => String(name));
}

/** The server's own estimate; counted where it has none yet, and unknown for views, which may take a minute. */
async function countRows(run: RunSql, row: SampledRow | undefined, from: string): Promise<number | null> {
  const estimate = Number(row?.['rows'] ?? -1);
  if (estimate > 0) return estimate;
  if (!['r', 'p', 'm'].includes(String(row?.['kind']))) return null;
  const [counted] = await run(`SELECT COUNT(*) AS n FROM (SELECT 1 FROM ${from} LIMIT 1000000) part`);
  return Number(counted?.['n'] ?? 0);
}
