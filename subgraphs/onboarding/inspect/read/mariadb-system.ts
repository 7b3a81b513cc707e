import { createConnection, type Connection } from 'mysql2/promise';
import { SourceProblem } from '../../../sources/source-problem';
import type { InspectedSystem, SampledRow, SampledValue } from './inspected-table';
import { reachProblem, type ServerAddress } from './server-address';
import { createSqlTable, type RunSql, type SqlDialect, type SqlTableFacts } from './sql-table';

const CONNECT_MS = 5_000;
const STATEMENT_MS = 20_000;
const PORT = 3306;

/** MariaDB or MySQL, in a session that can only read. @throws SourceProblem */
export async function openMariadbSystem(address: ServerAddress): Promise<InspectedSystem> {
  const connection = await connect(address);
  const run: RunSql = async (statement, params = []) => {
    try {
      const [rows] = await connection.query({ sql: statement, timeout: STATEMENT_MS }, [...params]);
      return (rows as readonly Record<string, unknown>[]).map(toPlain); // A SELECT gives rows.
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
  try {
    await connection.query('SET SESSION TRANSACTION READ ONLY');
    const [version] = await run('SELECT VERSION() AS version');
    const dialect: SqlDialect = { run, quote, mark: () => '?' };
    const name = String(version?.['version'] ?? '');
    const isMariadb = /mariadb/i.test(name);
    return {
      kind: 'sql',
      title: `${isMariadb ? 'MariaDB' : 'MySQL'} ${name.split('-')[0]} at ${address.shown}`,
      connection: { ...address.connection, dialect: isMariadb ? 'mariadb' : 'mysql' },
      connectionDoubts: address.doubts,
      tables: (await readFacts(run)).map((facts) => createSqlTable(facts, dialect)),
      hasRows: true,
      [Symbol.asyncDispose]: () => connection.end(),
    };
  } catch (error) {
    await connection.end();
    throw error;
  }
}

async function connect(address: ServerAddress): Promise<Connection> {
  const { host, port, database, user, password, tls } = address;
  try {
    return await createConnection({
      host,
      port: port ?? PORT,
      database,
      user,
      ...(password === undefined ? {} : { password }),
      ...(tls === 'off' ? {} : { ssl: { rejectUnauthorized: tls === 'verify' } }),
      connectTimeout: CONNECT_MS,
      charset: 'utf8mb4',
      // Everything as the server writes it: a date without a zone must not be read by this machine's.
      dateStrings: true,
      supportBigNumbers: true,
    });
  } catch (cause) {
    throw reachProblem(address, cause);
  }
}

function quote(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

function toPlain(row: Readonly<Record<string, unknown>>): SampledRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: unknown): SampledValue {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

const COLUMNS = `
  SELECT c.TABLE_NAME AS tbl, t.TABLE_ROWS AS row_count, c.COLUMN_NAME AS name, c.COLUMN_TYPE AS type
  FROM information_schema.COLUMNS c
  JOIN information_schema.TABLES t ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME
  WHERE c.TABLE_SCHEMA = DATABASE() ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION`;

const INDEXES = `
  SELECT TABLE_NAME AS tbl, INDEX_NAME AS idx, NON_UNIQUE AS non_unique, COLUMN_NAME AS name
  FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX`;

async function readFacts(run: RunSql): Promise<readonly SqlTableFacts[]> {
  const columns = Map.groupBy(await run(COLUMNS), ({ tbl }) => String(tbl));
  const indexes = Map.groupBy(await run(INDEXES), ({ tbl }) => String(tbl));
  return [...columns].map(([table, rows]) => {
    const byName = [...Map.groupBy(indexes.get(table) ?? [], ({ idx }) => String(idx))];
    const estimate = rows[0]?.['row_count'] ?? null;
    return {
      schema: null,
      table,
      columns: rows.map(({ name, type }) => ({ name: String(name), type: String(type).toLowerCase() })),
      rowCount: estimate === null ? null : Number(estimate),
      key: byName.filter(([name]) => name === 'PRIMARY').flatMap(([, entries]) => namesOf(entries)),
      indexes: byName.map(([, entries]) => ({
        columns: namesOf(entries),
        isUnique: Number(entries[0]?.['non_unique'] ?? 1) === 0,
      })),
    };
  });
}

function namesOf(rows: readonly SampledRow[]): readonly string[] {
  return rows.map(({ name }) => String(name));
}
