import { isUtf8 } from 'node:buffer';
import { type Dispatcher, Pool, errors } from 'undici';
import type { Cancellation } from '../../schema/runtime/cancellation';
import { type SubgraphAnswer, readSubgraphAnswer } from './subgraph-answer';
import { SubgraphCallError } from './subgraph-call-error';

export { SubgraphCallError } from './subgraph-call-error';
export type { SubgraphAnswer } from './subgraph-answer';

export interface SubgraphCall {
  readonly url: string;
  /** The request's JSON text: `{"query":…,"variables":…}`, sent as it is. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Covers everything: waiting for a connection, the headers, and the last byte of the body. */
  readonly timeoutMs: number;
  readonly isMutation: boolean;
  readonly viewerClass: string | null;
  readonly cancellation?: Cancellation;
}

export interface SubgraphCaller {
  /** The system's GraphQL answer, errors included. Throws SubgraphCallError and nothing else. */
  call(request: SubgraphCall): Promise<SubgraphAnswer>;
  close(): Promise<void>;
}

export interface SubgraphCallerOptions {
  /** An answer longer than this is a failure; its rest is never read. */
  readonly maxBodyBytes?: number;
  readonly connectionsPerOrigin?: number;
}

const DEFAULT_MAX_BODY_BYTES = 32 * 1024 * 1024;
const DEFAULT_CONNECTIONS_PER_ORIGIN = 128;
const ACCEPT = 'application/graphql-response+json, application/json;q=0.9';
const GRAPHQL_MEDIA_TYPE = /^application\/(?:graphql-response\+)?json\s*(?:;|$)/i;

/** Calls to systems over GraphQL-over-HTTP, with one keep-alive pool per origin. */
export function createSubgraphCaller(options: SubgraphCallerOptions = {}): SubgraphCaller {
  const maxBodyBytes = options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
  const pools = new Map<string, Pool>();

  const poolOf = (origin: string): Pool => {
    const known = pools.get(origin);
    if (known !== undefined) return known;
    // undici's own timeouts are off: one deadline of ours covers the whole call.
    const connections = options.connectionsPerOrigin ?? DEFAULT_CONNECTIONS_PER_ORIGIN;
    const pool = new Pool(origin, { connections, headersTimeout: 0, bodyTimeout: 0 });
    pools.set(origin, pool);
    return pool;
  };

  const exchange = async (request: SubgraphCall, signal: AbortSignal): Promise<SubgraphAnswer> => {
    const { origin, pathname, search } = new URL(request.url);
    const response = await poolOf(origin).request({
      path: pathname + search,
      method: 'POST',
      headers: { ...request.headers, 'content-type': 'application/json', accept: ACCEPT },
      body: request.body,
      signal,
    });
    return readResponse(response, maxBodyBytes);
  };

  return {
    call: (request) => withinDeadline(request, exchange),
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
      pools.clear();
    },
  };
}

/** Runs the exchange and turns whatever goes wrong into one SubgraphCallError. */
async function withinDeadline(
  request: SubgraphCall,
  exchange: (request: SubgraphCall, signal: AbortSignal) => Promise<SubgraphAnswer>,
): Promise<SubgraphAnswer> {
  const startedAt = performance.now();
  const tookMs = (): number => Math.round(performance.now() - startedAt);
  const abort = new AbortController();
  const giveUp = (): void => abort.abort();
  if (request.cancellation?.isCancelled === true || request.timeoutMs <= 0) throw timeout(request, 0);
  const timer = setTimeout(() => abort.abort(), request.timeoutMs);
  const stopListening = request.cancellation?.onCancel(giveUp);
  try {
    return await exchange(request, abort.signal);
  } catch (cause) {
    if (abort.signal.aborted) throw timeout(request, tookMs());
    if (cause instanceof UnusableAnswer) {
      throw new SubgraphCallError(cause.kind, `The system ${cause.message}`, tookMs(), cause);
    }
    if (isBrokenHttp(cause)) {
      throw new SubgraphCallError('BAD_RESPONSE', 'The system answered broken HTTP', tookMs(), cause);
    }
    throw new SubgraphCallError('UNAVAILABLE', 'The system could not be reached', tookMs(), cause);
  } finally {
    clearTimeout(timer);
    stopListening?.();
  }
}

function timeout({ timeoutMs, cancellation }: SubgraphCall, tookMs: number): SubgraphCallError {
  if (cancellation?.isCancelled === true) {
    return new SubgraphCallError('TIMEOUT', 'The call was given up', tookMs);
  }
  const budgetMs = Math.max(0, Math.round(timeoutMs));
  return new SubgraphCallError('TIMEOUT', `The system did not answer within ${budgetMs} ms`, tookMs);
}

/** Why an answer that did arrive cannot be used. */
class UnusableAnswer extends Error {
  constructor(
    readonly kind: 'UNAVAILABLE' | 'BAD_RESPONSE',
    message: string,
  ) {
    super(message);
  }
}

async function readResponse(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  maxBodyBytes: number,
): Promise<SubgraphAnswer> {
  const announced = Number(headers['content-length'] ?? 0);
  const isGraphql = GRAPHQL_MEDIA_TYPE.test(String(headers['content-type'] ?? ''));
  if (!isGraphql || announced > maxBodyBytes) {
    discard(body);
    throw isGraphql ? tooLong(maxBodyBytes) : notGraphql(statusCode);
  }
  const bytes = await readBody(body, maxBodyBytes);
  const answer = isUtf8(bytes) ? readSubgraphAnswer(bytes.toString('utf8')) : null;
  if (answer === null) throw notGraphql(statusCode);
  const isWrongStatus = statusCode < 200 || statusCode > 299;
  if (isWrongStatus && answer.errors === undefined) throw notGraphql(statusCode);
  return answer;
}

async function readBody(body: Dispatcher.ResponseData['body'], maxBodyBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  // undici's body yields Buffers; its type inherits Readable's untyped iterator.
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Leaving the loop destroys the stream and its connection: the rest is never read.
    if (length > maxBodyBytes) throw tooLong(maxBodyBytes);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length);
}

function discard(body: Dispatcher.ResponseData['body']): void {
  body.on('error', () => undefined);
  body.destroy();
}

function notGraphql(statusCode: number): UnusableAnswer {
  const kind = statusCode >= 500 ? 'UNAVAILABLE' : 'BAD_RESPONSE';
  return new UnusableAnswer(kind, `answered HTTP ${statusCode} without a GraphQL answer`);
}

function tooLong(maxBodyBytes: number): UnusableAnswer {
  return new UnusableAnswer('BAD_RESPONSE', `answered more than ${maxBodyBytes} bytes`);
}

function isBrokenHttp(cause: unknown): boolean {
  return (
    cause instanceof errors.HTTPParserError ||
    cause instanceof errors.HeadersOverflowError ||
    cause instanceof errors.ResponseContentLengthMismatchError
  );
}
