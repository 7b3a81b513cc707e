import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Cancellation } from '../../schema/runtime/cancellation';
import type { Answer } from './answer';
import { answerBatch } from './answer-batch';
import type { Client, OperationAnswerer } from './answer-operation';
import type { CorsPolicy } from './cors-policy';
import type { Exchange } from './exchange';
import { type AnswerMediaType, chooseMediaType } from './media-type';
import { readBody } from './read-body';
import { parseJson, readGraphqlRequest, readSearch } from './read-graphql-request';
import { type RequestContextOptions, readRequestContext } from './read-request-context';
import { refuseCrossSite } from './refuse-cross-site';
import { RequestError } from './request-error';

export interface GraphqlEndpointOptions extends RequestContextOptions {
  readonly answerer: OperationAnswerer;
  /** Why nothing can be answered yet; null once it can. */
  readonly notReady: () => string | null;
  readonly maxRequestBytes: number;
  /** Null takes no lists of operations. */
  readonly maxBatch: number | null;
}

/** `POST` and `GET /graphql`. @throws BadInputError for what the client did wrong. */
export async function answerGraphql(
  exchange: Exchange,
  cors: CorsPolicy,
  options: GraphqlEndpointOptions,
): Promise<Answer> {
  const { request } = exchange;
  const isGet = requireMethod(request) === 'GET';
  if (isGet) refuseCrossSite(request.headers, cors);
  const client = readClient(exchange, isGet, options);
  const text = isGet ? readQueryString(request) : await readBody(request, options.maxRequestBytes);
  const notReady = options.notReady();
  if (notReady !== null) throw new RequestError(503, 'GATEWAY_NOT_READY', notReady);
  return answerText(text, client, options);
}

function answerText(text: string, client: Client, options: GraphqlEndpointOptions): Promise<Answer> {
  const { answerer, maxBatch } = options;
  // No JSON begins like the text of a GET, so that neither is taken for the other.
  const identity = client.isGet ? `?${text}` : text;
  // Before anything is parsed: what is asked of us most at once is worth it.
  const joined = answerer.join(identity, client);
  if (joined !== null) return joined;
  if (client.isGet) return answerer.answer(readSearch(text), identity, client);
  const body = parseJson(text);
  if (Array.isArray(body)) return answerBatch(body, maxBatch, client, answerer);
  return answerer.answer(readGraphqlRequest(body), text, client);
}

function readClient(
  { request, response, requestId }: Exchange,
  isGet: boolean,
  options: GraphqlEndpointOptions,
): Client {
  const mediaType = requireMediaType(request.headers);
  const cancellation = new Cancellation();
  response.once('close', () => cancellation.cancel());
  const context = readRequestContext(request.headers, { requestId, cancellation }, options);
  return { context, mediaType, isGet };
}

function requireMethod({ method }: IncomingMessage): 'GET' | 'POST' {
  if (method === 'POST' || method === 'GET') return method;
  throw new RequestError(405, 'METHOD_NOT_ALLOWED', `Send GraphQL by POST or GET, not ${method ?? ''}`);
}

function requireMediaType({ accept }: IncomingHttpHeaders): AnswerMediaType {
  const mediaType = chooseMediaType(accept);
  if (mediaType !== null) return mediaType;
  throw new RequestError(
    406,
    'NOT_ACCEPTABLE',
    `Answers are application/graphql-response+json or application/json; the header accept takes neither: "${(accept ?? '').slice(0, 80)}"`,
  );
}

function readQueryString({ url = '', headers }: IncomingMessage): string {
  const contentType = headers['content-type'];
  if (contentType !== undefined && !/^application\/json\s*(?:;|$)/i.test(contentType)) {
    const message = `A GET has no body; its content type may be application/json or none, got "${contentType.slice(0, 80)}"`;
    throw new RequestError(415, 'UNSUPPORTED_MEDIA_TYPE', message);
  }
  const start = url.indexOf('?');
  return start < 0 ? '' : url.slice(start + 1);
}
