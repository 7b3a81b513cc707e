import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execute, GraphQLError, type GraphQLSchema, Kind, parse, validate } from 'graphql';
import type { StrangerFault } from './stranger/faults';
import { strangerSchema } from './stranger/schema';

export interface StrangerSubgraph extends AsyncDisposable {
  readonly url: string;
  /** How many requests it got, and how many at most at one moment. */
  readonly requests: () => number;
  readonly mostAtOnce: () => number;
}

/**
 * A dossiers subgraph that an agency might have written by itself: graphql-js and node:http over the contract's SDL, no code of ours.
 * With a fault it gets one thing wrong.
 */
export async function startStranger(fault: StrangerFault | null = null): Promise<StrangerSubgraph> {
  const schema = strangerSchema(fault);
  const count = { all: 0, now: 0, most: 0 };
  const server = createServer((request, response) => {
    count.all++;
    count.most = Math.max(count.most, ++count.now);
    response.on('close', () => count.now--);
    void answer(schema, fault, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    requests: () => count.all,
    mostAtOnce: () => count.most,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(
  schema: GraphQLSchema,
  fault: StrangerFault | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST' || request.url !== '/graphql')
    return void response.writeHead(404).end('nothing here');
  const result = await run(schema, fault, await readBody(request), request.headers['lienthong-now']);
  const isMistake = 'errors' in result && !('data' in result);
  if (isMistake && fault === 'answers mistakes with a page of HTML')
    return void response
      .writeHead(500, { 'content-type': 'text/html' })
      .end('<h1>Internal Server Error</h1>');
  response
    .writeHead(isMistake ? 400 : 200, { 'content-type': 'application/json' })
    .end(JSON.stringify(result));
}

async function run(
  schema: GraphQLSchema,
  fault: StrangerFault | null,
  body: string,
  header: string | string[] | undefined,
): Promise<object> {
  try {
    // What a stranger's server does not check it trusts.
    const { query, variables, operationName } = JSON.parse(body) as {
      readonly query: string;
      readonly variables?: Record<string, unknown>;
      readonly operationName?: string;
    };
    const document = parse(query);
    const errors = validate(schema, document);
    if (errors.length > 0) return { errors };
    const isNamed = operationName !== undefined && fault !== 'ignores the name of the operation';
    const [only] = document.definitions;
    return await execute({
      schema,
      document:
        isNamed || only === undefined ? document : { ...document, definitions: withoutOthers(document) },
      ...(isNamed && { operationName }),
      ...(variables && { variableValues: variables }),
      contextValue: { now: readNow(header, fault) },
    });
  } catch (error) {
    return { errors: [error instanceof GraphQLError ? error : { message: String(error) }] };
  }
}

/** The first operation and every fragment. */
function withoutOthers({ definitions }: ReturnType<typeof parse>) {
  const first = definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return definitions.filter(
    (definition) => definition === first || definition.kind === Kind.FRAGMENT_DEFINITION,
  );
}

function readNow(header: string | string[] | undefined, fault: StrangerFault | null): string {
  const own = '2024-07-01T00:00:00Z';
  if (fault === 'judges by its own clock' || typeof header !== 'string') return own;
  const time = Date.parse(header);
  const isInstant =
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(header) &&
    !Number.isNaN(time) &&
    new Date(time).toISOString() === header.replace('Z', '.000Z');
  if (isInstant) return header;
  if (fault === 'takes any now') return own;
  throw new GraphQLError(`lienthong-now: ${header}`);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  // A request yields Buffers as long as nobody calls setEncoding.
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
