import { DatabaseSync } from 'node:sqlite';
import { CATALOGUE_LAYOUTS } from '../../subgraphs/sources/layouts/catalogue-layouts';
import { readCatalogue } from '../../subgraphs/sources/catalogue/read-catalogue';
import { createCatalogueTables, writeCatalogue } from '../../subgraphs/sources/catalogue/write-catalogue';
import { createProceduresSubgraph } from '../support/procedures-subgraph';
import { readRegisteredProcedures } from '../support/registered-procedures';

const records = readRegisteredProcedures();

const EVERYTHING = `{
  page: procedures(filter: { text: "cap giay" }, first: 200, orderBy: NAME_DESC) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges {
      cursor
      node {
        code hasLocalCode name field levels isEitherLevel workingDays isOnlineAvailable onlineLevel legalBasis decision
        result applicants performingAgencyInSource era source certainty
        channels { channel time { value unit } fee { minVnd maxVnd } }
        time { value unit } fee { minVnd maxVnd } issues { code detail }
        agency { code } implementingAgencies { code }
      }
    }
  }
  later: procedures(filter: { agencies: ["H24.X02"] }, asOf: "2025-07-01") { totalCount }
  local: procedure(code: "H23-LOCAL-0007") { name issues { code } }
}`;

describe('a catalogue kept in the layout', () => {
  const expected = createProceduresSubgraph(records).query(EVERYTHING);

  it.each(CATALOGUE_LAYOUTS)('$name answers as the registered file does', async (layout) => {
    using database = new DatabaseSync(':memory:');
    createCatalogueTables(database, layout);
    writeCatalogue(database, layout, records);
    const { query } = createProceduresSubgraph(readCatalogue(database, layout.mapping));

    expect(await query(EVERYTHING)).toEqual(await expected);
  });
});
