import type { ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import {
  type SubgraphAnswer,
  type SubgraphCall,
  createSubgraphCaller,
} from '../../gateway/transport/call-subgraph';
import { Cancellation } from '../../schema/runtime/cancellation';
import { failureOf } from '../support/failure-of';
import { readText, startFakeSystem } from '../support/fake-system';

const caller = createSubgraphCaller();
afterAll(() => caller.close());

describe('an answer', () => {
  it('is asked for as GraphQL over HTTP asks', async () => {
    let seen: unknown;
    await using system = await startFakeSystem(async (request, response) => {
      const { method, url, headers } = request;
      seen = { method, url, body: await readText(request), now: headers['lienthong-now'] };
      json(response, 200, '{"data":{"a":1}}');
    });

    await call(system.url, { headers: { 'lienthong-now': '2024-06-28T03:00:00Z' } });

    expect(seen).toEqual({
      method: 'POST',
      url: '/graphql',
      body: '{"query":"query A { a }","variables":{"x":1}}',
      now: '2024-06-28T03:00:00Z',
    });
  });

  const errors = [{ message: 'no' }];
  it.each([
    ['data', 200, '{"data":{"a":1}}', { data: { a: 1 } }],
    [
      'data and errors',
      200,
      '{"data":{"a":null},"errors":[{"message":"no"}]}',
      { data: { a: null }, errors },
    ],
    ['errors alone', 200, '{"errors":[{"message":"no"}]}', { errors }],
    ['an empty list of errors', 200, '{"data":{"a":1},"errors":[]}', { data: { a: 1 } }],
    ['extensions', 200, '{"data":{"a":1},"extensions":{"b":2}}', { data: { a: 1 }, extensions: { b: 2 } }],
    ['errors with 400', 400, '{"errors":[{"message":"no"}]}', { errors }],
    ['errors with 500', 500, '{"data":null,"errors":[{"message":"no"}]}', { data: null, errors }],
  ])('may be %s', async (_, status, body, expected) => {
    await using system = await startFakeSystem((__, response) => json(response, status, body));

    expect(await call(system.url)).toEqual(expected);
  });

  it('may come as application/graphql-response+json', async () => {
    await using system = await startFakeSystem((_, response) => {
      response.setHeader('content-type', 'application/graphql-response+json; charset=utf-8');
      response.end('{"data":{"tên":"Đăng ký"}}');
    });

    expect(await call(system.url)).toEqual({ data: { tên: 'Đăng ký' } });
  });

  it.each([
    'application/json',
    'application/json;charset=UTF-8',
    'APPLICATION/JSON; charset="utf-8"',
    'application/graphql-response+json',
    'application/graphql-response+json; profile=a; charset=utf-8',
  ])('may be said to be %s', async (contentType) => {
    await using system = await startFakeSystem((_, response) => {
      response.writeHead(200, { 'content-type': contentType });
      response.end('{"data":{"a":1}}');
    });

    expect(await call(system.url)).toEqual({ data: { a: 1 } });
  });

  it('may come in pieces, cut anywhere', async () => {
    const bytes = Buffer.from('{"data":{"tên":"Đăng ký"}}');
    await using system = await startFakeSystem((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const write = (place: number): void => {
        if (place === bytes.length) return void response.end();
        // Each piece leaves alone, once the one before it is on its way.
        response.write(bytes.subarray(place, place + 1), () => setImmediate(write, place + 1));
      };
      write(0);
    });

    expect(await call(system.url)).toEqual({ data: { tên: 'Đăng ký' } });
  });

  it('may come after early hints', async () => {
    await using system = await startFakeSystem((_, response) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' }, () =>
        json(response, 200, '{"data":{"a":1}}'),
      );
    });

    expect(await call(system.url)).toEqual({ data: { a: 1 } });
  });

  it('does not open a connection per call', async () => {
    const ports = new Set<number | undefined>();
    await using system = await startFakeSystem((request, response) => {
      ports.add(request.socket.remotePort);
      json(response, 200, '{"data":{"a":1}}');
    });

    for (let count = 0; count < 5; count += 1) await call(system.url);

    expect(ports.size).toBeLessThan(5);
  });
});

