import { DatabaseSync } from 'node:sqlite';
import { CATALOGUE_LAYOUTS } from '../../subgraphs/sources/layouts/catalogue-layouts';
import type { ProcedureRecord } from '../../subgraphs/sources/catalogue/procedure-record';
import { parseCatalogueMapping } from '../../subgraphs/sources/catalogue/catalogue-mapping';
import { readCatalogue } from '../../subgraphs/sources/catalogue/read-catalogue';
import { createCatalogueTables, writeCatalogue } from '../../subgraphs/sources/catalogue/write-catalogue';
import { readRegisteredProcedures } from '../support/registered-procedures';

const records = readRegisteredProcedures();

describe.each(CATALOGUE_LAYOUTS)('the catalogue layout $name', (layout) => {
  it('carries every fact of the registered procedures in and out', () => {
    using database = new DatabaseSync(':memory:');
    createCatalogueTables(database, layout);
    writeCatalogue(database, layout, records);

    expect(readCatalogue(database, layout.mapping)).toEqual(records);
  });

  it('reads agencies in the notation the system writes', () => {
    using database = new DatabaseSync(':memory:');
    createCatalogueTables(database, layout);
    writeCatalogue(database, layout, records.slice(0, 1), (code) => `local ${code}`);

    const [read] = readCatalogue(database, layout.mapping, (text) => text.replace('local ', ''));

    expect(read?.competences).toEqual(records[0]?.competences);
  });

  it('leaves out rows that the system deleted by flag', () => {
    using database = new DatabaseSync(':memory:');
    createCatalogueTables(database, layout);
    writeCatalogue(database, layout, records.slice(0, 2));
    const { table, deleted } = layout.mapping;
    database.exec(`UPDATE ${table} SET ${deleted?.column} = 7 WHERE rowid = 1`);

    expect(readCatalogue(database, layout.mapping)).toEqual(records.slice(1, 2));
  });
});

describe('a catalogue mapping', () => {
  const [layout] = CATALOGUE_LAYOUTS;

  it('is refused when two values are written with one word', () => {
    const mapping = structuredClone(layout?.mapping);
    if (mapping !== undefined) mapping.words.timeUnits.HOUR = mapping.words.timeUnits.MONTH;

    expect(() => parseCatalogueMapping(mapping)).toThrow('two values are written with the same word');
  });

  it('is refused with the path of what is missing', () => {
    expect(() => parseCatalogueMapping({ ...layout?.mapping, table: '' })).toThrow('table');
  });
});

describe('a time phrase', () => {
  const layout = CATALOGUE_LAYOUTS.find(({ mapping }) => mapping.time.kind === 'phrase');

  it('keeps its number and says UNIT_MISSING when its unit is an unknown word', () => {
    using database = new DatabaseSync(':memory:');
    if (layout === undefined) throw new Error('no layout with phrases');
    createCatalogueTables(database, layout);
    writeCatalogue(database, layout, records.slice(0, 1));
    database.exec(`UPDATE ${layout.mapping.table} SET ThoiGianGiaiQuyet = '5 hôm'`);

    const [read]: readonly ProcedureRecord[] = readCatalogue(database, layout.mapping);

    expect(read?.time).toEqual({ value: 5, unit: 'UNIT_MISSING' });
  });
});
