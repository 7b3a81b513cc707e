import type { CompiledQuery } from 'kysely';
import type { RawRow } from '../dossiers/dossier-columns';
import type { OpenSqlDatabase } from './open-sql-database';
import type { SqlExpression } from './sql-expression';
import { isBrokenOff, toSourceProblem } from './sql-problem';
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

/**
 * As `executorOf`, of an agency's database. A connection that was broken off since it was last used (the server was started anew) is
 * no reason to fail: the question is asked once more, on another one. `onStatement` sees what is asked. @throws SourceProblem
 */
export function problemExecutorOf(
  { kysely, place }: Pick<OpenSqlDatabase, 'kysely' | 'place'>,
  onStatement?: (query: CompiledQuery) => void,
): ExecuteStatement {
  return async (statement) => {
    const query = statement.compile(kysely);
    onStatement?.(query);
    const ask = () => kysely.executeQuery(query);
    try {
      const { rows } = await ask().catch((error: unknown) => {
        if (isBrokenOff(error)) return ask();
        throw error;
      });
      // As above.
      return rows as readonly RawRow[];
    } catch (error) {
      throw toSourceProblem(error, place);
    }
  };
}