describe('a bad answer', () => {
  it.each([
    ['HTML', 200, 'text/html', '<html>hello</html>', 'BAD_RESPONSE'],
    ['HTML said to be JSON', 200, 'application/json', '<html>hello</html>', 'BAD_RESPONSE'],
    ['no content type', 200, undefined, '{"data":{"a":1}}', 'BAD_RESPONSE'],
    ['truncated JSON', 200, 'application/json', '{"data":{"a":', 'BAD_RESPONSE'],
    ['an array', 200, 'application/json', '[{"data":{"a":1}}]', 'BAD_RESPONSE'],
    ['neither data nor errors', 200, 'application/json', '{}', 'BAD_RESPONSE'],
    ['null data without an error', 200, 'application/json', '{"data":null}', 'BAD_RESPONSE'],
    ['data that is a list', 200, 'application/json', '{"data":[1]}', 'BAD_RESPONSE'],
    ['errors without a message', 200, 'application/json', '{"errors":[{}]}', 'BAD_RESPONSE'],
    ['nothing', 200, 'application/json', '', 'BAD_RESPONSE'],
    [
      'bytes that are not UTF-8',
      200,
      'application/json',
      Buffer.from('{"data":{"a":"\xff"}}', 'latin1'),
      'BAD_RESPONSE',
    ],
    ['404 with HTML', 404, 'text/html', 'not here', 'BAD_RESPONSE'],
    ['400 with data', 400, 'application/json', '{"data":{"a":1}}', 'BAD_RESPONSE'],
    ['a redirect', 302, 'text/html', '', 'BAD_RESPONSE'],
    [
      'JSON in another charset',
      200,
      'application/json; charset=iso-8859-1',
      '{"data":{"a":1}}',
      'BAD_RESPONSE',
    ],
    ['JSON of another kind', 200, 'application/problem+json', '{"data":{"a":1}}', 'BAD_RESPONSE'],
    ['errors that are no list', 200, 'application/json', '{"errors":{"message":"no"}}', 'BAD_RESPONSE'],
    ['500 with text', 500, 'text/plain', 'oops', 'UNAVAILABLE'],
    ['500 with other JSON', 500, 'application/json', '{"error":"oops"}', 'UNAVAILABLE'],
    ['503 with HTML', 503, 'text/html', '<html>busy</html>', 'UNAVAILABLE'],
  ])('that is %s fails by kind', async (_, status, contentType, body, kind) => {
    await using system = await startFakeSystem((__, response) => {
      response.writeHead(status, contentType === undefined ? {} : { 'content-type': contentType });
      response.end(body);
    });

    await expect(call(system.url)).rejects.toMatchObject({ name: 'SubgraphCallError', kind });
  });

  it.each([
    ['HTML', 200, 'text/html', '<b>10.0.0.7</b>', 'answered HTTP 200 without a GraphQL answer'],
    [
      'a redirect',
      307,
      'application/json',
      '{}',
      'answered HTTP 307 without a GraphQL answer: redirects are not followed',
    ],
    ['nothing', 200, 'application/json', '', 'answered HTTP 200 without a GraphQL answer: its body is empty'],
    [
      'a list',
      200,
      'application/json',
      '[]',
      'answered HTTP 200 without a GraphQL answer: its body is a JSON list',
    ],
    [
      'half of it',
      502,
      'application/json',
      '{"da',
      'answered HTTP 502 without a GraphQL answer: its body is not whole JSON',
    ],
    [
      'Latin-1',
      200,
      'application/json',
      Buffer.from('"\xff"', 'latin1'),
      'answered HTTP 200 without a GraphQL answer: its text is not UTF-8',
    ],
  ])(
    'that is %s is told by its status, and by nothing that the system wrote',
    async (_, status, type, body, message) => {
      await using system = await startFakeSystem((__, response) => {
        response.writeHead(status, { 'content-type': type, location: 'http://10.0.0.7/' });
        response.end(body);
      });

      expect((await failureOf(call(system.url))).message).toBe(`The system ${message}`);
    },
  );

  it('that is not HTTP is a bad response', async () => {
    const server = createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;

    const error = await failureOf(call(`http://127.0.0.1:${port}/`)).finally(() => server.close());

    expect(error).toMatchObject({ kind: 'BAD_RESPONSE', message: 'The system answered broken HTTP' });
  });

  it.each([
    ['announced', { 'content-length': String(40 * 1024 * 1024) }],
    ['not announced', {}],
  ])('of 40 MB, %s, is not read to its end', async (_, headers) => {
    let hungUp = (): void => undefined;
    const isHungUp = new Promise<void>((resolve) => (hungUp = resolve));
    let sent = 0;
    await using system = await startFakeSystem((__, response) => {
      response.writeHead(200, { 'content-type': 'application/json', ...headers });
      response.on('close', hungUp);
      const chunk = Buffer.alloc(64 * 1024, ' ');
      const send = (): void => {
        while (!response.destroyed && sent < 40 * 1024 * 1024) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', send);
        }
        response.end();
      };
      send();
    });
    const small = createSubgraphCaller({ maxBodyBytes: 1024 * 1024 });

    await expect(call(system.url, {}, small)).rejects.toMatchObject({
      kind: 'BAD_RESPONSE',
      message: 'The system answered more than 1048576 bytes',
    });
    await isHungUp;
    expect(sent).toBeLessThan(40 * 1024 * 1024);
    await small.close();
  });
});

