import {
  type SubgraphAnswer,
  type SubgraphCall,
  createSubgraphCaller,
} from '../../gateway/transport/call-subgraph';
import { Pools } from '../../gateway/transport/pools';
import { Cancellation } from '../../schema/runtime/cancellation';
import { eventually } from '../support/eventually';
import { failureOf } from '../support/failure-of';
import { type FakeSystem, startFakeSystem } from '../support/fake-system';
import { startGatedSystem } from '../support/gated-system';

const caller = createSubgraphCaller({ connectionsPerOrigin: 1 });
afterAll(() => caller.close());
const ANSWER = '{"data":{"a":1}}';

describe('the connections to other addresses', () => {
  it('end when nobody needs them, each when its call is done, and are made anew when they are asked for', async () => {
    const ports: unknown[] = [];
    const ended: unknown[] = [];
    const { promise: letGo, resolve: go } = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    await using system = await startFakeSystem(async (request, response) => {
      const { remotePort } = request.socket;
      if (!ports.includes(remotePort)) request.socket.once('close', () => ended.push(remotePort));
      ports.push(remotePort);
      begun.resolve();
      if (ports.length === 1) await letGo;
      response.setHeader('content-type', 'application/json').end(ANSWER);
    });
    const pooled = createSubgraphCaller({ connectionsPerOrigin: 1 });
    const call = () => read(system, {}, pooled);

    const first = call();
    await begun.promise;
    pooled.closeOthers(['http://127.0.0.1:1/']);
    go();
    expect(await first).toEqual({ data: { a: 1 } });
    await eventually(
      () => ended,
      (closed) => closed.length === 1,
    );

    expect(await call()).toEqual({ data: { a: 1 } });
    pooled.closeOthers([system.url]);
    expect(await call()).toEqual({ data: { a: 1 } });
    expect(ports[1]).not.toBe(ports[0]);
    expect(ports[2]).toBe(ports[1]);
    await pooled.close();
  });
});

describe('the connection', () => {
  it.each<[string, number, string, string | Buffer]>([
    ['a page with an error', 503, 'text/html', '<html>busy</html>'],
    ['a page chunk by chunk', 200, 'text/html', Buffer.alloc(20_000, ' ')],
    ['a redirect', 302, 'text/html', ''],
    ['broken JSON', 200, 'application/json', '{'],
    ['GraphQL errors', 400, 'application/json', '{"errors":[{"message":"no"}]}'],
  ])('is used again after %s', async (_, status, contentType, body) => {
    const ports: unknown[] = [];
    await using system = await startFakeSystem((request, response) => {
      ports.push(request.socket.remotePort);
      response.writeHead(ports.length === 1 ? status : 200, {
        'content-type': ports.length === 1 ? contentType : 'application/json',
      });
      response.end(ports.length === 1 ? body : ANSWER);
    });

    await read(system).catch(() => undefined);

    expect(await read(system)).toEqual({ data: { a: 1 } });
    expect(new Set(ports).size).toBe(1);
  });

  it('is given up when a refused answer is long', async () => {
    let hungUp = (): void => undefined;
    const isHungUp = new Promise<void>((resolve) => (hungUp = resolve));
    await using system = await startFakeSystem((_, response) => {
      response.writeHead(404, { 'content-type': 'text/html' });
      response.on('close', hungUp);
      response.write(Buffer.alloc(200_000, ' '));
    });

    expect(await failureOf(read(system))).toMatchObject({ kind: 'BAD_RESPONSE' });
    await isHungUp;
  });

  it('is given up when a refused answer does not end', async () => {
    let closed = (): void => undefined;
    const isClosed = new Promise<void>((resolve) => (closed = resolve));
    await using system = await startFakeSystem((request, response) => {
      response.writeHead(500, { 'content-type': 'text/html' }).flushHeaders();
      request.socket.once('close', closed);
    });

    expect(await failureOf(read(system))).toMatchObject({ kind: 'UNAVAILABLE' });
    await isClosed;
  });

  it('that breaks in the middle of an answer fails that call only', async () => {
    let calls = 0;
    await using system = await startFakeSystem((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      if (++calls > 1) return void response.end(ANSWER);
      response.write('{"data":', () => request.socket.resetAndDestroy());
    });

    expect(await failureOf(read(system))).toMatchObject({ kind: 'UNAVAILABLE' });
    expect(await read(system)).toEqual({ data: { a: 1 } });
  });

  it('is not lost to calls with headers that HTTP cannot carry', async () => {
    await using system = await startFakeSystem((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(ANSWER);
    });

    for (const headers of [{ a: 'b\r\nc: d' }, { 'a b': 'c' }, { a: 'Đ' }, { 'Content-Length': '3' }]) {
      expect(await failureOf(read(system, { headers }))).toMatchObject({
        kind: 'UNAVAILABLE',
        message: 'The system could not be reached',
      });
    }
    expect(await read(system)).toEqual({ data: { a: 1 } });
  });

  it('is not waited for by a call that was given up, and the system never hears of it', async () => {
    await using system = await startGatedSystem();
    const cancellation = new Cancellation();

    const first = read(system, { body: '{"query":"{first}"}' });
    const running = await system.asked(0);
    const gone = failureOf(read(system, { body: '{"query":"{gone}"}', cancellation }));
    const next = read(system, { body: '{"query":"{next}"}' });
    cancellation.cancel();
    expect(await gone).toMatchObject({ message: 'The call was given up' });
    running.answer(ANSWER);
    (await system.asked(1)).answer(ANSWER);
    await Promise.all([first, next]);

    expect(system.calls.map(({ body }) => body)).toEqual(['{"query":"{first}"}', '{"query":"{next}"}']);
    expect(new Set(system.calls.map(({ request }) => request.socket.remotePort)).size).toBe(1);
  });

  it('ends at once when nobody waits for the answer', async () => {
    await using system = await startGatedSystem();
    const cancellation = new Cancellation();

    const gone = failureOf(read(system, { cancellation }));
    const call = await system.asked(0);
    cancellation.cancel();

    await call.hungUp;
    expect(await gone).toMatchObject({ kind: 'TIMEOUT' });
  });
});

