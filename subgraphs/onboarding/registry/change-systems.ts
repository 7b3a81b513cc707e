import { readFileSync } from 'node:fs';
import { isNativeError } from 'node:util/types';
import { ConfigError } from '../../../schema/runtime/config-error';
import { type OpenedSystems, parseSystems, readSystems } from './opened-systems';
import { lockSystems } from './systems-lock';
import { writeWhole } from './write-whole';

export interface ChangedSystems {
  readonly before: OpenedSystems;
  /** The same as before when nothing was to be changed. */
  readonly after: OpenedSystems;
}

export interface PlannedChange {
  /** What the file is to say; null when it is right as it is. */
  readonly text: string | null;
}

/**
 * Changes the registry file: alone, whole, and only into what every gateway adopts. The text before stays beside it, as
 * `systems.yaml.before`.
 *
 * @param plan throws when what is asked cannot be done; nothing is written then either.
 * @throws ConfigError when the file, or what it would become, is wrong; nothing is written then.
 */
export async function changeSystems<Plan extends PlannedChange>(
  path: string,
  signal: AbortSignal,
  plan: (systems: OpenedSystems) => Plan,
): Promise<ChangedSystems & { readonly planned: Plan }> {
  const { file } = readSystems(path);
  try {
    using lock = await lockSystems(file, signal);
    const before = readSystems(file);
    const planned = plan(before);
    const { text } = planned;
    if (text === null || text === before.text) return { before, after: before, planned };
    const after = parseSystems(file, text);
    if (!lock.isHeld() || readFileSync(file, 'utf8') !== before.text) throw changedMeanwhile(file);
    writeWhole(`${file}.before`, before.text, file);
    writeWhole(file, text, file);
    return { before, after, planned };
  } catch (error) {
    throw isOfTheDisk(error) ? new ConfigError(file, [`cannot be changed: ${error.message}`]) : error;
  }
}

function changedMeanwhile(file: string): ConfigError {
  return new ConfigError(file, ['was changed by another program meanwhile; nothing was written, try again']);
}

/** No right to write, no space left: what a person can mend. */
function isOfTheDisk(error: unknown): error is NodeJS.ErrnoException {
  return isNativeError(error) && 'syscall' in error;
}
