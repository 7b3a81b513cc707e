import {
  createAgencyDirectory,
  type AgencyDirectory,
  type AgencyRecord,
} from '../../../schema/agency-directory';
import { checkSystemsFile, type SystemsFile } from '../../../schema/systems-file';

/** One system as one subgraph's shard. Its place in the list is the registry order that FIRST and duplicates follow. */
export interface Shard {
  readonly name: string;
  readonly label: string | null;
  /** Where it is asked: without the addresses that are draining. */
  readonly urls: readonly string[];
  /** Canonical codes of the agencies whose rows this system holds. */
  readonly agencies: ReadonlySet<string>;
  /** It is being taken out of service: never asked, and missing wherever it is in scope. */
  readonly isDraining: boolean;
}

export interface ShardedSubgraph {
  readonly shards: readonly Shard[];
  /** Agencies that ought to have rows: only one of these that no system holds is missing. */
  readonly expected: ReadonlySet<string>;
  /** Positions of the shards that hold an agency, in registry order. */
  holders(agency: string): readonly number[];
}

/** Which system holds which agencies' rows, and where it answers. Immutable: a changed file makes a new one. */
export interface Registry {
  readonly version: string;
  readonly directory: AgencyDirectory;
  readonly subgraphs: ReadonlyMap<string, ShardedSubgraph>;
  /** Addresses of subgraphs that are not sharded. */
  readonly plainUrls: ReadonlyMap<string, string>;
  readonly systems: readonly RegisteredSystem[];
}

export interface RegisteredSystem {
  readonly name: string;
  readonly label: string | null;
  readonly isDraining: boolean;
  readonly subgraphs: readonly {
    readonly subgraph: string;
    readonly urls: readonly string[];
    readonly agencies: readonly string[];
  }[];
}

export class RegistryError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The registry of systems is wrong:\n- ${problems.join('\n- ')}`);
  }
}

/** @throws RegistryError naming every agency that the directory does not know and every subgraph that is not declared. */
export function createRegistry(
  file: SystemsFile,
  records: readonly AgencyRecord[],
  version: string,
): Registry {
  const directory = createAgencyDirectory(records);
  const problems = checkSystemsFile(file, directory);
  if (problems.length > 0) throw new RegistryError(problems);
  const canonical = (code: string): string => directory.find(code)?.code ?? code;
  const systems = Object.entries(file.systems).map(([name, system]): RegisteredSystem => ({
    name,
    label: system.name ?? null,
    isDraining: system.draining === true,
    subgraphs: Object.entries(system.subgraphs).map(([subgraph, { urls, agencies, draining = [] }]) => ({
      subgraph,
      urls: urls.filter((url) => !draining.includes(url)),
      agencies: agencies.map(canonical),
    })),
  }));
  const subgraphs = new Map<string, ShardedSubgraph>();
  const plainUrls = new Map<string, string>();
  for (const [name, declared] of Object.entries(file.subgraphs)) {
    if ('url' in declared) plainUrls.set(name, declared.url);
    else subgraphs.set(name, createShardedSubgraph(systems, name, declared.expected.map(canonical)));
  }
  return { version, directory, subgraphs, plainUrls, systems };
}

function createShardedSubgraph(
  systems: readonly RegisteredSystem[],
  subgraph: string,
  expected: readonly string[],
): ShardedSubgraph {
  const shards = systems.flatMap((system) =>
    system.subgraphs
      .filter((held) => held.subgraph === subgraph)
      .map((held): Shard => ({
        name: system.name,
        label: system.label,
        urls: held.urls,
        agencies: new Set(held.agencies),
        isDraining: system.isDraining,
      })),
  );
  const holders = new Map<string, number[]>();
  shards.forEach((shard, position) => {
    for (const agency of shard.agencies) holders.set(agency, [...(holders.get(agency) ?? []), position]);
  });
  return { shards, expected: new Set(expected), holders: (agency) => holders.get(agency) ?? [] };
}
