import { UsageError } from '../terminal/usage-error';
import { SystemsEdit } from './edit-systems';
import type { OpenedSystems } from './opened-systems';
import { heldByNobodyElse, requireSystem } from './registered-entry';
import type { ToldPlan } from './tell-change';

export interface RemoveOptions {
  /** Although some agencies are then held by nobody. */
  readonly isSure: boolean;
  /** Although gateways ask it. */
  readonly isNow: boolean;
  /** Those agencies are no longer expected to have rows, so that nothing is said to be missing. */
  readonly unexpects: boolean;
}

/** @throws UsageError when the registry has no such system, or what follows has not been agreed to. */
export function removeSystem(
  systems: OpenedSystems,
  name: string,
  { isSure, isNow, unexpects }: RemoveOptions,
): ToldPlan {
  const entry = requireSystem(systems, name);
  const orphans = heldByNobodyElse(systems, name);
  const lost = orphans.map(({ subgraph, codes }) => `${subgraph} of ${codes.join(', ')}`).join('; ');
  if (orphans.length > 0 && !isSure)
    throw new UsageError(`Without ${name} nobody holds ${lost}. --yes takes it out all the same`);
  if (entry.draining !== true && !isNow)
    throw new UsageError(
      `${name} is asked by gateways. First: drain ${name}; or --wait, which does that here; or --now, which loses no request either, but do not stop the system before each gateway's deadline is over`,
    );
  const edit = new SystemsEdit(systems.text);
  edit.take(name);
  if (unexpects) {
    for (const { subgraph, codes } of orphans) {
      const canonical = (code: string): string => systems.directory.find(code)?.code ?? code;
      edit.forget(subgraph, (code) => codes.includes(canonical(code)));
    }
  }
  const note = unexpects
    ? `nobody holds ${lost}, and nobody is expected to any more`
    : `nobody holds ${lost}: where it is expected, answers say so (SHARD_NONE)`;
  return {
    text: edit.toString(),
    told: {
      system: name,
      change: 'removed',
      sentence: `${name} is out of the registry`,
      notes: orphans.length > 0 ? [note] : [],
    },
  };
}
