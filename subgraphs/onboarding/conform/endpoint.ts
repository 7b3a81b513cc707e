import { setTimeout as wait } from 'node:timers/promises';
import { DEADLINE_HEADER, NOW_HEADER } from '../../../schema/wire-headers';
import { CheckFailure, shorten } from './conformance-check';

export interface GraphqlQuestion {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  /** Beside those of every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** What came back, whatever it was. */
export interface EndpointAnswer {
  readonly status: number;
  readonly contentType: string;
  /** undefined when the body is no JSON object. */
  readonly body: JsonObject | undefined;
  readonly text: string;
}

export interface EndpointOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly maxRequests: number;
  /** The instant at which everything is asked. */
  readonly now: string;
}

/** Nothing answers there, or nothing that speaks HTTP. */
export class EndpointUnreachableError extends Error {
  constructor(
    readonly url: string,
    reason: string,
  ) {
    super(`${url} cannot be reached: ${reason}`);
    this.name = 'EndpointUnreachableError';
  }
}

/** The suite has asked as much as it may. */
export class TooManyRequestsError extends Error {
  constructor(readonly maxRequests: number) {
    super(`The suite stops after ${maxRequests} requests, so as not to burden the system`);
    this.name = 'TooManyRequestsError';
  }
}

/** A polite guest: four requests at a time, a bounded number in all, only queries. */
const MAX_AT_ONCE = 4;

/** The subgraph under test, over HTTP. */
export class Endpoint {
  #requests = 0;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(private readonly options: EndpointOptions) {}

  get url(): string {
    return this.options.url;
  }

  get requests(): number {
    return this.#requests;
  }

  get now(): string {
    return this.options.now;
  }

  /** Whatever comes back, errors too. Throws CheckFailure when no answer comes in time. */
  async ask(question: GraphqlQuestion): Promise<EndpointAnswer> {
    const { query, variables, operationName, headers } = question;
    const body = JSON.stringify({
      query,
      ...(variables && { variables }),
      ...(operationName && { operationName }),
    });
    return this.post(body, { question, headers: headers ?? {} });
  }

  /** The `data` of an answer without errors. Throws CheckFailure for any other answer. */
  async data(question: GraphqlQuestion): Promise<JsonObject> {
    const answer = await this.ask(question);
    const { body, status, text } = answer;
    const errors = body?.['errors'];
    const data = body?.['data'];
    if (body !== undefined && errors === undefined && isJsonObject(data)) return data;
    throw new CheckFailure({
      request: question,
      expected: 'an answer with "data" and without "errors"',
      got: `HTTP ${status}: ${shorten(text)}`,
    });
  }

  /** A body as it is, for requests that are no proper ones. */
  async post(
    body: string,
    {
      question,
      headers,
    }: { readonly question: GraphqlQuestion; readonly headers: Readonly<Record<string, string>> },
  ): Promise<EndpointAnswer> {
    if (this.#requests >= this.options.maxRequests) throw new TooManyRequestsError(this.options.maxRequests);
    this.#requests++;
    await this.#enter();
    try {
      return await this.#send(body, question, headers);
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }

  /** A JSON document beside the subgraph, such as `/holdings`; undefined when there is none. */
  async document(path: string): Promise<unknown> {
    try {
      const response = await fetch(new URL(path, this.url), {
        headers: { accept: 'application/json', ...this.options.headers },
        signal: AbortSignal.timeout(this.options.timeoutMs),
      });
      return response.ok ? await response.json() : undefined;
    } catch {
      return undefined; // Only systems of ours have it.
    }
  }

  async #enter(): Promise<void> {
    while (this.#running >= MAX_AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running++;
  }

  async #send(
    body: string,
    question: GraphqlQuestion,
    headers: Readonly<Record<string, string>>,
  ): Promise<EndpointAnswer> {
    const { url, timeoutMs, now } = this.options;
    const request = {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        [NOW_HEADER]: now,
        [DEADLINE_HEADER]: String(timeoutMs),
        ...this.options.headers,
        ...headers,
      },
      body,
    };
    try {
      const response = await fetchOnce(url, request, timeoutMs);
      const text = await response.text();
      return {
        status: response.status,
        contentType: response.headers.get('content-type') ?? '',
        body: parseObject(text),
        text,
      };
    } catch (error) {
      throw toFailure(error, { url, timeoutMs, question, isFirst: this.#requests === 1 });
    }
  }
}

const RETRY_AFTER_MS = 50;

/** A server may close a kept connection at the very moment of a request: that says nothing about it, so it is asked once more. */
async function fetchOnce(url: string, request: RequestInit, timeoutMs: number): Promise<Response> {
  try {
    return await fetch(url, { ...request, signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    if (!isClosed(error)) throw error;
    await wait(RETRY_AFTER_MS);
    return fetch(url, { ...request, signal: AbortSignal.timeout(timeoutMs) });
  }
}

function isClosed(error: unknown): boolean {
  const code = causeCode(error);
  return code === 'ECONNRESET' || code === 'UND_ERR_SOCKET';
}

function toFailure(
  error: unknown,
  facts: {
    readonly url: string;
    readonly timeoutMs: number;
    readonly question: GraphqlQuestion;
    readonly isFirst: boolean;
  },
): Error {
  const { url, timeoutMs, question, isFirst } = facts;
  const isLate = isObject(error) && error['name'] === 'TimeoutError';
  const reason = isLate ? `no answer within ${timeoutMs} ms` : (causeCode(error) ?? String(error));
  if (isFirst || reason === 'ECONNREFUSED') return new EndpointUnreachableError(url, reason);
  return new CheckFailure({ request: question, expected: 'an answer', got: reason });
}

/** fetch hides what happened in the cause of its TypeError. */
function causeCode(error: unknown): string | undefined {
  const cause = isObject(error) ? error['cause'] : undefined;
  if (!isObject(cause)) return undefined;
  const { code, message } = cause;
  if (typeof code === 'string') return code;
  return typeof message === 'string' ? message : undefined;
}

/** What fetch throws need not be an Error of this realm. */
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
