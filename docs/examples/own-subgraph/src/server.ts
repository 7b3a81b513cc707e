import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { createHandler } from 'graphql-http';
import { BadInputError } from '../contract/runtime/coded-error';
import { NOW_HEADER, readNow } from '../contract/wire-headers';

export interface ServerOptions {
  /** By name; each answers under `/name`. */
  readonly subgraphs: Readonly<Record<string, GraphQLSchema>>;
  /** By subgraph: the agencies whose rows are here. */
  readonly holdings: Readonly<Record<string, readonly string[]>>;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

/** GraphQL over HTTP, one address a subgraph, and `/holdings` for whoever checks the registry. */
export async function startServer(
  options: ServerOptions,
): Promise<AsyncDisposable & { readonly port: number }> {
  const handlers = new Map(
    Object.entries(options.subgraphs).map(([name, schema]) => [`/${name}`, graphqlHandler(schema)]),
  );
  const documents = new Map<string, unknown>([
    ['/healthz', { status: 'ok' }],
    ['/holdings', { subgraphs: options.holdings }],
  ]);
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').replace(/\?.*$/, '');
    const handler = handlers.get(path);
    const json = { 'content-type': 'application/json; charset=utf-8' };
    if (handler === undefined) {
      const document = documents.get(path);
      response.writeHead(document === undefined ? 404 : 200, json).end(JSON.stringify(document ?? {}));
      return;
    }
    readBody(request)
      .then((body) => handler(request, body))
      .then(([text, { status, headers }]) => response.writeHead(status, headers).end(text))
      .catch((error: unknown) => {
        console.error(error);
        response.writeHead(500, json).end('{"errors":[{"message":"Internal server error"}]}');
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port, // It listens on TCP.
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function graphqlHandler(schema: GraphQLSchema) {
  const handle = createHandler({
    schema,
    onSubscribe: ({ headers }) => refuseWrongNow(nowHeader(headers)),
    context: ({ headers }) => ({ now: instantOf(nowHeader(headers)) }),
    formatError: toClientError,
  });
  return (request: IncomingMessage, body: string) => {
    const { method = 'GET', url = '/', headers } = request;
    return handle({ method, url, headers, body, raw: null, context: null });
  };
}

/** The one "now" of a request, the same in every system that answers it. */
function nowHeader(headers: object): string | null {
  const text: unknown = Reflect.get(headers, NOW_HEADER);
  return typeof text === 'string' ? text : null;
}

function refuseWrongNow(now: string | null): readonly GraphQLError[] | undefined {
  try {
    if (now !== null) readNow(now);
    return undefined;
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    return [new GraphQLError(error.message, { originalError: error })];
  }
}

/** With milliseconds, as our rows have them, so that instants compare as texts. */
function instantOf(now: string | null): string {
  return (now === null ? new Date() : new Date(now)).toISOString();
}

/** What the caller did wrong goes out as it is; of everything else, only that it happened. */
function toClientError(error: Readonly<GraphQLError | Error>): GraphQLError | Error {
  const { originalError = null } = error instanceof GraphQLError ? error : {};
  const isOurs = error instanceof GraphQLError && typeof error.extensions['code'] === 'string';
  if (isOurs || originalError === null || originalError instanceof GraphQLError) return error;
  console.error(originalError);
  return new GraphQLError('Internal server error', { extensions: { code: 'INTERNAL_SERVER_ERROR' } });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
