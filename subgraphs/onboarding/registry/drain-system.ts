import { UsageError } from '../terminal/usage-error';
import { isAddress } from './addresses';
import { SystemsEdit } from './edit-systems';
import type { OpenedSystems } from './opened-systems';
import { requireSystem, type RegisteredEntry } from './registered-entry';
import type { ToldPlan } from './tell-change';

export interface DrainOptions {
  /** One address of several; null for the system as a whole. */
  readonly url: string | null;
  readonly isUndone: boolean;
}

/** @throws UsageError when the registry has no such system or address, or no address would be left. */
export function drainSystem(systems: OpenedSystems, name: string, options: DrainOptions): ToldPlan {
  const entry = requireSystem(systems, name);
  return options.url === null
    ? drainWhole(systems, name, entry, options.isUndone)
    : drainAddress(systems, name, entry, { ...options, url: options.url });
}

function drainWhole(
  systems: OpenedSystems,
  name: string,
  entry: RegisteredEntry,
  isUndone: boolean,
): ToldPlan {
  const isDraining = entry.draining === true;
  if (isDraining !== isUndone)
    return unchanged(name, isUndone ? `${name} is not draining` : `${name} is draining already`);
  const edit = new SystemsEdit(systems.text);
  edit.setDraining(name, !isUndone);
  const told = isUndone
    ? { change: 'undrained', sentence: `${name} is asked again`, notes: [] }
    : {
        change: 'draining',
        sentence: `${name} is draining: it is asked nothing new, and what it holds is told as missing (SHARD_DRAINING)`,
        notes: ['requests that have begun are finished: each takes no longer than the gateway’s deadline'],
      };
  return { text: edit.toString(), told: { system: name, ...told } };
}

/** The other addresses take over: nothing is missing. */
function drainAddress(
  systems: OpenedSystems,
  name: string,
  { subgraphs }: RegisteredEntry,
  { url, isUndone }: { readonly url: string; readonly isUndone: boolean },
): ToldPlan {
  const edit = new SystemsEdit(systems.text);
  let changes = 0;
  const found = new Set<string>();
  for (const [subgraph, { urls, draining = [] }] of Object.entries(subgraphs)) {
    const named = urls.filter((one) => isAddress(url, one));
    named.forEach((one) => found.add(one));
    const left = isUndone
      ? draining.filter((one) => !named.includes(one))
      : urls.filter((one) => draining.includes(one) || named.includes(one));
    if (left.length === urls.length)
      throw new UsageError(
        `No other address of ${name} would be asked for ${subgraph}: drain the system as a whole, without --url`,
      );
    if (left.length === draining.length) continue;
    edit.setDrainingUrls(name, subgraph, left);
    changes += 1;
  }
  if (found.size === 0) {
    const known = [...new Set(Object.values(subgraphs).flatMap(({ urls }) => urls))];
    throw new UsageError(`${name} has no address ${url}, only ${known.join(', ')}`);
  }
  const which = [...found].join(', ');
  if (changes === 0)
    return unchanged(name, `${which} of ${name} ${isUndone ? 'is not' : 'is'} draining already`);
  const told = isUndone
    ? { change: 'undrained', sentence: `${name} is asked at ${which} again`, notes: [] }
    : {
        change: 'draining',
        sentence: `${name} is asked nothing new at ${which}; its other addresses answer`,
        notes: [],
      };
  return { text: edit.toString(), told: { system: name, ...told } };
}

function unchanged(system: string, what: string): ToldPlan {
  const sentence = `${what}: nothing was changed`;
  return { text: null, told: { system, change: 'unchanged', sentence, notes: [] } };
}
