import { CompiledQuery, Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import { Pool, types, type PoolClient } from 'pg';
import { POSTGRES_DIALECT } from '../dialects/postgres-dialect';
import type { SqlDialect } from '../dialects/sql-dialect';
import type { SqlDatabase } from '../sqlite-database';
import { type DriverOptions, GRACE_MS, passwordOf, type ServerConnection, tlsOf } from './server-connection';

export function openPostgres(
  connection: ServerConnection,
  options: DriverOptions,
): { readonly kysely: SqlDatabase; readonly dialect: SqlDialect } {
  const { host, port, database, user, pool: max, connectTimeoutMs, statementTimeoutMs } = connection;
  const pool = new Pool({
    host,
    ...(port === undefined ? {} : { port }),
    database,
    user,
    password: () => passwordOf(connection, options) ?? '',
    ssl: tlsOf(connection, options) ?? false,
    max,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: statementTimeoutMs + GRACE_MS,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    application_name: 'lienthong',
    types: { getTypeParser },
  });
  // A connection that breaks while nobody uses it; the next one that is needed is made anew.
  pool.on('error', () => undefined);
  const kysely: SqlDatabase = new Kysely({
    dialect: new PostgresDialect({
      pool: guarded(pool, () => passwordOf(connection, options)),
      onCreateConnection: async (created) => {
        await created.executeQuery(
          CompiledQuery.raw(
            `SET default_transaction_read_only = on; SET statement_timeout = ${statementTimeoutMs}; SET timezone = '<+07>-07'; SET jit = off; SET datestyle = 'ISO, YMD'`,
          ),
        );
      },
    }),
  });
  return { kysely, dialect: POSTGRES_DIALECT };
}

/** A connection on which an answer did not come is never used again: its answer might come to the next question. */
function guarded(pool: Pool, password: () => string | undefined): PostgresPool {
  return {
    async connect() {
      // A secret that is missing is said before the server is kept waiting for it.
      password();
      const client = await pool.connect();
      return guardedClient(client);
    },
    end: () => pool.end(),
  } as PostgresPool; // Kysely uses a pool for nothing else.
}

const OF_CLIENT = new WeakMap<PoolClient, PostgresPoolClient>();

/** Kysely remembers a connection by its client, so each client has one guard. */
function guardedClient(client: PoolClient): PostgresPoolClient {
  const known = OF_CLIENT.get(client);
  if (known !== undefined) return known;
  let failure: Error | undefined;
  // Whoever asked is told by the question; without a listener the process would end.
  client.on('error', (error) => (failure = error));
  const guard = {
    async query(text: string, values: readonly unknown[]) {
      try {
        // Without values it goes as a script, which the settings of a session are.
        return await (values.length === 0 ? client.query(text) : client.query(text, [...values]));
      } catch (error) {
        if (error instanceof Error && !isAnswer(error)) failure = error;
        throw error;
      }
    },
    release: () => client.release(failure),
  } as unknown as PostgresPoolClient; // Kysely calls these two.
  OF_CLIENT.set(client, guard);
  return guard;
}

/** The server said no; the connection is as good as before. */
function isAnswer(error: Error): boolean {
  return (
    'code' in error &&
    typeof error.code === 'string' &&
    /^[0-9A-Z]{5}$/.test(error.code) &&
    !/^(?:08|57P)/.test(error.code)
  );
}

const INT8 = 20;
const NUMERIC = 1700;
const AS_TEXT: readonly number[] = [
  types.builtins.DATE,
  types.builtins.TIMESTAMP,
  types.builtins.TIMESTAMPTZ,
  types.builtins.TIME,
  types.builtins.BYTEA,
];

/** Dates as the database writes them; numbers as numbers while no digit is lost. */
function getTypeParser(oid: number, format?: string): (value: string) => unknown {
  if (oid === INT8 || oid === NUMERIC) return toNumber;
  if (AS_TEXT.includes(oid)) return (value) => value;
  // pg's own parsers are typed for the format that is asked for; text is what it asks for.
  return types.getTypeParser(oid, format as 'text') as (value: string) => unknown;
}

function toNumber(text: string): number | string {
  const number = Number(text);
  return Number.isSafeInteger(number) || (!Number.isInteger(number) && Number.isFinite(number))
    ? number
    : text;
}
