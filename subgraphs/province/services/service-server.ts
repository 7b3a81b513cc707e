import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServiceCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
  /** The address by which the service was called, without a path. */
  readonly origin: string;
}

export interface ServiceReply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** A service as a function, so that it can be served, or wrapped by a test that makes it misbehave. */
export type ServiceHandler = (call: ServiceCall) => ServiceReply;

export interface RunningService extends AsyncDisposable {
  /** `http://127.0.0.1:4711` */
  readonly url: string;
}

export interface ListenOptions {
  readonly host?: string;
  /** 0, or absent: any free one. */
  readonly port?: number;
}

const MAX_BODY_BYTES = 1024 * 1024;

export async function startService(
  handler: ServiceHandler,
  { host = '127.0.0.1', port = 0 }: ListenOptions,
): Promise<RunningService> {
  const server = createServer((request, response) => {
    readCall(request, host)
      .then((call) => handler(call))
      .catch(() => ({ status: 500, type: 'text/plain', body: 'Internal Server Error' }))
      .then(({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body))
      .catch(() => response.destroy());
  });
  const url = await listening(server, host, port);
  return { url, [Symbol.asyncDispose]: () => closed(server) };
}

export async function readCall(request: IncomingMessage, host: string): Promise<ServiceCall> {
  const origin = `http://${request.headers.host ?? host}`;
  const url = new URL(request.url ?? '/', origin);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw new Error(`A request of more than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks).toString('utf8');
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body,
    origin,
  };
}

export async function listening(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo; // It listens on TCP.
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
}

export async function closed(server: Server): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await ended;
}

export function json(value: unknown, status = 200): ServiceReply {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}
