import { Kysely, MssqlDialect, type MssqlDialectConfig } from 'kysely';
import { MSSQL_DIALECT } from '../dialects/mssql-dialect';
import type { SqlDialect } from '../dialects/sql-dialect';
import type { SqlDatabase } from '../sqlite-database';
import { type DriverOptions, passwordOf, type ServerConnection, tlsOf } from './server-connection';

/** The drivers of SQL Server are not among our dependencies; a province that needs them installs them beside us. */
export class MissingDriverError extends Error {}

export async function openMssql(
  connection: ServerConnection,
  options: DriverOptions,
): Promise<{ readonly kysely: SqlDatabase; readonly dialect: SqlDialect }> {
  const { host, port = 1433, database, user, pool: max, connectTimeoutMs, statementTimeoutMs } = connection;
  const [tedious, tarn] = await Promise.all([load('tedious'), load('tarn')]);
  const tls = tlsOf(connection, options);
  const connect = () => {
    // What the package exports by this name, when it is there.
    const { Connection } = tedious as unknown as { Connection: new (config: unknown) => never };
    return new Connection({
      server: host,
      authentication: {
        type: 'default',
        options: { userName: user, password: passwordOf(connection, options) },
      },
      options: {
        port,
        database,
        connectTimeout: connectTimeoutMs,
        requestTimeout: statementTimeoutMs,
        encrypt: tls !== null,
        trustServerCertificate: tls?.rejectUnauthorized !== true,
        readOnlyIntent: true,
        useUTC: true,
        appName: 'lienthong',
        ...(tls?.ca === undefined ? {} : { cryptoCredentialsDetails: { ca: tls.ca } }),
      },
    });
  };
  const config = {
    tarn: { ...tarn, options: { min: 0, max } },
    tedious: { ...tedious, connectionFactory: connect },
  } as unknown as MssqlDialectConfig; // The two packages, as Kysely's own documentation passes them.
  const kysely: SqlDatabase = new Kysely({ dialect: new MssqlDialect(config) });
  return { kysely, dialect: MSSQL_DIALECT };
}

async function load(name: 'tedious' | 'tarn'): Promise<Record<string, unknown>> {
  try {
    return (await import(name)) as Record<string, unknown>;
  } catch (cause) {
    throw new MissingDriverError(
      'SQL Server is read with two packages that are not installed: npm install tedious tarn',
      { cause },
    );
  }
}
