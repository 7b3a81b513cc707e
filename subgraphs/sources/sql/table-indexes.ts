import type { OpenSqlDatabase } from './open-sql-database';

/** An index that a table has. */
export interface TableIndex {
  readonly table: string;
  readonly name: string;
  /** In order, as the system spells them; what is no plain column ends the list. */
  readonly columns: readonly string[];
}

/** The indexes of the tables, named as the mapping names them. @throws SourceProblem */
export async function readIndexes(
  _database: OpenSqlDatabase,
  _tables: readonly string[],
): Promise<readonly TableIndex[]> {
  return [];
}
