import type { TestGateway } from './test-gateway';

/** One request of a client, as its test writes it. */
export interface LaneRequest {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: unknown;
  readonly extensions?: unknown;
}

export const FORMS = [
  { method: 'POST', accept: '*/*' },
  { method: 'POST', accept: 'application/json' },
  { method: 'POST', accept: 'application/graphql-response+json' },
  { method: 'GET', accept: 'application/json' },
  { method: 'GET', accept: 'application/graphql-response+json' },
] as const;

export type Form = (typeof FORMS)[number];

/** An answer without what differs from answer to answer: its time, its request's id, how long a system took. */
export interface ComparedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface LaneAnswer {
  readonly answer: ComparedAnswer;
  /** As the gateway's log says; none for what never became an operation. */
  readonly lane: unknown;
}

let requests = 0;

export async function sendByLane(
  gateway: TestGateway,
  request: LaneRequest,
  { method, accept }: Form,
  headers: Readonly<Record<string, string>> = {},
): Promise<LaneAnswer> {
  const id = `request-${String(++requests).padStart(5, '0')}`;
  const isGet = method === 'GET';
  const response = await fetch(`${gateway.url}/graphql${isGet ? `?${toSearch(request)}` : ''}`, {
    method,
    headers: {
      accept,
      'x-request-id': id,
      ...(!isGet && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(!isGet && { body: JSON.stringify(request) }),
  });
  const text = await response.text();
  const {
    date: _date,
    'x-request-id': echoed,
    'content-length': length,
    ...others
  } = Object.fromEntries(response.headers);
  expect([echoed, Number(length)]).toEqual([id, Buffer.byteLength(text)]);
  const body = text.replaceAll(id, 'ID').replaceAll(/"tookMs":\d+/g, '"tookMs":0');
  return { answer: { status: response.status, headers: others, body }, lane: laneOf(gateway, id) };
}

function toSearch(request: LaneRequest): string {
  const parameters = Object.entries(request)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  return new URLSearchParams(parameters).toString();
}

function laneOf({ log }: TestGateway, requestId: string): unknown {
  const line = log.find((text) => text.includes(requestId) && text.includes('"lane"'));
  // The gateway's log lines are objects.
  return line === undefined ? undefined : (JSON.parse(line) as { readonly lane?: unknown }).lane;
}
