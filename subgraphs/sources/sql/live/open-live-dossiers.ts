import { createWorkingCalendar, type Holiday } from '../../../../schema/calendar';
import type { Environment } from '../../../../schema/runtime/environment';
import type { DossierMapping } from '../../dossiers/dossier-mapping';
import type { SqlSystem } from '../../mapping/system-mapping';
import { type OpenSqlDatabase, openSqlDatabase } from '../open-sql-database';
import { LiveDossiers } from './live-dossiers';
import type { ProcedureOfName } from './resolve-texts';

export interface LiveDossiersOptions {
  readonly env: Environment;
  /** What files that the mapping names are relative to. */
  readonly baseFolder: string;
  readonly holidays: readonly Holiday[];
  /** For `procedure.byName`; without it only names decided by hand are known. */
  readonly procedureOf?: ProcedureOfName;
  /** How often the texts of folded columns and the names of procedures are read again. */
  readonly refreshEveryMs?: number;
  /** How often the columns are looked at again while one of them is missing. */
  readonly recheckEveryMs?: number;
}

/**
 * The dossiers of a system whose database is asked for every question. A system that cannot be reached (yet) is opened all the
 * same: its questions fail with a SourceProblem until it can. @throws SourceProblem for what only a person can mend: no such file of SQLite,
 * no driver of SQL Server. @throws TypeError when the mapping has no dossiers.
 */
export async function openLiveDossiers(
  system: SqlSystem,
  options: LiveDossiersOptions,
): Promise<LiveDossiers> {
  const { dossiers } = system;
  if (dossiers === undefined) throw new TypeError(`The system "${system.system}" has no dossiers`);
  const { env, baseFolder, holidays } = options;
  const calendar = createWorkingCalendar(holidays);
  const functions = { working_day_number: (day: string) => calendar.dayNumber(day) };
  const database = await openSqlDatabase(system.connection, { env, baseFolder, functions });
  return openLive(database, dossiers, options);
}

/** The same over a database that is open, closed with the source. */
export async function openLive(
  database: OpenSqlDatabase,
  mapping: DossierMapping,
  options: Omit<LiveDossiersOptions, 'env' | 'baseFolder'>,
): Promise<LiveDossiers> {
  const { holidays, procedureOf = () => null, refreshEveryMs = 300_000, recheckEveryMs = 30_000 } = options;
  const live = new LiveDossiers({ database, mapping, holidays, procedureOf, refreshEveryMs, recheckEveryMs });
  // What is wrong is kept in problems(), and looked at again by itself.
  await live.refresh();
  return live;
}
