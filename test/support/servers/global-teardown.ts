import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { endSharedServers, SERVERS_FOLDER } from './shared-server';

/** Waits until the servers are gone, so that a run leaves neither a process nor a folder. */
export default async function tearDown(): Promise<void> {
  const folder = process.env[SERVERS_FOLDER];
  if (folder === undefined) return;
  const pids = endSharedServers(folder);
  const deadline = Date.now() + 15_000;
  while (pids.some(isAlive) && Date.now() < deadline) await delay(20);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
