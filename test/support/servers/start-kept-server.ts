import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from '../../../schema/runtime/project-root';

/** Where a server of the tests is, and who may do everything there. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Ends the server and removes its folder when it gets SIGTERM. */
  readonly keeperPid: number;
}

export interface KeptServer {
  readonly command: string;
  readonly args: readonly string[];
  /** Its own folder, removed with it unless it is to be kept. */
  readonly folder: string;
  readonly keepsFolder?: boolean;
  /** null: as whoever runs the tests. */
  readonly account: Account | null;
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  /** The server ends with this process. */
  readonly ownerPid: number;
  /** Resolves once the server answers; rejects while it does not. */
  readonly ping: () => Promise<unknown>;
}

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const READY_WITHIN_MS = 30_000;

/** Starts a server under a keeper and waits until it answers. Gives the keeper's pid; throws with the server's own last words. */
export async function startKeptServer(server: KeptServer): Promise<number> {
  const { command, args, folder, account, stopSignal, ownerPid, keepsFolder = false } = server;
  const log = join(folder, 'server.log');
  const task = {
    command,
    args,
    folder,
    uid: account?.uid ?? null,
    gid: account?.gid ?? null,
    stopSignal,
    ownerPid,
    log,
    keepsFolder,
  };
  const keeper = spawn(
    process.execPath,
    [join(projectRoot(), 'test/support/servers/keep-server.mjs'), JSON.stringify(task)],
    { detached: true, stdio: 'ignore', env: { PATH: process.env['PATH'] ?? '' } },
  );
  keeper.unref();
  const { pid } = keeper;
  if (pid === undefined) throw new Error(`${command} could not be started`);
  await answered(server, () => keeper.exitCode !== null, log).catch((error: unknown) => {
    endServer({ keeperPid: pid });
    throw error;
  });
  return pid;
}

async function answered({ ping, command }: KeptServer, hasEnded: () => boolean, log: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const failure = await ping().then(
      () => null,
      (error: unknown) => error,
    );
    if (failure === null) return;
    if (hasEnded() || Date.now() > deadline) {
      throw new Error(`${command} did not come up:\n${lastLines(log)}`, { cause: failure });
    }
    await delay(50);
  }
}

export function endServer({ keeperPid }: Pick<ServerAddress, 'keeperPid'>): void {
  try {
    process.kill(keeperPid, 'SIGTERM');
  } catch {
    // It has ended by itself.
  }
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(-15).join('\n');
  } catch {
    return '(it wrote nothing)';
  }
}

/** A port of loopback that nobody listened on a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      // Listening on TCP, so the address is one.
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
