import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { projectRoot } from '../../../schema/runtime/project-root';
import type { WrittenAgency } from '../../../subgraphs/province/dossier-writer';
import { parseSystemMapping } from '../../../subgraphs/sources/mapping/read-system-mapping';
import type { SystemMapping } from '../../../subgraphs/sources/mapping/system-mapping';

type Part = Readonly<Record<string, unknown>>;

/** A mapping file before it is read. */
export interface MappingFile extends Part {
  readonly connection: Part;
  readonly dossiers?: Part;
  readonly procedures?: Part;
}

/** A file of test/fixtures/mappings, its anchors followed. */
export function mappingFile(name: string): MappingFile {
  const text = readFileSync(join(projectRoot(), 'test/fixtures/mappings', `${name}.yaml`), 'utf8');
  return parse(text) as MappingFile; // A mapping: the tests of the fixtures read it as such.
}

/** The file as it would be written for other agencies, and read as any other. */
export function houseMapping(
  file: MappingFile,
  agencies: readonly WrittenAgency[],
  textOf: (agency: WrittenAgency, place: number) => string,
): SystemMapping {
  const values = Object.fromEntries(agencies.map((agency, place) => [textOf(agency, place), agency.code]));
  const coded = (part: Part, name: string): Part =>
    part[name] == null ? {} : { [name]: { ...(part[name] as Part), values } }; // A coded column.
  const { dossiers, procedures } = file;
  const written = {
    ...file,
    agencies: agencies.map(({ code }) => code),
    ...(dossiers && {
      dossiers: {
        ...dossiers,
        ...coded(dossiers, 'receivingAgency'),
        ...coded(dossiers, 'handlingAgency'),
      },
    }),
    ...(procedures && { procedures: { ...procedures, ...coded(procedures, 'publishedBy') } }),
  };
  return parseSystemMapping('house.yaml', stringify(written, { aliasDuplicateObjects: false }));
}
