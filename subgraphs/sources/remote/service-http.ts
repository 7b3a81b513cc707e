import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Readable } from 'node:stream';
import { Agent, errors, request, type Dispatcher } from 'undici';
import { SourceProblem } from '../source-problem';
import { errorCode } from './error-code';

export interface ServiceRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Names the request in problems, instead of its address, which may carry values. */
  readonly place: string;
  readonly signal: AbortSignal;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

export interface ServiceHttpOptions {
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
  /** Not closed with the service. */
  readonly dispatcher?: Dispatcher | undefined;
}

const MAX_REDIRECTS = 3;
/** A system is read by one pass a collection, and a log-in. */
const CONNECTIONS = 4;

/** HTTP to one system: connections kept, one time-out for a whole answer, answers of bounded size, no step to another host. */
export class ServiceHttp implements AsyncDisposable {
  readonly #dispatcher: Dispatcher;
  readonly #own: Agent | null;

  constructor(private readonly options: ServiceHttpOptions) {
    const { timeoutMs, dispatcher } = options;
    this.#own =
      dispatcher === undefined
        ? new Agent({
            connections: CONNECTIONS,
            connect: { timeout: timeoutMs },
            headersTimeout: timeoutMs,
            bodyTimeout: timeoutMs,
          })
        : null;
    this.#dispatcher = dispatcher ?? (this.#own as Agent); // One of the two is there.
  }

  /** Any status is an answer. @throws SourceProblem SOURCE_UNREACHABLE, SOURCE_TIMEOUT, SOURCE_REFUSED (certificate), SOURCE_BAD_ANSWER (size, redirect) */
  async send(asked: ServiceRequest): Promise<ServiceAnswer> {
    const deadline = AbortSignal.timeout(this.options.timeoutMs);
    const signal = AbortSignal.any([asked.signal, deadline]);
    try {
      return await this.#follow(asked, signal);
    } catch (error) {
      if (error instanceof SourceProblem) throw error;
      asked.signal.throwIfAborted();
      if (deadline.aborted) throw timedOut(asked.place, this.options.timeoutMs, error);
      throw toProblem(error, asked.place, this.options.timeoutMs);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#own?.destroy();
  }

  async #follow(asked: ServiceRequest, signal: AbortSignal): Promise<ServiceAnswer> {
    let url = asked.url;
    for (let redirects = 0; ; redirects += 1) {
      const response = await request(url, {
        method: asked.method,
        headers: { 'accept-encoding': 'gzip, deflate, br', ...asked.headers },
        body: asked.body ?? null,
        dispatcher: this.#dispatcher,
        signal,
      });
      const location = response.headers['location'];
      if (!isRedirect(response.statusCode) || typeof location !== 'string')
        return this.#read(response, asked.place);
      await response.body.dump();
      url = nextAddress(url, location, asked, redirects);
    }
  }

  async #read({ statusCode, headers, body }: Dispatcher.ResponseData, place: string): Promise<ServiceAnswer> {
    const encoding = String(headers['content-encoding'] ?? '').toLowerCase();
    const stream = decoded(body, encoding);
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > this.options.maxAnswerBytes) {
        body.destroy();
        throw new SourceProblem(
          'SOURCE_BAD_ANSWER',
          `${place}: the answer is longer than ${this.options.maxAnswerBytes} bytes; ask for smaller pages or raise connection.maxAnswerBytes`,
          place,
        );
      }
      chunks.push(chunk);
    }
    const contentType = String(headers['content-type'] ?? '');
    return { status: statusCode, contentType, text: toText(Buffer.concat(chunks), contentType) };
  }
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** Only a reading request goes on, and only on the same host: credentials are nobody else's. */
function nextAddress(
  from: string,
  location: string,
  { method, place }: ServiceRequest,
  redirects: number,
): string {
  const to = URL.canParse(location, from) ? new URL(location, from) : null;
  if (to !== null && method === 'GET' && to.origin === new URL(from).origin && redirects < MAX_REDIRECTS)
    return to.href;
  const where = to === null ? 'elsewhere' : to.origin;
  throw new SourceProblem(
    'SOURCE_BAD_ANSWER',
    `${place}: the service sends on to ${where}, which is not followed; name the right address in the mapping`,
    place,
  );
}

function decoded(body: Readable, encoding: string): Readable {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return piped(body, createGunzip());
    case 'br':
      return piped(body, createBrotliDecompress());
    case 'deflate':
      return piped(body, createInflate());
    default:
      return body;
  }
}

function piped(body: Readable, through: ReturnType<typeof createGunzip>): Readable {
  body.on('error', (error) => through.destroy(error));
  through.on('close', () => body.destroy());
  return body.pipe(through);
}

function toText(bytes: Buffer, contentType: string): string {
  const charset =
    /charset="?([\w-]+)/i.exec(contentType)?.[1] ??
    (bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8');
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes); // A charset that nobody knows.
  }
}

const CERTIFICATE =
  /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|UNABLE_TO_(GET|VERIFY)|ERR_SSL)/;

function toProblem(error: unknown, place: string, timeoutMs: number): unknown {
  if (
    error instanceof errors.ConnectTimeoutError ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError
  ) {
    return timedOut(place, timeoutMs, error);
  }
  const code = errorCode(error);
  if (CERTIFICATE.test(code)) {
    return new SourceProblem(
      'SOURCE_REFUSED',
      `${place}: the certificate of the service is not good (${code})`,
      place,
      error,
    );
  }
  if (error instanceof errors.InvalidArgumentError) {
    return new SourceProblem(
      'SOURCE_REFUSED',
      `${place}: the request cannot be sent; a header or secret of the connection has a letter that HTTP does not allow, such as a line break`,
      place,
      error,
    );
  }
  // Neither the network nor zlib gave a code: not theirs, so a bug of ours.
  if (code === '') return error;
  return new SourceProblem('SOURCE_UNREACHABLE', `${place}: ${inWords(code)} (${code})`, place, error);
}

function inWords(code: string): string {
  switch (code) {
    case 'ECONNREFUSED':
      return 'no service listens at the address of the connection';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'there is no host of the name in the connection';
    default:
      return 'the connection broke off before the whole answer came';
  }
}

function timedOut(place: string, timeoutMs: number, cause: unknown): SourceProblem {
  return new SourceProblem(
    'SOURCE_TIMEOUT',
    `${place}: no whole answer within ${timeoutMs} ms`,
    place,
    cause,
  );
}
