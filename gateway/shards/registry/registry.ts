import { z } from 'zod';
import {
  createAgencyDirectory,
  type AgencyDirectory,
  type AgencyRecord,
} from '../../../schema/agency-directory';

/** One system as one subgraph's shard. Its place in the list is the registry order that FIRST and duplicates follow. */
export interface Shard {
  readonly name: string;
  readonly label: string | null;
  readonly urls: readonly string[];
  /** Canonical codes of the agencies whose rows this system holds. */
  readonly agencies: ReadonlySet<string>;
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
  readonly subgraphs: readonly {
    readonly subgraph: string;
    readonly urls: readonly string[];
    readonly agencies: readonly string[];
  }[];
}

const url = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' });
const agencyCodes = z.array(z.string().min(1));

/** The file `systems.yaml` (README, "Systems"). */
export const registryFileSchema = z.strictObject({
  version: z.literal(1),
  directory: z.string().min(1),
  subgraphs: z.record(
    z.string(),
    z.union([z.strictObject({ url }), z.strictObject({ expected: agencyCodes })]),
  ),
  systems: z.record(
    z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be a short name in lower case, such as tu-phap'),
    z.strictObject({
      name: z.string().optional(),
      subgraphs: z.record(z.string(), z.strictObject({ urls: z.array(url).min(1), agencies: agencyCodes })),
    }),
  ),
});

export type RegistryFile = z.infer<typeof registryFileSchema>;

export class RegistryError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The registry of systems is wrong:\n- ${problems.join('\n- ')}`);
  }
}

/** @throws RegistryError naming every agency that the directory does not know and every subgraph that is not declared. */
export function createRegistry(
  file: RegistryFile,
  records: readonly AgencyRecord[],
  version: string,
): Registry {
  const directory = createAgencyDirectory(records);
  const problems: string[] = [];
  const canonical = (place: string, code: string): string => {
    const agency = directory.find(code);
    if (!agency) problems.push(`${place}: "${code}" is no agency of the directory ${file.directory}`);
    return agency?.code ?? code;
  };
  const systems = Object.entries(file.systems).map(([name, system]): RegisteredSystem => ({
    name,
    label: system.name ?? null,
    subgraphs: Object.entries(system.subgraphs).map(([subgraph, held]) => {
      const place = `systems.${name}.subgraphs.${subgraph}`;
      const declared = file.subgraphs[subgraph];
      if (!declared || 'url' in declared)
        problems.push(
          `${place}: "${subgraph}" is not declared as a sharded subgraph under subgraphs (with expected: […])`,
        );
      return { subgraph, urls: held.urls, agencies: held.agencies.map((code) => canonical(place, code)) };
    }),
  }));
  const subgraphs = new Map<string, ShardedSubgraph>();
  const plainUrls = new Map<string, string>();
  for (const [name, declared] of Object.entries(file.subgraphs)) {
    if ('url' in declared) plainUrls.set(name, declared.url);
    else
      subgraphs.set(
        name,
        createShardedSubgraph(
          systems,
          name,
          declared.expected.map((code) => canonical(`subgraphs.${name}.expected`, code)),
        ),
      );
  }
  if (problems.length > 0) throw new RegistryError(problems);
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
      })),
  );
  const holders = new Map<string, number[]>();
  shards.forEach((shard, position) => {
    for (const agency of shard.agencies) holders.set(agency, [...(holders.get(agency) ?? []), position]);
  });
  return { shards, expected: new Set(expected), holders: (agency) => holders.get(agency) ?? [] };
}
