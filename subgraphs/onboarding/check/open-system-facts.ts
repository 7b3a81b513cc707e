import { createWorkingCalendar, type Holiday } from '../../../schema/calendar';
import type { Environment } from '../../../schema/runtime/environment';
import type { SqlConnection } from '../../sources/mapping/connections';
import type { SystemMapping } from '../../sources/mapping/system-mapping';
import { openSqlDatabase } from '../../sources/sql/open-sql-database';
import { openCopyFacts } from './open-copy-facts';
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

/** Counting millions of rows takes longer than any question of a citizen may. */
const CHECK_TIMEOUT_MS = 600_000;

/** The facts of a system of any kind. @throws SourceProblem, MissingSecretError when it cannot be reached. */
export async function openSystemFacts(options: OpenFactsOptions): Promise<SystemFacts> {
  const { mapping, folder, env, holidays, nowMs } = options;
  if (mapping.kind !== 'sql' || mapping.mode === 'copy') return openCopyFacts(options);
  const calendar = createWorkingCalendar(holidays);
  const database = await openSqlDatabase(patient(mapping.connection), {
    env,
    baseFolder: folder,
    functions: { working_day_number: (day) => calendar.dayNumber(day) },
  });
  return openSqlFacts({ database, mapping, holidays, nowMs, clock: () => performance.now() });
}

function patient(connection: SqlConnection): SqlConnection {
  return connection.dialect === 'sqlite'
    ? connection
    : { ...connection, statementTimeoutMs: CHECK_TIMEOUT_MS };
}
