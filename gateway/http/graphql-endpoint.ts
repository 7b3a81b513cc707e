import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import type { RequestContext } from '../execution/request-context';
import { Cancellation } from '../../schema/runtime/cancellation';
import { internalError, sendError } from './json-answer';
import { readJsonBody } from './read-json-body';
import { type RequestContextOptions, readRequestContext } from './read-request-context';
import { refuseDeepNesting } from './refuse-deep-nesting';
import { RequestError } from './request-error';

export interface GraphqlEndpointOptions extends RequestContextOptions {
  /** The server once it can answer, or why it cannot yet. */
  readonly server: () => ApolloServer<RequestContext> | { readonly notReady: string };
  readonly maxRequestBytes: number;
}

/** `POST` and `GET /graphql`. Throws BadInputError for what the client did wrong. */
export async function answerGraphql(
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  options: GraphqlEndpointOptions,
): Promise<void> {
  if (request.method !== 'POST' && request.method !== 'GET') {
    response.setHeader('allow', 'GET, POST');
    throw new RequestError(
      405,
      'METHOD_NOT_ALLOWED',
      `Send GraphQL by POST or GET, not ${request.method ?? ''}`,
    );
  }
  const cancellation = new Cancellation();
  response.once('close', () => cancellation.cancel());
  const context = readRequestContext(request.headers, { requestId, cancellation }, options);
  const body = request.method === 'POST' ? await readJsonBody(request, options.maxRequestBytes) : undefined;
  refuseDeepNesting(
    request.method === 'POST' ? queryIn(body) : new URLSearchParams(searchOf(request)).get('query'),
  );
  const server = options.server();
  if ('notReady' in server) return sendError(response, 503, 'GATEWAY_NOT_READY', server.notReady);
  const answer = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method,
      headers: toHeaderMap(request),
      search: searchOf(request),
      body,
    },
    context: () => Promise.resolve(context),
  });
  await send(response, answer, requestId);
}

function queryIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'query' in body ? body.query : undefined;
}

function toHeaderMap({ headers }: IncomingMessage): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}

function searchOf({ url = '' }: IncomingMessage): string {
  const start = url.indexOf('?');
  return start < 0 ? '' : url.slice(start);
}

async function send(response: ServerResponse, answer: HTTPGraphQLResponse, requestId: string): Promise<void> {
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.statusCode = answer.status ?? 200;
  if (answer.body.kind === 'complete') {
    // Whatever failed inside, before or after the plugins: the client gets the request id and no more.
    const isFault = response.statusCode === 500;
    response.end(isFault ? JSON.stringify({ errors: [internalError(requestId)] }) : answer.body.string);
    return;
  }
  for await (const chunk of answer.body.asyncIterator) response.write(chunk);
  response.end();
}
