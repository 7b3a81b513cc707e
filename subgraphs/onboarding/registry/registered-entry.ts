import type { SystemsFile } from '../../../schema/systems-file';
import { UsageError } from '../terminal/usage-error';
import { canonicalCodes, type OpenedSystems } from './opened-systems';

/** One system as the registry has it. */
export type RegisteredEntry = SystemsFile['systems'][string];

export function findSystem({ content }: OpenedSystems, name: string): RegisteredEntry | undefined {
  // A system may be called "constructor".
  return Object.hasOwn(content.systems, name) ? content.systems[name] : undefined;
}

/** @throws UsageError naming those that there are. */
export function requireSystem(systems: OpenedSystems, name: string): RegisteredEntry {
  const { content, file } = systems;
  const entry = findSystem(systems, name);
  if (entry !== undefined) return entry;
  const known = Object.keys(content.systems).join(', ') || 'none';
  throw new UsageError(`There is no system "${name}" in ${file}; there are: ${known}`);
}

export interface AgenciesOfSubgraph {
  readonly subgraph: string;
  readonly codes: readonly string[];
}

/** What only this system holds, by subgraph: without it, nobody has these rows. */
export function heldByNobodyElse(systems: OpenedSystems, name: string): readonly AgenciesOfSubgraph[] {
  const { content, directory } = systems;
  return Object.entries(requireSystem(systems, name).subgraphs).flatMap(([subgraph, { agencies }]) => {
    const others = Object.entries(content.systems).filter(([other]) => other !== name);
    const elsewhere = new Set(
      others.flatMap(([, system]) => canonicalCodes(directory, system.subgraphs[subgraph]?.agencies ?? [])),
    );
    const codes = canonicalCodes(directory, agencies).filter((code) => !elsewhere.has(code));
    return codes.length === 0 ? [] : [{ subgraph, codes }];
  });
}
