import type { Config } from '../../gateway/config';
import { createGateway, type RunningGateway } from '../../gateway/gateway';
import { createLogger } from '../../schema/runtime/logger';

export interface TestGateway extends RunningGateway {
  /** Everything logged, one JSON text a line. */
  readonly log: readonly string[];
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly data?: unknown;
    readonly errors?: readonly {
      readonly message: string;
      readonly extensions: Readonly<Record<string, unknown>>;
    }[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  };
}

/** A whole gateway on a free port, with settings of a test's. */
export async function startTestGateway(
  settings: Partial<Config> & Pick<Config, 'supergraph'>,
  pageFolder = '/nowhere',
): Promise<TestGateway> {
  const log: string[] = [];
  const logger = createLogger({ level: 'debug', write: (line) => void log.push(line) });
  const config = { ...DEFAULTS, ...settings };
  const clock = (): Date => new Date('2024-06-28T03:00:00.789Z');
  const gateway = await createGateway(config, { logger, clock, pageFolder }).start();
  return {
    url: gateway.url,
    log,
    post: (body, headers = {}) =>
      askForJson(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      }),
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

export async function askForJson(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  // What a test then expects of the body is the check of its shape.
  const body = (text === '' ? {} : JSON.parse(text)) as Answer['body'];
  return { status: response.status, headers: response.headers, body };
}

const DEFAULTS: Omit<Config, 'supergraph'> = {
  host: '127.0.0.1',
  port: 0,
  registry: null,
  operations: null,
  watchIntervalMs: 20,
  now: null,
  corsOrigins: [],
  deadlineMs: 5000,
  callTimeoutMs: 1500,
  maxRequestBytes: 1 << 20,
  maxAnswerBytes: 32 << 20,
  limits: { maxTokens: 8000, maxDepth: 30, maxSelections: 10_000, maxPlanningMs: 5000 },
  operationCacheBytes: 1 << 24,
  indexEntries: 1000,
  cursorKeys: [{ id: 'test', secret: 'a secret of the tests' }],
  sharing: { calls: true, operations: true },
  maxBatch: null,
  persistedQueryBytes: null,
  logLevel: 'debug',
};
