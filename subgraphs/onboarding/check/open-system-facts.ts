import { resolve } from 'node:path';
import { sql } from 'kysely';
import type { Holiday } from '../../../schema/calendar';
import type { Environment } from '../../../schema/runtime/environment';
import type { SystemMapping } from '../../sources/mapping/system-mapping';
import { SourceProblem } from '../../sources/source-problem';
import { SQLITE_DIALECT } from '../../sources/sql/dialects/sqlite-dialect';
import type { OpenSqlDatabase } from '../../sources/sql/open-sql-database';
import { openSqliteDatabase } from '../../sources/sql/sqlite-database';
import { openSqlFacts } from './open-sql-facts';
import type { SystemFacts } from './system-facts';

export interface OpenFactsOptions {
  readonly mapping: SystemMapping;
  /** Of the mapping: what it names is relative to here. */
  readonly folder: string;
  readonly env: Environment;
  readonly holidays: readonly Holiday[];
  readonly nowMs: number;
  readonly signal: AbortSignal;
  /** Rows of a copy so far. */
  readonly onRows: (rows: number) => void;
}

/** The facts of a system of any kind. @throws SourceProblem, MissingSecretError when it cannot be reached. */
export async function openSystemFacts(options: OpenFactsOptions): Promise<SystemFacts> {
  const { mapping, folder, holidays, nowMs } = options;
  if (mapping.kind === 'sql' && mapping.connection.dialect === 'sqlite') {
    const database = await openSqliteFile(resolve(folder, mapping.connection.file));
    return openSqlFacts({ database, mapping, holidays, nowMs, clock: () => performance.now() });
  }
  throw new SourceProblem(
    'SOURCE_UNREACHABLE',
    `Systems of the kind ${mapping.kind} cannot be checked yet`,
    mapping.kind,
  );
}

async function openSqliteFile(file: string): Promise<OpenSqlDatabase> {
  try {
    const kysely = openSqliteDatabase({ database: file });
    // Only a read tells that a file is no database.
    await sql`SELECT count(*) FROM sqlite_master`.execute(kysely);
    return {
      kysely,
      dialect: SQLITE_DIALECT,
      place: `sqlite file ${file}`,
      [Symbol.asyncDispose]: () => kysely.destroy(),
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SourceProblem('SOURCE_UNREACHABLE', `The file cannot be opened: ${reason}`, file, cause);
  }
}
