import type { DatabaseSync } from 'node:sqlite';
import type { WorkingCalendar } from '../../../schema/calendar';
import type { DossierMapping } from '../dossiers/dossier-mapping';
import { SqlDossierSource } from './sql-dossier-source';
import { openSqliteDatabase } from './sqlite-database';

export interface SqliteDossiersOptions {
  /** The system's file, opened read-only; or an open database, closed with the source. */
  readonly database: string | DatabaseSync;
  readonly mapping: DossierMapping;
  readonly calendar: Pick<WorkingCalendar, 'dayNumber'>;
}

export interface OpenDossiers extends AsyncDisposable {
  readonly source: SqlDossierSource;
}

/** Throws when the file is missing or is no database. */
export function openSqliteDossiers({ database, mapping, calendar }: SqliteDossiersOptions): OpenDossiers {
  const functions = { working_day_number: (day: string) => calendar.dayNumber(day) };
  const opened = openSqliteDatabase({ database, functions });
  return {
    source: new SqlDossierSource(opened, mapping),
    [Symbol.asyncDispose]: () => opened.destroy(),
  };
}
