import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { ProcedureRecord } from '../../sources/catalogue/procedure-record';
import type { DossierWriter } from '../dossier-writer';
import { servedDossier, type ServedDossier } from './served-rows';

/** What a service keeps its rows in is its own affair: one JSON text a row, in the order in which they were written. */
const TABLE = 'CREATE TABLE rows (id INTEGER PRIMARY KEY, content TEXT NOT NULL)';

export interface ServiceStore extends DossierWriter {
  /** Nothing is safe on disk before it has returned. */
  finish(): void;
}

/** For a file that does not exist yet. */
export function createDossierStore(file: string): ServiceStore {
  const rows = createRows(file);
  return { write: (dossier) => rows.write(servedDossier(dossier)), finish: () => rows.finish() };
}

export function writeProcedureStore(file: string, procedures: readonly ProcedureRecord[]): void {
  const rows = createRows(file);
  for (const procedure of procedures) rows.write(procedure);
  rows.finish();
}

export function readDossierStore(file: string | null): readonly ServedDossier[] {
  return readRows(file) as readonly ServedDossier[]; // What createDossierStore has written.
}

export function readProcedureStore(file: string | null): readonly ProcedureRecord[] {
  return readRows(file) as readonly ProcedureRecord[]; // What writeProcedureStore has written.
}

function createRows(file: string) {
  const database = new DatabaseSync(file);
  // A killed generation is thrown away as a whole, so the database needs no journal of its own.
  database.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; ${TABLE}; BEGIN`);
  const insert = database.prepare('INSERT INTO rows (content) VALUES (?)');
  return {
    write: (row: object) => void insert.run(JSON.stringify(row)),
    finish() {
      database.exec('COMMIT');
      database.close();
    },
  };
}

function readRows(file: string | null): readonly unknown[] {
  if (file === null || !existsSync(file)) return [];
  using database = new DatabaseSync(file, { readOnly: true });
  return database
    .prepare('SELECT content FROM rows ORDER BY id')
    .all()
    .map(({ content }): unknown => JSON.parse(String(content)));
}
