import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PEERS } from './contestants';

/** What the lock file said when they were installed. */
const INSTALLED = join(PEERS, 'node_modules', '.installed-lock.json');

/** `npm ci` in the peers' own folder, unless exactly these versions are there. Throws when npm fails. */
export function installPeers(): void {
  const lock = readFileSync(join(PEERS, 'package-lock.json'), 'utf8');
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === lock) return;
  console.log('Installing the peers (some 500 MB, once) …');
  // No install scripts: the native planner comes as a ready package, and nothing of theirs runs before it is asked to.
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit'], {
    cwd: PEERS,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0)
    throw new Error('The peers could not be installed; --only ours,stock,hand goes without them');
  writeFileSync(INSTALLED, lock);
}