describe('a system that is away', () => {
  it('is unavailable when it refuses, without its address in the message', async () => {
    const gone = await startFakeSystem(() => undefined);
    await gone[Symbol.asyncDispose]();

    const error = await failureOf(call(gone.url));

    expect(error).toMatchObject({ kind: 'UNAVAILABLE', message: 'The system could not be reached' });
    expect(error.cause).toBeDefined();
  });

  it('is unavailable when it hangs up in the middle of its answer', async () => {
    await using system = await startFakeSystem((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"data":', () => response.destroy());
    });

    await expect(call(system.url)).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
  });

  it('is unavailable when its URL is none', async () => {
    await expect(call('not a url')).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
  });
});

describe('the deadline', () => {
  it('ends a call that gets no answer at all', async () => {
    await using system = await startFakeSystem(() => undefined);

    const error = await failureOf(call(system.url, { timeoutMs: 40 }));

    expect(error).toMatchObject({ kind: 'TIMEOUT', message: 'The system did not answer within 40 ms' });
    expect(error.tookMs).toBeGreaterThanOrEqual(39);
  });

  it('covers a body that comes drop by drop', async () => {
    await using system = await startFakeSystem((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(drip));
    });

    await expect(call(system.url, { timeoutMs: 60 })).rejects.toMatchObject({ kind: 'TIMEOUT' });
  });

  it('ends a call whose caller no longer wants it', async () => {
    const request = new Cancellation();
    await using system = await startFakeSystem(() => request.cancel());

    await expect(call(system.url, { cancellation: request })).rejects.toMatchObject({
      kind: 'TIMEOUT',
      message: 'The call was given up',
    });
  });

  it('calls nobody when no time is left', async () => {
    let calls = 0;
    await using system = await startFakeSystem(() => void (calls += 1));

    await expect(call(system.url, { timeoutMs: 0 })).rejects.toMatchObject({ kind: 'TIMEOUT' });
    const gone = new Cancellation();
    gone.cancel();
    await expect(call(system.url, { cancellation: gone })).rejects.toMatchObject({
      kind: 'TIMEOUT',
    });
    expect(calls).toBe(0);
  });
});

function call(url: string, changes: Partial<SubgraphCall> = {}, by = caller): Promise<SubgraphAnswer> {
  const body = '{"query":"query A { a }","variables":{"x":1}}';
  return by.call({
    url,
    body,
    headers: {},
    timeoutMs: 5000,
    isMutation: false,
    viewerClass: null,
    ...changes,
  });
}

function json(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body);
}
