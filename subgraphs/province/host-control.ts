import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { HOST_FILE, writeWhole } from './data-folder';
import type { HostedSystem, ProvinceHost } from './province-host';

const hostFile = z.strictObject({ pid: z.int(), url: z.url(), token: z.string().min(32) });
type HostAddress = z.infer<typeof hostFile>;

const hostedSystem = z.strictObject({
  system: z.string(),
  name: z.string(),
  phase: z.enum(['running', 'stopped', 'crashed']),
});
const reply = z.union([
  z.strictObject({ systems: z.array(hostedSystem).readonly() }),
  z.strictObject({ refused: z.string() }),
]);

const ACTION_PATH = /^\/systems\/([^/]+)\/(stop|start)$/;

/**
 * Opens a port on loopback where `lienthong province stop` and `start` reach this host, and writes its address into the data folder.
 * Whoever cannot read that file cannot stop a system.
 */
export async function startHostControl(host: ProvinceHost, folder: string): Promise<AsyncDisposable> {
  const token = randomBytes(32).toString('hex');
  const server = createServer((request, response) => {
    obey(request, host, token).then(
      (systems) => send(response, 200, { systems }),
      (error: unknown) =>
        send(response, 400, { refused: error instanceof Error ? error.message : String(error) }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // A server that listens on TCP has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  writeWhole(
    folder,
    HOST_FILE,
    JSON.stringify({ pid: process.pid, url: `http://127.0.0.1:${port}`, token }),
    0o600,
  );
  return {
    async [Symbol.asyncDispose]() {
      rmSync(join(folder, HOST_FILE), { force: true });
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function obey(
  request: IncomingMessage,
  host: ProvinceHost,
  token: string,
): Promise<readonly HostedSystem[]> {
  if (!isAuthorized(request, token)) throw new Error('This host obeys only who can read its data folder');
  if (request.method === 'GET' && request.url === '/systems') return host.list();
  const [, system, action] = ACTION_PATH.exec(request.url ?? '') ?? [];
  if (request.method !== 'POST' || system === undefined)
    throw new Error(`Not an order: ${request.method} ${request.url}`);
  return [await (action === 'stop' ? host.stop(system) : host.start(system))];
}

function isAuthorized({ headers }: IncomingMessage, token: string): boolean {
  const given = Buffer.from(headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function send(response: ServerResponse, status: number, value: z.infer<typeof reply>): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(value));
}

export class NoHostError extends Error {
  constructor(folder: string) {
    super(`No province runs from ${folder}. Start it with: npm start`);
  }
}

export type HostOrder =
  { readonly action: 'list' } | { readonly action: 'stop' | 'start'; readonly system: string };

/** Gives an order to the host that runs from a data folder. Throws NoHostError, or with the host's own refusal. */
export async function orderHost(folder: string, order: HostOrder): Promise<readonly HostedSystem[]> {
  const address = readHostAddress(folder);
  if (address === null) throw new NoHostError(folder);
  const [method, path] =
    order.action === 'list'
      ? ['GET', '/systems']
      : ['POST', `/systems/${encodeURIComponent(order.system)}/${order.action}`];
  const response = await fetch(`${address.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${address.token}`, connection: 'close' },
  }).catch(() => {
    // Left behind by a host that was killed.
    throw new NoHostError(folder);
  });
  const answer = reply.parse(await response.json());
  if ('refused' in answer) throw new Error(answer.refused);
  return answer.systems;
}

/** Whether a host answers from this folder now. */
export async function isHostRunning(folder: string): Promise<boolean> {
  return orderHost(folder, { action: 'list' }).then(
    () => true,
    () => false,
  );
}

function readHostAddress(folder: string): HostAddress | null {
  const file = join(folder, HOST_FILE);
  if (!existsSync(file)) return null;
  try {
    return hostFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
