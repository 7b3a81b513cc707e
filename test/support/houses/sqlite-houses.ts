import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { CMON_CATALOGUE } from '../../../subgraphs/sources/layouts/cmon-catalogue';
import { OPENCPS_CATALOGUE } from '../../../subgraphs/sources/layouts/opencps-catalogue';
import { THUTUCS_CATALOGUE } from '../../../subgraphs/sources/layouts/thutucs-catalogue';
import type { WrittenAgency } from '../../../subgraphs/province/dossier-writer';
import { insertInto, type LayoutName, LAYOUTS, layoutRows, writeLayout } from '../dossier-layouts';
import { temporaryFolder } from '../sheet-folder';
import { flatCatalogue, type FlatCatalogue } from './flat-catalogue';
import type { House, HouseRows } from './house';
import { houseMapping } from './house-mapping';
import { openHouse } from './open-house';

/** What a layout writes for an agency: a number of its own, a name, a code. */
export const AGENCY_TEXTS: Readonly<Record<LayoutName, (agency: WrittenAgency, place: number) => string>> = {
  A: (_, place) => String(place + 10),
  B: ({ name }) => name,
  D: ({ code }) => code,
};

const CATALOGUES = { A: THUTUCS_CATALOGUE, B: CMON_CATALOGUE, D: OPENCPS_CATALOGUE } as const;

/** The catalogue of a layout, with its agencies as the dossiers have them. */
export function flatCatalogueOf(layout: LayoutName, { procedures, agencies }: HouseRows): FlatCatalogue {
  const texts = new Map(
    agencies.map((agency, place) => [agency.code, AGENCY_TEXTS[layout](agency, place)] as const),
  );
  return flatCatalogue(CATALOGUES[layout], procedures, (code) => texts.get(code) ?? code);
}

/** A file of SQLite in one layout, its dossiers asked live or copied. */
export function sqliteHouse(layout: LayoutName, mode: 'live' | 'copy') {
  return async (rows: HouseRows): Promise<House> => {
    await using stack = new AsyncDisposableStack();
    const folder = stack.use(temporaryFolder());
    const catalogue = flatCatalogueOf(layout, rows);
    const mapping = houseMapping(
      {
        version: 1,
        system: `sqlite-${layout.toLowerCase()}`,
        name: `SQLite ${layout}`,
        kind: 'sql',
        mode,
        connection: { dialect: 'sqlite', file: 'motcua.sqlite' },
        dossiers: LAYOUTS[layout].mapping,
        procedures: catalogue.procedures,
      },
      rows.agencies,
      AGENCY_TEXTS[layout],
    );
    if (mapping.kind !== 'sql' || mapping.dossiers === undefined) throw new TypeError('A mapping of SQL');
    using database = new DatabaseSync(join(folder.path, 'motcua.sqlite'));
    writeLayout(database, LAYOUTS[layout], layoutRows(layout, mapping.dossiers, rows.dossiers));
    writeFlat(database, catalogue);
    return openHouse(rows, { mapping, baseFolder: folder.path, system: stack.move() });
  };
}

function writeFlat(database: DatabaseSync, { table, rows }: FlatCatalogue): void {
  const columns = Object.keys(rows[0] ?? {}).map((name) => `"${name}"`);
  if (columns.length === 0) throw new TypeError('Every house has a catalogue');
  database.exec(`BEGIN; CREATE TABLE ${table} (${columns.join(', ')})`);
  for (const row of rows) insertInto(database, table, row);
  database.exec('COMMIT');
}