it('1,000 calls at once are all answered, each with its own, over no more connections than allowed', async () => {
  const many = createSubgraphCaller({ connectionsPerOrigin: 16, sharesReads: true });
  const ports = new Set<number | undefined>();
  await using system = await startFakeSystem((request, response) => {
    ports.add(request.socket.remotePort);
    const number = request.headers['x-number'];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(`{"data":{"number":"${String(number)}"}}`);
  });

  const numbers = Array.from({ length: 1000 }, (_, place) => String(place));
  const answers = await Promise.all(
    numbers.map((number) =>
      read(system, { headers: { 'x-number': number }, viewerClass: 'anonymous', timeoutMs: 20_000 }, many),
    ),
  );

  expect(answers.map(({ data }) => data?.['number'])).toEqual(numbers);
  expect(ports.size).toBeLessThanOrEqual(16);
  await many.close();
});

describe('close', () => {
  it('fails what is under way and what comes after', async () => {
    await using system = await startGatedSystem();
    const closing = createSubgraphCaller();

    const running = failureOf(read(system, {}, closing));
    await system.asked(0);
    await closing.close();

    expect(await running).toMatchObject({ kind: 'UNAVAILABLE' });
    expect(await failureOf(read(system, {}, closing))).toMatchObject({ kind: 'UNAVAILABLE' });
    expect(system.calls).toHaveLength(1);
  });
});

describe('the pools', () => {
  it('are one for each origin', async () => {
    const pools = new Pools({ connectionsPerOrigin: 1 });

    const { pool, path } = pools.endpointOf('http://127.0.0.1:1/a?b=c');

    expect(path).toBe('/a?b=c');
    expect(pools.endpointOf('http://127.0.0.1:1/d').pool).toBe(pool);
    expect(pools.endpointOf('http://127.0.0.1:2/a').pool).not.toBe(pool);
    await pools.close();
  });

  it('are not more than allowed: the one known longest makes room', async () => {
    const pools = new Pools({ connectionsPerOrigin: 1, maxOrigins: 1 });

    const { pool } = pools.endpointOf('http://127.0.0.1:1/');
    pools.endpointOf('http://127.0.0.1:2/');

    expect(pool.closed).toBe(true);
    const again = pools.endpointOf('http://127.0.0.1:1/').pool;
    expect(again).not.toBe(pool);
    expect(again.closed).toBe(false);
    await pools.close();
  });

  it.each(['no url', 'file:///etc/passwd', 'ftp://127.0.0.1/'])('refuse %s', (url) => {
    expect(() => new Pools({ connectionsPerOrigin: 1 }).endpointOf(url)).toThrow(/URL/);
  });
});

function read(
  { url }: FakeSystem,
  changes: Partial<SubgraphCall> = {},
  by = caller,
): Promise<SubgraphAnswer> {
  const request = { url, body: '{"query":"{a}"}', headers: {}, timeoutMs: 5000 };
  return by.call({ ...request, isMutation: false, viewerClass: null, ...changes });
}
