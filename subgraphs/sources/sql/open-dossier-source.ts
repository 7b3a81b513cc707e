import type { DatabaseSync } from 'node:sqlite';
import type { WorkingCalendar } from '../../../schema/calendar';
import type { DossierMapping } from '../dossiers/dossier-mapping';
import { SQLITE_DIALECT } from './dialects/sqlite-dialect';
import { executorOf } from './execute-statement';
import { SqlDossierSource } from './sql-dossier-source';
import { openSqliteDatabase } from './sqlite-database';
import type { SqlContext } from './sql-table';

export interface SqliteDossiersOptions {
  /** The system's file, opened read-only; or an open database, closed with the source. */
  readonly database: string | DatabaseSync;
  readonly mapping: DossierMapping;
  readonly calendar: Pick<WorkingCalendar, 'dayNumber'>;
}

export interface OpenDossiers extends AsyncDisposable {
  readonly source: SqlDossierSource;
}

/** SQLite keeps any value in any column, so that kinds of columns say nothing; the calendar is asked as a function. */
const SQLITE: SqlContext = {
  dialect: SQLITE_DIALECT,
  shifts: { off: [], worked: [] },
  kindOf: () => null,
  procedureNames: new Map(),
};

/** Throws when the file is missing or is no database. */
export function openSqliteDossiers({ database, mapping, calendar }: SqliteDossiersOptions): OpenDossiers {
  const functions = { working_day_number: (day: string) => calendar.dayNumber(day) };
  const opened = openSqliteDatabase({ database, functions });
  return {
    source: new SqlDossierSource(executorOf(opened), mapping, SQLITE),
    [Symbol.asyncDispose]: () => opened.destroy(),
  };
}
