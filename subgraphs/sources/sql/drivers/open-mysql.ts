import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  MysqlDialect,
  type MysqlPool,
  type MysqlPoolConnection,
} from 'kysely';
import {
  createPool,
  type Pool,
  type PoolConnection,
  type PoolOptions,
  type TypeCastField,
  type TypeCastNext,
} from 'mysql2';
import { mysqlDialect } from '../dialects/mysql-dialect';
import type { SqlDialect } from '../dialects/sql-dialect';
import type { SqlDatabase } from '../sqlite-database';
import { type DriverOptions, GRACE_MS, passwordOf, type ServerConnection, tlsOf } from './server-connection';

export function openMysql(
  connection: ServerConnection,
  options: DriverOptions,
): { readonly kysely: SqlDatabase; readonly dialect: SqlDialect } {
  const {
    host,
    port,
    database,
    user,
    pool: connectionLimit,
    connectTimeoutMs,
    statementTimeoutMs,
  } = connection;
  const tls = tlsOf(connection, options);
  const config: PoolOptions = {
    host,
    ...(port === undefined ? {} : { port }),
    database,
    user,
    ...(tls === null ? {} : { ssl: { ...tls } }),
    connectionLimit,
    maxIdle: connectionLimit,
    idleTimeout: 60_000,
    connectTimeout: connectTimeoutMs,
    enableKeepAlive: true,
    charset: 'utf8mb4',
    dateStrings: true,
    supportBigNumbers: true,
    typeCast,
  };
  const pool = createPool(config);
  const isMaria = connection.dialect !== 'mysql';
  const kysely: SqlDatabase = new Kysely({
    dialect: new MysqlDialect({
      pool: guarded(pool, statementTimeoutMs + GRACE_MS, () => passwordOf(connection, options)),
      onCreateConnection: (created) => prepareSession(created, statementTimeoutMs, isMaria),
    }),
  });
  return { kysely, dialect: mysqlDialect(isMaria ? 'mariadb' : 'mysql') };
}

/** Values are escaped with backslashes by the driver, so the session must read them so; a TIMESTAMP is to read as local time. */
async function prepareSession(
  created: DatabaseConnection,
  timeoutMs: number,
  isMaria: boolean,
): Promise<void> {
  const run = (text: string) => created.executeQuery(CompiledQuery.raw(text));
  await run(`SET SESSION sql_mode = '', SESSION time_zone = '+07:00'`);
  await run('SET SESSION TRANSACTION READ ONLY');
  await run(
    isMaria
      ? `SET SESSION max_statement_time = ${timeoutMs / 1000}`
      : `SET SESSION max_execution_time = ${timeoutMs}`,
  );
}

/** What Kysely asks of a pool: each question with a time-out of ours, and a connection that broke is not used again. */
function guarded(pool: Pool, timeoutMs: number, password: () => string | undefined): MysqlPool {
  return {
    getConnection(callback: (error: unknown, connection: MysqlPoolConnection) => void) {
      try {
        renewPassword(pool, password());
      } catch (error) {
        // Kysely looks at the connection only when there is no error.
        callback(error, undefined as unknown as MysqlPoolConnection);
        return;
      }
      pool.getConnection((error, connection) => {
        // As above.
        callback(error, error === null ? guardedConnection(connection, timeoutMs) : (undefined as never));
      });
    },
    end: (callback: (error: unknown) => void) => pool.end(callback),
  };
}

/** The pool makes every new connection from this object; it has no other way to change a password. */
function renewPassword(pool: Pool, password: string | undefined): void {
  // Its types leave the object out.
  const { config } = pool as unknown as {
    readonly config: { readonly connectionConfig: { password?: string } };
  };
  if (password !== undefined) config.connectionConfig.password = password;
}

const OF_CONNECTION = new WeakMap<object, MysqlPoolConnection>();

/** Kysely remembers a connection by its identity, so each has one guard. */
function guardedConnection(connection: PoolConnection, timeout: number): MysqlPoolConnection {
  const known = OF_CONNECTION.get(connection);
  if (known !== undefined) return known;
  let isBroken = false;
  const guard = {
    query(sql: string, values: readonly unknown[], callback: (error: unknown, rows: unknown) => void) {
      connection.query({ sql, values: [...values], timeout }, (error, rows) => {
        if (
          error !== null &&
          (error.fatal === true || error.errno === undefined || error.code === 'PROTOCOL_SEQUENCE_TIMEOUT')
        )
          isBroken = true;
        callback(error, rows);
      });
    },
    release: () => (isBroken ? connection.destroy() : connection.release()),
  } as unknown as MysqlPoolConnection; // Kysely calls these two.
  OF_CONNECTION.set(connection, guard);
  return guard;
}

/** Numbers as numbers while no digit is lost, a bit as a number, texts of bytes as texts. */
function typeCast(field: TypeCastField, next: TypeCastNext): unknown {
  switch (field.type) {
    case 'NEWDECIMAL':
    case 'DECIMAL':
      return toNumber(field.string());
    case 'BIT':
      return field.buffer()?.readUIntBE(0, 1) ?? null;
    default:
      return next();
  }
}

function toNumber(text: string | null): number | string | null {
  if (text === null) return null;
  const number = Number(text);
  return Number.isSafeInteger(number) || !Number.isInteger(number) ? number : text;
}
