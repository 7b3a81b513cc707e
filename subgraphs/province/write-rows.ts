import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ProcedureRecord } from '../sources/catalogue/procedure-record';
import { catalogueFile, dossiersFile, sheetsFolder } from './data-folder';
import type { DossierWriter, WrittenAgency } from './dossier-writer';
import type { LayoutName } from './province-layout';
import { createDossierStore, writeProcedureStore } from './services/service-store';
import { createLayoutFFile } from './write-layout-f';
import { writeSheetCatalogue } from './write-sheet-catalogue';
import { openDossierDatabase, writeProcedures } from './write-system';

export interface WrittenSystem {
  /** Of the province, or of one that is being made. */
  readonly folder: string;
  readonly system: string;
  readonly layout: LayoutName;
  readonly agencies: readonly WrittenAgency[];
}

/** Rows go in between `open…` and `finish`; nothing is safe on disk before `finish` has returned. */
export interface DossierTarget extends DossierWriter {
  finish(): void;
}

/** Whatever the system keeps its dossiers in, new and empty. */
export function openDossierTarget({ folder, system, layout, agencies }: WrittenSystem): DossierTarget {
  const file = join(folder, dossiersFile(system));
  switch (layout) {
    case 'A':
    case 'B':
    case 'D': {
      const database = new DatabaseSync(file);
      const dossiers = openDossierDatabase({ database, layout, agencies });
      return {
        write: (dossier) => dossiers.write(dossier),
        finish() {
          dossiers.finish();
          database.close();
        },
      };
    }
    case 'C':
    case 'G':
      return createDossierStore(file);
    case 'F':
      return createLayoutFFile(join(sheets(folder, system), 'ho-so.csv'), agencies);
  }
}

/** Whatever the system keeps its catalogue in. */
export function writeCatalogueOf(
  { folder, system, layout, agencies }: WrittenSystem,
  procedures: readonly ProcedureRecord[],
): void {
  switch (layout) {
    case 'A':
    case 'B':
    case 'D': {
      using database = new DatabaseSync(join(folder, catalogueFile(system)));
      return writeProcedures({ database, layout, procedures });
    }
    case 'C':
    case 'G':
      return writeProcedureStore(join(folder, catalogueFile(system)), procedures);
    case 'F':
      return writeSheetCatalogue(join(sheets(folder, system), 'thu-tuc.xlsx'), procedures, agencies);
  }
}

function sheets(folder: string, system: string): string {
  const path = join(folder, sheetsFolder(system));
  mkdirSync(path, { recursive: true });
  return path;
}
