import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { createConnection } from 'mysql2/promise';
import { sharedServer } from './shared-server';
import type { ServerAddress } from './start-kept-server';

/** A fresh database on a real server, gone when disposed. Its user may do everything; `sql` runs one or more statements. */
export interface TestDatabase extends AsyncDisposable, Omit<ServerAddress, 'keeperPid'> {
  readonly dialect: 'postgres' | 'mariadb';
  readonly database: string;
  /** One statement with its values, or a script without any. Rows of the (last) answer. */
  sql(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
}

/** `await using db = await postgresDatabase()`; in a hook that may start the server, allow SERVER_START_MS. */
export async function postgresDatabase(): Promise<TestDatabase> {
  const { keeperPid: _, ...address } = await sharedServer('postgres');
  const database = freshName();
  const admin = new Client({ ...address, database: 'postgres' });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${database} TEMPLATE template0`);
  await admin.end();
  const client = new Client({ ...address, database });
  await client.connect();
  return {
    ...address,
    dialect: 'postgres',
    database,
    async sql(text, values) {
      const result = await client.query<Record<string, unknown>>(text, values && [...values]);
      // A script gives one result a statement.
      const last = Array.isArray(result) ? (result.at(-1) as typeof result) : result;
      return last.rows;
    },
    async [Symbol.asyncDispose]() {
      await client.end();
      const last = new Client({ ...address, database: 'postgres' });
      await last.connect();
      await last.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
      await last.end();
    },
  };
}

/** `await using db = await mariadbDatabase()`; in a hook that may start the server, allow SERVER_START_MS. */
export async function mariadbDatabase(): Promise<TestDatabase> {
  const { keeperPid: _, ...address } = await sharedServer('mariadb');
  const database = freshName();
  const connection = await createConnection({ ...address, multipleStatements: true, charset: 'utf8mb4' });
  await connection.query(`CREATE DATABASE ${database}; USE ${database}`);
  return {
    ...address,
    dialect: 'mariadb',
    database,
    async sql(text, values) {
      const [rows] = await connection.query(text, values && [...values]);
      const last: unknown = Array.isArray(rows) && Array.isArray(rows.at(-1)) ? rows.at(-1) : rows;
      // Statements that select give arrays of rows, others a header.
      return Array.isArray(last) ? (last as Record<string, unknown>[]) : [];
    },
    async [Symbol.asyncDispose]() {
      await connection.query(`DROP DATABASE IF EXISTS ${database}`);
      await connection.end();
    },
  };
}

function freshName(): string {
  return `thu_${randomBytes(6).toString('hex')}`;
}
