import { isAbsolute, join } from 'node:path';
import type { Environment } from '../../../schema/runtime/environment';
import type { SqlConnection } from '../mapping/connections';
import type { SqlDialect } from './dialects/sql-dialect';
import { SQLITE_DIALECT } from './dialects/sqlite-dialect';
import { openMssql } from './drivers/open-mssql';
import { openMysql } from './drivers/open-mysql';
import { openPostgres } from './drivers/open-postgres';
import { openSqliteFileLater, type SqlDatabase, type SqlFunctions } from './sqlite-database';
import { toSourceProblem } from './sql-problem';

/** A database of an agency, read-only, behind one pool; closed when disposed. */
export interface OpenSqlDatabase extends AsyncDisposable {
  readonly kysely: SqlDatabase;
  readonly dialect: SqlDialect;
  /** For messages: `postgres database motcua at db.sotuphap.local:5432`. Never a secret. */
  readonly place: string;
}

export interface OpenSqlOptions {
  readonly env: Environment;
  /** What files that the mapping names are relative to. */
  readonly baseFolder: string;
  /** For SQLite, which counts working days by `working_day_number`. */
  readonly functions?: SqlFunctions;
}

/**
 * No connection is made before one is needed, and a lost one is made anew by itself: this throws for SQL Server only, when its driver is
 * not installed. @throws SourceProblem
 */
export async function openSqlDatabase(
  connection: SqlConnection,
  options: OpenSqlOptions,
): Promise<OpenSqlDatabase> {
  const place = placeOf(connection);
  try {
    const { kysely, dialect } = await open(connection, options);
    return { kysely, dialect, place, [Symbol.asyncDispose]: () => kysely.destroy() };
  } catch (error) {
    throw toSourceProblem(error, place);
  }
}

interface Opened {
  readonly kysely: SqlDatabase;
  readonly dialect: SqlDialect;
}

async function open(
  connection: SqlConnection,
  { env, baseFolder, functions = {} }: OpenSqlOptions,
): Promise<Opened> {
  switch (connection.dialect) {
    case 'sqlite': {
      const database = isAbsolute(connection.file) ? connection.file : join(baseFolder, connection.file);
      return { kysely: openSqliteFileLater({ database, functions }), dialect: SQLITE_DIALECT };
    }
    case 'postgres':
      return openPostgres(connection, { env, baseFolder });
    case 'mariadb':
    case 'mysql':
      return openMysql(connection, { env, baseFolder });
    case 'mssql':
      return openMssql(connection, { env, baseFolder });
  }
}

const PORTS = { postgres: 5432, mariadb: 3306, mysql: 3306, mssql: 1433 } as const;

function placeOf(connection: SqlConnection): string {
  if (connection.dialect === 'sqlite') return `SQLite file ${connection.file}`;
  const { dialect, host, port = PORTS[dialect], database } = connection;
  return `${dialect} database "${database}" at ${host}:${port}`;
}
