import { createAgencyDirectory, parseAgencyDirectory } from '../../schema/agency-directory';
import { checkSystemsFile, type SystemsFile, systemsFileSchema } from '../../schema/systems-file';

const directory = createAgencyDirectory(parseAgencyDirectory([{ code: 'H23.X01' }]));

function fileWith(held: object, more: object = {}): SystemsFile {
  return systemsFileSchema.parse({
    version: 1,
    directory: 'agencies.json',
    subgraphs: { agencies: { url: 'http://a/' }, dossiers: { expected: ['H23.X01'] } },
    systems: {
      one: { subgraphs: { dossiers: { urls: ['http://a/', 'http://b/'], agencies: [], ...held } } },
    },
    ...more,
  });
}

it('finds nothing in a file that can be adopted', () => {
  expect(checkSystemsFile(fileWith({ agencies: ['H23.X01'], draining: ['http://a/'] }), directory)).toEqual(
    [],
  );
});

it.each<[string, SystemsFile, string]>([
  [
    'an agency that nobody knows',
    fileWith({ agencies: ['H23.X09'] }),
    'systems.one.subgraphs.dossiers: "H23.X09" is no agency of the directory agencies.json',
  ],
  [
    'an expected agency that nobody knows',
    fileWith({}, { subgraphs: { dossiers: { expected: ['H23.X09'] } } }),
    'subgraphs.dossiers.expected: "H23.X09" is no agency of the directory agencies.json',
  ],
  [
    'a subgraph that one system serves',
    fileWith({}, { subgraphs: { dossiers: { url: 'http://c/' } } }),
    'systems.one.subgraphs.dossiers: "dossiers" is not declared as a sharded subgraph under subgraphs (with expected: […])',
  ],
  [
    'a draining address that is none of the system',
    fileWith({ draining: ['http://c/'] }),
    'systems.one.subgraphs.dossiers.draining: http://c/ is not among its urls',
  ],
  [
    'a system of which no address is left',
    fileWith({ draining: ['http://b/', 'http://a/'] }),
    'systems.one.subgraphs.dossiers.draining: no address is left; drain the whole system instead, with draining: true',
  ],
])('names %s', (_, file, mistake) => {
  expect(checkSystemsFile(file, directory)).toEqual([mistake]);
});
