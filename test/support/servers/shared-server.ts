import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startMariadbServer } from './mariadb-server';
import { startPostgresServer } from './postgres-server';
import { endServer, type ServerAddress } from './start-kept-server';

/** Set by the global set-up: the folder of this run's servers, and the process that they end with. */
export const SERVERS_FOLDER = 'LIENTHONG_TEST_SERVERS';
export const RUN_PID = 'LIENTHONG_TEST_RUN_PID';

/** What a hook that may have to start (or even install) a server may take. */
export const SERVER_START_MS = 240_000;

const STARTERS = { postgres: startPostgresServer, mariadb: startMariadbServer } as const;
export type ServerName = keyof typeof STARTERS;

/** The one server of its kind in this run of the tests: whoever needs it first starts it, in whichever worker. */
export async function sharedServer(name: ServerName): Promise<ServerAddress> {
  const folder = process.env[SERVERS_FOLDER];
  const runPid = Number(process.env[RUN_PID]);
  if (folder === undefined || !(runPid > 0)) throw new Error('Servers are shared within a run of jest only');
  const file = join(folder, `${name}.json`);
  if (isFirst(join(folder, `${name}.lock`))) await startFor(name, folder, runPid, file);
  const deadline = Date.now() + SERVER_START_MS;
  while (!existsSync(file)) {
    if (Date.now() > deadline) throw new Error(`Another test file began to start ${name} and did not finish`);
    await delay(50);
  }
  return readAddress(file);
}

async function startFor(name: ServerName, folder: string, runPid: number, file: string): Promise<void> {
  const outcome = await STARTERS[name](join(folder, name), runPid).catch((error: unknown) => ({
    failure: error instanceof Error ? error.message : String(error),
  }));
  writeFileSync(`${file}.new`, JSON.stringify(outcome));
  renameSync(`${file}.new`, file);
}

function isFirst(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

function readAddress(file: string): ServerAddress {
  // Written by startFor above, in this run.
  const outcome = JSON.parse(readFileSync(file, 'utf8')) as ServerAddress | { readonly failure: string };
  if ('failure' in outcome) throw new Error(outcome.failure);
  return outcome;
}

/** Tells every server that this run started to end; their keepers remove what they wrote. Gives the keepers' pids. */
export function endSharedServers(folder: string): readonly number[] {
  const outcomes = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    // As above.
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Partial<ServerAddress>);
  const pids = outcomes.flatMap(({ keeperPid }) => (keeperPid === undefined ? [] : [keeperPid]));
  for (const keeperPid of pids) endServer({ keeperPid });
  return pids;
}
