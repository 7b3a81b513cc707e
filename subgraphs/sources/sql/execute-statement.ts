import type { RawRow } from '../dossiers/dossier-columns';
import type { SqlExpression } from './sql-expression';
import type { SqlDatabase } from './sqlite-database';

/** Asks a database; every statement here selects. */
export type ExecuteStatement = (statement: SqlExpression) => Promise<readonly RawRow[]>;

export function executorOf(database: SqlDatabase): ExecuteStatement {
  return async (statement) => {
    const { rows } = await statement.execute(database);
    // Every statement selects, so each row is an object of its named columns.
    return rows as readonly RawRow[];
  };
}
