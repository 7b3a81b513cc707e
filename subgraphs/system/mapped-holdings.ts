import type { AgencyDirectory } from '../../schema/agency-directory';
import { ConfigError } from '../../schema/runtime/config-error';
import type { SystemMapping } from '../sources/mapping/system-mapping';

export type Holdings = Readonly<Record<string, readonly string[]>>;

/** For each subgraph that the system serves, the canonical codes of the agencies whose rows it holds. Throws a ConfigError naming those that nobody knows. */
export function mappedHoldings(file: string, mapping: SystemMapping, directory: AgencyDirectory): Holdings {
  const unknown = mapping.agencies.filter((code) => directory.find(code) === undefined);
  if (unknown.length > 0)
    throw new ConfigError(
      file,
      unknown.map((code) => `agencies: "${code}" is no agency of the directory`),
    );
  const agencies = mapping.agencies.map((code) => directory.find(code)?.code ?? code);
  return {
    ...(mapping.procedures !== undefined && { procedures: agencies }),
    ...(mapping.dossiers !== undefined && { dossiers: agencies }),
  };
}
