import { ConfigError } from '../../../schema/runtime/config-error';
import { readFileSync } from 'node:fs';
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
  using lock = await lockSystems(file, signal);
  const before = readSystems(file);
  const planned = plan(before);
  const { text } = planned;
  if (text === null || text === before.text) return { before, after: before, planned };
  const after = parseSystems(file, text);
  if (!lock.isHeld() || readFileSync(file, 'utf8') !== before.text)
    throw new ConfigError(file, ['was changed by another program meanwhile; nothing was written, try again']);
  writeWhole(`${file}.before`, before.text, file);
  writeWhole(file, text, file);
  return { before, after, planned };
}
