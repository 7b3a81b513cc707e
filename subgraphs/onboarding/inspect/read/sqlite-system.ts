import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { SourceProblem } from '../../../sources/source-problem';
import type { InspectedSystem, SampledRow, SampledValue } from './inspected-table';
import { createSqlTable, type RunSql, type SqlDialect, type SqlTableFacts } from './sql-table';

/** Opens read-only. `shown` is the file as the mapping will name it. @throws SourceProblem */
export async function openSqliteSystem(file: string, shown: string): Promise<InspectedSystem> {
  if (!existsSync(file)) throw new SourceProblem('SOURCE_UNREACHABLE', `There is no file ${file}`, file);
  const database = openDatabase(file);
  const run: RunSql = async (statement, params = []) => select(database, file, statement, params);
  const dialect: SqlDialect = { run, quote, mark: () => '?' };
  try {
    const tables = await Promise.all((await tableNames(run)).map((table) => readFacts(table, run)));
    return {
      kind: 'sql',
      title: `the SQLite file ${shown}`,
      connection: { dialect: 'sqlite', file: shown },
      connectionDoubts: [],
      tables: tables.map((facts) => createSqlTable(facts, dialect)),
      hasRows: true,
      async [Symbol.asyncDispose]() {
        database.close();
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function openDatabase(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { readOnly: true });
  } catch (cause) {
    throw badFile(file, cause);
  }
}

function badFile(file: string, cause: unknown): SourceProblem {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SourceProblem(
    'SOURCE_BAD_FILE',
    `${file} cannot be read as a SQLite database: ${reason}`,
    file,
    cause,
  );
}

function select(
  database: DatabaseSync,
  file: string,
  statement: string,
  params: readonly SampledValue[],
): readonly SampledRow[] {
  try {
    const prepared = database.prepare(statement);
    prepared.setReadBigInts(true);
    return prepared
      .all(...params.map((value) => (typeof value === 'boolean' ? Number(value) : value)))
      .map(toPlain);
  } catch (cause) {
    throw badFile(file, cause);
  }
}

function toPlain(row: Readonly<Record<string, unknown>>): SampledRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: unknown): SampledValue {
  if (typeof value === 'bigint')
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (typeof value === 'string' || typeof value === 'number') return value;
  return null;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

async function tableNames(run: RunSql): Promise<readonly string[]> {
  const rows = await run(
    "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
  );
  return rows.map(({ name }) => String(name));
}

async function readFacts(table: string, run: RunSql): Promise<SqlTableFacts> {
  const columns = await run('SELECT name, type, pk FROM pragma_table_info(?)', [table]);
  const indexes = await run(
    `SELECT list.seq AS place, list."unique" AS isUnique, info.name AS name
     FROM pragma_index_list(?) list, pragma_index_info(list.name) info ORDER BY list.seq, info.seqno`,
    [table],
  );
  const [count] = await run(`SELECT COUNT(*) AS n FROM ${quote(table)}`);
  const places = Map.groupBy(indexes, ({ place }) => place);
  return {
    schema: null,
    table,
    columns: columns.map(({ name, type }) => ({ name: String(name), type: typeOf(String(type)) })),
    rowCount: Number(count?.['n'] ?? 0),
    key: columns
      .filter(({ pk }) => Number(pk) > 0)
      .sort((a, b) => Number(a['pk']) - Number(b['pk']))
      .map(({ name }) => String(name)),
    indexes: [...places.values()].map((rows) => ({
      columns: rows.map(({ name }) => String(name)),
      isUnique: rows[0]?.['isUnique'] === 1,
    })),
  };
}

/** SQLite keeps dates as whatever was written: a declared date type promises nothing. */
function typeOf(declared: string): string {
  const type = declared.toLowerCase();
  return /date|time/.test(type) ? `text (declared ${type})` : type;
}
