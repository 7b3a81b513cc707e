import { join, relative } from 'node:path';
import { Document, isMap, isScalar, isSeq, visit, type YAMLMap } from 'yaml';
import { projectRoot } from '../../schema/runtime/project-root';
import {
  catalogueFile,
  dossiersFile,
  mappingFile,
  MAPPINGS_FOLDER,
  PASSWORD_FILE,
  sheetsFolder,
  writeWhole,
} from './data-folder';
import type { WrittenAgency } from './dossier-writer';
import type { Manifest } from './manifest';
import {
  isTableLayout,
  type ProvinceLayout,
  type SystemDescription,
  type TableLayoutName,
} from './province-layout';
import { layoutCMapping, layoutGMapping } from './service-mappings';
import { systemDossierMapping } from './system-layout';
import { layoutFDossiers } from './write-layout-f';
import { sheetCatalogueMapping } from './sheet-catalogue-mapping';

export interface WriteMappingOptions {
  readonly folder: string;
  readonly system: string;
  readonly description: SystemDescription;
  readonly held: Manifest['systems'][string];
  /** Those that the rows were written with, in the same order. */
  readonly agencies: readonly WrittenAgency[];
  /** Where the agency's own service listens, for the systems that are services. */
  readonly serviceUrl: string | null;
}

/** Services of this machine can be asked often, and a newcomer who changes a file wants to see it. */
const COPY = { every: '30s' };

/** Writes the mapping of one system as its agency would have written it, and says where. What was there is lost. */
export function writeMapping(options: WriteMappingOptions): string {
  const { folder, system } = options;
  const target = join(folder, MAPPINGS_FOLDER);
  writeWhole(target, mappingFile(system), printMapping(options));
  return join(target, mappingFile(system));
}

/** The mappings of all systems that are not services: where those listen is known once they run. */
export function writeFileMappings({
  layout,
  manifest,
  ...shared
}: Pick<WriteMappingOptions, 'folder' | 'agencies'> & {
  readonly layout: Pick<ProvinceLayout, 'systems'>;
  readonly manifest: Pick<Manifest, 'systems'>;
}): void {
  for (const [system, description] of Object.entries(layout.systems)) {
    const held = manifest.systems[system];
    if (held === undefined || description.layout === 'C' || description.layout === 'G') continue;
    writeMapping({ ...shared, system, description, held, serviceUrl: null });
  }
}

function printMapping(options: WriteMappingOptions): string {
  const { folder, system, description, held } = options;
  const { kind, remark, ...rest } = describeSource(options);
  const catalogue = isTableLayout(description.layout) ? [] : (held.procedures ?? []);
  const agencies = [...new Set([...(held.dossiers ?? []), ...catalogue])];
  const document = new Document(
    { version: 1, kind, system, name: description.name, agencies, ...rest },
    { aliasDuplicateObjects: false },
  );
  visit(document, {
    Map: (_, map) => void (map.flow = isShort(map)),
    Seq: (_, list) => void (list.flow = list.items.every((item) => isScalar(item))),
  });
  const schema = relative(
    join(folder, MAPPINGS_FOLDER),
    join(projectRoot(), 'docs', 'system-mapping.schema.json'),
  );
  const header = [
    `yaml-language-server: $schema=${schema}`,
    remark,
    'Made anew whenever the province starts: change a copy of it.',
  ];
  return `${header.map((line) => `# ${line}\n`).join('')}${document.toString({ lineWidth: 140 })}`;
}

/** A date or a line of a status reads better on one line. */
function isShort(map: YAMLMap): boolean {
  const isPlain = (value: unknown) =>
    isScalar(value) || (isSeq(value) && value.items.every((item) => isScalar(item)));
  return (
    map.items.length <= 5 &&
    map.items.every(({ value }) => isPlain(value) || (isMap(value) && value.items.length < 2))
  );
}

interface DescribedSource {
  readonly kind: string;
  readonly remark: string;
}

function describeSource(options: WriteMappingOptions): DescribedSource {
  const { description, system, held, agencies } = options;
  const { layout } = description;
  const receivers = held.dossiers ?? null;
  const publishers = held.procedures ?? null;
  const remark = (what: string) => `${what} (layout ${layout}).`;
  switch (layout) {
    case 'A':
    case 'B':
    case 'D':
      return {
        kind: 'sql',
        remark: `${remark('A database that is asked where it is')}${beside(system, publishers)}`,
        ...sqlMapping(system, layout, agencies, receivers ?? []),
      };
    case 'F':
      return {
        kind: 'sheet',
        remark: remark('Workbooks and CSV files in a folder, copied'),
        ...{
          connection: { folder: `../${sheetsFolder(system)}`, settle: '0s' },
          copy: COPY,
          ...(receivers && { dossiers: layoutFDossiers(agencies, receivers) }),
          ...(publishers && { procedures: sheetCatalogueMapping(agencies, publishers) }),
        },
      };
    case 'C':
    case 'G': {
      const parts = {
        url: options.serviceUrl ?? '',
        passwordFile: `../${PASSWORD_FILE}`,
        agencies,
        receivers,
        publishers,
      };
      const what = layout === 'C' ? 'A JSON service, copied' : 'An XML service by WSDL, copied';
      return {
        kind: layout === 'C' ? 'rest' : 'soap',
        remark: remark(what),
        copy: COPY,
        ...(layout === 'C' ? layoutCMapping(parts) : layoutGMapping(parts)),
      } as DescribedSource;
    }
  }
}

function beside(system: string, publishers: readonly string[] | null): string {
  return publishers === null
    ? ''
    : ` Its catalogue is in ${catalogueFile(system)}, another database, and not in this mapping.`;
}

function sqlMapping(
  system: string,
  layout: TableLayoutName,
  agencies: readonly WrittenAgency[],
  receivers: readonly string[],
): object {
  return {
    connection: { dialect: 'sqlite', file: `../${dossiersFile(system)}` },
    dossiers: withoutDefaults(systemDossierMapping(layout, agencies, receivers)),
  };
}

/** What a person would leave out. */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, inner]) => inner !== null && !isDefault(name, inner))
      .map(([name, inner]) => [name, withoutDefaults(inner)]),
  );
}

function isDefault(name: string, value: unknown): boolean {
  switch (name) {
    case 'earliest':
      return value === '1900-01-01';
    case 'latest':
      return value === '2199-12-31';
    case 'match':
      return value === 'exact';
    case 'type':
      return value === 'text';
    case 'through':
    case 'aliases':
      return Array.isArray(value) && value.length === 0;
    default:
      return false;
  }
}
