import type { DatabaseSync } from 'node:sqlite';
import { SQLITE_DIALECT } from '../../subgraphs/sources/sql/dialects/sqlite-dialect';
import type { OpenSqlDatabase } from '../../subgraphs/sources/sql/open-sql-database';
import { openSqliteDatabase } from '../../subgraphs/sources/sql/sqlite-database';

/** A database that a test made, as an agency's. */
export function asAgencyDatabase(database: DatabaseSync): OpenSqlDatabase {
  const kysely = openSqliteDatabase({ database });
  return {
    kysely,
    dialect: SQLITE_DIALECT,
    place: 'SQLite file in memory',
    [Symbol.asyncDispose]: () => kysely.destroy(),
  };
}
