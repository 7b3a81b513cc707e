import { stringify } from 'yaml';
import { DIRECTORY_FILE } from './data-folder';
import type { Manifest } from './manifest';
import type { ProvinceLayout } from './province-layout';

export interface RegistryParts {
  readonly layout: Pick<ProvinceLayout, 'systems'>;
  readonly manifest: Pick<Manifest, 'systems' | 'expected'>;
  /** Where the agencies subgraph, and each system, is reached: `http://host:port`. */
  readonly agenciesOrigin: string;
  readonly originOf: (system: string) => string;
}

/** The text of systems.yaml, the file that tells a gateway who holds what, and where. */
export function printRegistry({ layout, manifest, agenciesOrigin, originOf }: RegistryParts): string {
  const systems = Object.entries(layout.systems).map(([system, { name }]) => {
    const { procedures, dossiers } = manifest.systems[system] ?? {};
    const entry = (subgraph: string, agencies: readonly string[] | undefined) =>
      agencies === undefined ? {} : { [subgraph]: { urls: [`${originOf(system)}/${subgraph}`], agencies } };
    return [
      system,
      { name, subgraphs: { ...entry('procedures', procedures), ...entry('dossiers', dossiers) } },
    ];
  });
  return stringify(
    {
      version: 1,
      directory: DIRECTORY_FILE,
      subgraphs: {
        agencies: { url: `${agenciesOrigin}/agencies` },
        procedures: { expected: manifest.expected.procedures },
        dossiers: { expected: manifest.expected.dossiers },
      },
      systems: Object.fromEntries(systems) as unknown,
    },
    // The same list stands in several places; anchors would only puzzle the reader.
    { aliasDuplicateObjects: false, lineWidth: 140 },
  );
}
