import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { Logger } from '../../schema/runtime/logger';
import { createGraphqlEndpoint, type GraphqlRequest, type Subgraph } from './graphql-endpoint';

export interface SystemServerOptions {
  readonly system: string;
  /** By name; each answers under `/name`. */
  readonly subgraphs: Readonly<Record<string, Subgraph>>;
  /** What the system says it holds, for whoever checks the registry. */
  readonly holdings: Readonly<Record<string, readonly string[]>>;
  /** What `/healthz` tells beside that the system answers: how old its copies are, what is wrong. */
  readonly health?: () => Readonly<Record<string, unknown>>;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly now: () => string;
  readonly logger: Logger;
}

export interface SystemServer extends AsyncDisposable {
  readonly port: number;
}

const MAX_BODY_BYTES = 4 * 1024 * 1024;
/** Longer than a gateway's pool keeps a connection, so that the one who sends is the one who closes. */
const KEEP_ALIVE_MS = 65_000;
const LAST_ANSWERS_MS = 1_000;

type Endpoint = (request: GraphqlRequest) => ReturnType<ReturnType<typeof createGraphqlEndpoint>>;

/** Answers for one system over HTTP until it is disposed of; then its port is closed. */
export async function startSystemServer(options: SystemServerOptions): Promise<SystemServer> {
  const { now, logger } = options;
  const endpoints = new Map(
    Object.entries(options.subgraphs).map(([name, subgraph]) => [
      `/${name}`,
      createGraphqlEndpoint({ ...subgraph, now, logger }),
    ]),
  );
  const { system, holdings, health } = options;
  const documents = new Map<string, () => unknown>([
    ['/healthz', () => ({ status: 'ok', system, ...health?.() })],
    ['/holdings', () => ({ system, subgraphs: holdings })],
  ]);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    answer(request, response, endpoints, documents).catch((error: unknown) => {
      logger.error('A request failed', { url: request.url, error });
      if (response.headersSent) response.destroy();
      else sendError(response, 500, 'INTERNAL_SERVER_ERROR', 'Internal server error');
    });
  });
  await listen(server, options);
  // A server that listens on TCP has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return { port, [Symbol.asyncDispose]: () => close(server) };
}

function listen(server: Server, { system, host, port }: SystemServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'EADDRINUSE' ? 'the port is in use' : cause.message;
      const wayOut = 'Stop the other process, or choose another LIENTHONG_SYSTEMS_PORT';
      reject(
        new Error(`The system "${system}" cannot listen on ${host}:${port}: ${reason}. ${wayOut}`, { cause }),
      );
    });
    server.listen(port, host, resolve);
  });
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const lastAnswers = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS);
  await closed;
  clearTimeout(lastAnswers);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  endpoints: ReadonlyMap<string, Endpoint>,
  documents: ReadonlyMap<string, () => unknown>,
): Promise<void> {
  const path = (request.url ?? '/').replace(/\?.*$/, '');
  const document = documents.get(path);
  if (document !== undefined) return sendJson(response, 200, document());
  const endpoint = endpoints.get(path);
  if (endpoint === undefined)
    return sendError(response, 404, 'NOT_FOUND', `This system has nothing at ${path}`);
  const body = await readBody(request);
  if (body === null) {
    response.setHeader('connection', 'close');
    return sendError(response, 413, 'PAYLOAD_TOO_LARGE', `A body may have at most ${MAX_BODY_BYTES} bytes`);
  }
  if (await hasHungUp(request)) return;
  const { method = 'GET', url = '/', headers } = request;
  const [text, { status, statusText, headers: sent }] = await endpoint({ method, url, headers, body });
  response.writeHead(status, statusText, sent).end(text);
}

/**
 * Whether the asker left while a long query held this thread: a query for nobody would keep those behind it waiting. A turn of
 * the loop reads what came on a connection, the next one hears that it ended.
 */
async function hasHungUp({ socket }: IncomingMessage): Promise<boolean> {
  await setImmediate();
  await setImmediate();
  return socket.destroyed || socket.readableEnded;
}

/** Null when it is too long; the rest is not read. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return null;
  const chunks: Buffer[] = [];
  let bytes = 0;
  // A request yields Buffers as long as nobody calls setEncoding.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function sendError(response: ServerResponse, status: number, code: string, message: string): void {
  sendJson(response, status, { errors: [{ message, extensions: { code } }] });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(value));
}
