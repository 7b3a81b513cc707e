import { resolve } from 'node:path';
import { ConfigError } from '../../../schema/runtime/config-error';
import { SYSTEM_NAME } from '../../../schema/systems-file';
import { UnknownAgencyError } from '../../../schema/unknown-agency-error';
import { readSystemMapping } from '../../sources/mapping/read-system-mapping';
import { UsageError } from '../terminal/usage-error';
import { addressOf } from './addresses';
import { canonicalCodes, type OpenedSystems } from './opened-systems';
import { readNames } from './command-options';

/** A system that is to stand in the registry; agencies by their canonical codes. */
export interface WantedSystem {
  readonly name: string;
  readonly label: string | undefined;
  readonly subgraphs: Readonly<Record<string, WantedShare>>;
}

export interface WantedShare {
  readonly urls: readonly string[];
  readonly agencies: readonly string[];
}

/** Who it is and what it holds: by its mapping, or, for a system that serves our schema by itself, told one by one. */
export type Description =
  | { readonly by: 'mapping'; readonly file: string }
  | {
      readonly by: 'options';
      readonly system: string;
      readonly label: string | undefined;
      readonly agencies: readonly string[];
      readonly subgraphs: readonly string[];
    };

interface Values {
  readonly system?: string | undefined;
  readonly name?: string | undefined;
  readonly agencies?: readonly string[] | undefined;
  readonly subgraph?: readonly string[] | undefined;
}

/** @throws UsageError when something is missing, or told twice. */
export function readDescription([file]: readonly string[], values: Values, cwd: string): Description {
  const { system, name: label } = values;
  const [agencies, subgraphs] = [readNames(values.agencies), readNames(values.subgraph)];
  if (file !== undefined) {
    if (system !== undefined || label !== undefined || agencies.length > 0 || subgraphs.length > 0)
      throw new UsageError('--system, --name, --agencies and --subgraph are for a system without a mapping');
    return { by: 'mapping', file: resolve(cwd, file) };
  }
  if (system === undefined)
    throw new UsageError('FILE is missing; for a system without a mapping: --system, --agencies, --subgraph');
  if (!SYSTEM_NAME.test(system))
    throw new UsageError(`--system takes a short name in lower case, such as tu-phap, not "${system}"`);
  if (agencies.length === 0)
    throw new UsageError('--agencies is missing: the codes of those it holds, a,b,c');
  if (subgraphs.length === 0)
    throw new UsageError('--subgraph is missing: what it serves, such as dossiers,procedures');
  return { by: 'options', system, label, agencies, subgraphs };
}

/**
 * @throws ConfigError when the mapping is wrong or names agencies that the registry's directory does not know; UsageError for the
 *   same in options, and for a subgraph that the registry does not know.
 */
export function wantedSystem(
  description: Description,
  addresses: readonly string[],
  systems: OpenedSystems,
): WantedSystem {
  const { name, label, agencies, subgraphs } = read(description);
  requireSharded(subgraphs, systems);
  const mistakes = unknownAgencies(agencies, systems);
  if (mistakes.length > 0)
    throw description.by === 'mapping'
      ? new ConfigError(
          description.file,
          mistakes.map((mistake) => `agencies: ${mistake}`),
        )
      : new UsageError(mistakes.join('\n'));
  const codes = canonicalCodes(systems.directory, agencies);
  const shares = subgraphs.map((subgraph): [string, WantedShare] => {
    const urls = addresses.map((address) => addressOf(address, subgraph, subgraphs));
    return [subgraph, { urls: [...new Set(urls)], agencies: codes }];
  });
  return { name, label, subgraphs: Object.fromEntries(shares) };
}

interface Told {
  readonly name: string;
  readonly label: string | undefined;
  readonly agencies: readonly string[];
  readonly subgraphs: readonly string[];
}

function read(description: Description): Told {
  if (description.by === 'options') return { ...description, name: description.system };
  const mapping = readSystemMapping(description.file);
  // In the order in which systems.yaml names them.
  const served = (['procedures', 'dossiers'] as const).filter((subgraph) => mapping[subgraph] !== undefined);
  return { name: mapping.system, label: mapping.name, agencies: mapping.agencies, subgraphs: served };
}

function requireSharded(subgraphs: readonly string[], { content, file }: OpenedSystems): void {
  const sharded = Object.entries(content.subgraphs)
    .filter(([, declared]) => 'expected' in declared)
    .map(([name]) => name);
  for (const subgraph of subgraphs)
    if (!sharded.includes(subgraph))
      throw new UsageError(
        `"${subgraph}" is no subgraph that many systems serve; ${file} has ${sharded.join(', ')}`,
      );
}

function unknownAgencies(codes: readonly string[], { directory }: OpenedSystems): readonly string[] {
  return codes.flatMap((code) => {
    try {
      directory.children(code);
      return [];
    } catch (error) {
      if (error instanceof UnknownAgencyError) return [error.message];
      throw error;
    }
  });
}
