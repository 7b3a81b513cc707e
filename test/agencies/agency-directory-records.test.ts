import { join } from 'node:path';
import { createAgencyDirectory, parseAgencyDirectory } from '../../schema/agency-directory';
import { projectRoot } from '../../schema/runtime/project-root';
import { toAgencyDirectoryRecords } from '../../subgraphs/agencies/agency-directory-records';
import { readAgencyData } from '../../subgraphs/agencies/read-agency-data';

const records = toAgencyDirectoryRecords(readAgencyData(join(projectRoot(), 'subgraphs/province/data')));

describe('the agencies as directory records', () => {
  it('survive the file the gateway reads', () => {
    expect(parseAgencyDirectory(JSON.parse(JSON.stringify(records)))).toEqual(records);
  });

  it('lead from either notation to the agency, and by date to who holds its functions', () => {
    const directory = createAgencyDirectory(records);

    expect(directory.find('000.00.X13.H23')?.code).toBe('H23.X13');
    expect(directory.successorsAt('H23.X13', '2024-06-28').map(({ code }) => code)).toEqual(['H23.X13']);
    expect(directory.successorsAt('H23.X13', '2025-03-01').map(({ code }) => code)).toEqual(
      expect.arrayContaining(['H23.X03', 'H23.X16', 'H23.X17', 'H23.X22', 'H23.X54']),
    );
  });

  it('widen the province to everything below it', () => {
    const below = createAgencyDirectory(records).expand(['H23'], {
      includeChildren: true,
      includePredecessors: false,
    });

    // The service centre stands below the committee's office.
    expect(below).toEqual(expect.arrayContaining(['H23', 'H23.X01', 'H23.X21', 'H23.X41', 'H23.X52']));
  });

  it('name no successor that is no agency', () => {
    const codes = new Set(records.map(({ code }) => code));

    expect(records.flatMap(({ successors }) => successors).filter(({ code }) => !codes.has(code))).toEqual(
      [],
    );
  });
});
