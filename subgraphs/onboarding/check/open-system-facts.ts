import { createWorkingCalendar, type Holiday } from '../../../schema/calendar';
import type { Environment } from '../../../schema/runtime/environment';
import type { SqlConnection } from '../../sources/mapping/connections';
import type { SystemMapping } from '../../sources/mapping/system-mapping';
import { SourceProblem } from '../../sources/source-problem';
import type { NamedProcedure } from '../../sources/values/procedure-matcher';
import { openSqlDatabase } from '../../sources/sql/open-sql-database';
import { openCopyFacts } from './open-copy-facts';
import { openSqlFacts } from './open-sql-facts';
import type { GroupedProblem, SystemFacts } from './system-facts';

export interface OpenFactsOptions {
  readonly mapping: SystemMapping;
  /** Of the mapping: what it names is relative to here. */
  readonly folder: string;
  readonly env: Environment;
  readonly holidays: readonly Holiday[];
  /** For dossiers that name their procedure, where the system has no catalogue of its own. */
  readonly provinceProcedures: readonly NamedProcedure[];
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
  const facts = await openSqlFacts({ database, mapping, holidays, nowMs, clock: () => performance.now() });
  return mapping.procedures === undefined ? facts : withCatalogue(facts, options);
}

function patient(connection: SqlConnection): SqlConnection {
  return connection.dialect === 'sqlite'
    ? connection
    : { ...connection, statementTimeoutMs: CHECK_TIMEOUT_MS };
}

/** What the aggregates over the catalogue's table tell already. */
const TOLD: readonly GroupedProblem['code'][] = ['ROW_UNKNOWN_AGENCY', 'ROW_DUPLICATE'];

/** The catalogue of a live system is copied all the same: that tells of columns and values that no count shows. */
async function withCatalogue(facts: SystemFacts, options: OpenFactsOptions): Promise<SystemFacts> {
  if (facts.catalogue === null) return facts;
  try {
    await using copied = await openCopyFacts(options);
    const problems = copied.problems.filter(({ code }) => !TOLD.includes(code));
    return { ...facts, missing: [...facts.missing, ...copied.missing], problems };
  } catch (error) {
    if (error instanceof SourceProblem)
      return { ...facts, missing: [...facts.missing, { problem: error, paths: ['procedures'] }] };
    await facts[Symbol.asyncDispose]();
    throw error;
  }
}
