import type { DatabaseSync } from 'node:sqlite';
import type { ProcedureRecord } from '../sources/catalogue/procedure-record';
import { createCatalogueTables, writeCatalogue } from '../sources/catalogue/write-catalogue';
import type { DossierWriter, WrittenAgency } from './dossier-writer';
import type { TableLayoutName } from './province-layout';
import type { SyntheticDossier } from './synthetic-dossier';
import { systemLayout } from './system-layout';

export interface DossierDatabaseOptions {
  /** Empty. It stays the caller's to close. */
  readonly database: DatabaseSync;
  readonly layout: TableLayoutName;
  readonly agencies: readonly WrittenAgency[];
}

/** Rows go in between `open…` and `finish`; nothing is safe on disk before `finish` has returned. */
export interface DossierDatabase extends DossierWriter {
  finish(): void;
}

export function openDossierDatabase({ database, layout, agencies }: DossierDatabaseOptions): DossierDatabase {
  const { tables, indexes, createWriter } = systemLayout(layout);
  // A killed generation is thrown away as a whole, so the database needs no journal of its own.
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000; BEGIN');
  for (const statement of tables) database.exec(statement);
  const writer = createWriter({ database, agencies });
  return {
    write: (dossier) => writer.write(dossier),
    finish() {
      for (const statement of indexes) database.exec(statement);
      database.exec('COMMIT; PRAGMA analysis_limit = 400; ANALYZE');
    },
  };
}

/** Writes the dossiers of one system. Its mapping is `systemLayout(layout).mapping(agencies)`. */
export function writeDossiers(
  options: DossierDatabaseOptions & { readonly dossiers: Iterable<SyntheticDossier> },
): void {
  const target = openDossierDatabase(options);
  for (const dossier of options.dossiers) target.write(dossier);
  target.finish();
}

export interface WriteCatalogueOptions {
  /** Empty, and not that of the dossiers: in two layouts their tables have the same names. */
  readonly database: DatabaseSync;
  readonly layout: TableLayoutName;
  readonly procedures: readonly ProcedureRecord[];
}

/** Writes the catalogue of one system. Its mapping is `systemLayout(layout).catalogue.mapping`. */
export function writeProcedures({ database, layout, procedures }: WriteCatalogueOptions): void {
  const { catalogue } = systemLayout(layout);
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF');
  createCatalogueTables(database, catalogue);
  database.exec('BEGIN');
  writeCatalogue(database, catalogue, procedures);
  database.exec('COMMIT');
}
