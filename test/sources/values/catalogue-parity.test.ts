import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import type { CatalogueMapping } from '../../../subgraphs/sources/catalogue/catalogue-mapping';
import { readCatalogue } from '../../../subgraphs/sources/catalogue/read-catalogue';
import { createCatalogueTables, writeCatalogue } from '../../../subgraphs/sources/catalogue/write-catalogue';
import type { RawRecord } from '../../../subgraphs/sources/copy/record-reader';
import { CATALOGUE_LAYOUTS } from '../../../subgraphs/sources/layouts/catalogue-layouts';
import { SYSTEM_MAPPING_SCHEMAS } from '../../../subgraphs/sources/mapping/system-mapping';
import { compileProcedures } from '../../../subgraphs/sources/values/read-procedure';
import { readRegisteredProcedures } from '../../support/registered-procedures';

/** What a system's own engineer would write into its YAML for the same table. */
function asProcedures(mapping: CatalogueMapping): unknown {
  const { money, absentText, deleted } = mapping;
  return {
    table: mapping.table,
    columns: mapping.columns,
    time: mapping.time,
    channelTimes: mapping.channelTimes,
    money:
      money.kind === 'number'
        ? money
        : { kind: 'text', min: money.min, max: money.max, unit: money.unit, units: [money.unitWord] },
    absentTexts: absentText === null ? [] : [absentText],
    separators: mapping.separators,
    words: mapping.words,
    ...(deleted === undefined ? {} : { deleted: { column: deleted.column, values: ['removed'] } }),
  };
}

describe('a catalogue read by a mapping of YAML', () => {
  it.each(CATALOGUE_LAYOUTS.map((layout) => [layout.name, layout] as const))(
    'is procedure by procedure what the layout %s was written from',
    (_, layout) => {
      const database = new DatabaseSync(':memory:');
      createCatalogueTables(database, layout);
      writeCatalogue(database, layout, readRegisteredProcedures());
      const { procedures } = SYSTEM_MAPPING_SCHEMAS.sql.parse({
        version: 1,
        system: 'x',
        name: 'x',
        kind: 'sql',
        agencies: ['H23.X01'],
        connection: { dialect: 'sqlite', file: 'x' },
        procedures: asProcedures(layout.mapping),
      });
      if (procedures === undefined) throw new Error('The mapping has a catalogue');
      const read = compileProcedures(procedures, ['H23.X01']);
      // SQLite gives texts, numbers and nulls here.
      const rows = database
        .prepare(`SELECT * FROM ${layout.mapping.table}`)
        .all() as unknown as readonly RawRecord[];
      const found = rows.map((record) => read({ record, place: 'row' }));

      expect(found.flatMap(({ problems }) => problems)).toEqual([]);
      const written = readCatalogue(database, layout.mapping);
      const differing = written.flatMap((record, i) => {
        const [own, theirs] = [
          { ...found[i]?.record, competences: [] },
          { ...record, competences: [] },
        ];
        return isDeepStrictEqual(own, theirs) ? [] : [[own, theirs]];
      });
      expect(differing.slice(0, 2)).toEqual([]);
      expect(found).toHaveLength(written.length);
    },
  );
});
