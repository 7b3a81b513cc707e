import { once } from 'node:events';
import { connect } from 'node:net';
import { LIBRARY } from '../support/library-subgraphs';
import { type PlainSupergraph, startPlainSupergraph } from '../support/plain-supergraph';
import { askForJson, startTestGateway, type TestGateway } from '../support/test-gateway';

let supergraph: PlainSupergraph;
let gateway: TestGateway;
beforeAll(async () => {
  supergraph = await startPlainSupergraph(LIBRARY);
  gateway = await startTestGateway({ supergraph: supergraph.file });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await supergraph[Symbol.asyncDispose]();
});

describe('a request that is not right', () => {
  const ask = 'query A($id: ID!) { author(id: $id) { name } }';
  it.each<[string, unknown, number, string]>([
    ['broken JSON', '{"query":', 400, 'BAD_REQUEST'],
    ['an empty body', '', 400, 'BAD_REQUEST'],
    ['null', 'null', 400, 'BAD_REQUEST'],
    ['a batch', [{ query: '{ __typename }' }], 400, 'BAD_REQUEST'],
    ['bytes that are not UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 400, 'BAD_REQUEST'],
    ['no query', { variables: {} }, 400, 'BAD_REQUEST'],
    ['a query that is not text', { query: { a: 1 } }, 400, 'BAD_REQUEST'],
    ['variables that are a list', { query: ask, variables: [1] }, 400, 'BAD_REQUEST'],
    ['a syntax error', { query: '{ books' }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { query: '{ nope }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'an alias that no object can hold',
      { query: '{ __proto__: books { title } }' },
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a variable that no object can hold',
      { query: 'query A($__proto__: ID!) { author(id: $__proto__) { name } }' },
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['an unknown argument', { query: '{ books(last: 1) { title } }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['a variable of another type', { query: ask, variables: { id: { a: 1 } } }, 400, 'BAD_USER_INPUT'],
    ['a missing variable', { query: ask }, 400, 'BAD_USER_INPUT'],
    ['an unknown operation', { query: ask, operationName: 'B' }, 400, 'OPERATION_RESOLUTION_FAILURE'],
    [
      'two operations and no name',
      { query: 'query A { broken } query B { broken }' },
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['a subscription', { query: 'subscription { books }' }, 400, 'OPERATION_NOT_SERVED'],
    ['too many tokens', { query: `{ ${'books{title} '.repeat(3000)} }` }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['brackets nested without end', { query: `{a(b: ${'['.repeat(3000)}` }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['10 MB', Buffer.alloc(10 << 20, 'a'), 413, 'PAYLOAD_TOO_LARGE'],
  ])('gets its own coded error: %s', async (_, body, status, code) => {
    const answer = await gateway.post(body);

    expect(answer.status).toBe(status);
    expect(answer.body.errors?.[0]?.extensions['code']).toBe(code);
    expect(answer.body.errors?.[0]?.message).not.toBe('');
    expect(JSON.stringify(answer.body)).not.toContain('stacktrace');
  });

  it.each([
    ['text/plain', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['application/x-www-form-urlencoded', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['application/json; charset=latin1', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['application/json; charset=utf-8', 200, undefined],
  ])('may not be of another content type: %s', async (contentType, status, code) => {
    const answer = await gateway.post({ query: '{ __typename }' }, { 'content-type': contentType });

    expect(answer.status).toBe(status);
    expect(answer.body.errors?.[0]?.extensions['code']).toBe(code);
  });

  it.each([
    ['lienthong-deadline-ms', '5s'],
    ['lienthong-deadline-ms', '0'],
    ['lienthong-completeness', 'most'],
  ])(
    'is refused for a wire header it cannot mean, naming header and value: %s: %s',
    async (header, value) => {
      const { status, body } = await gateway.post({ query: '{ __typename }' }, { [header]: value });

      expect(status).toBe(400);
      expect(body.errors?.[0]?.message).toContain(`${header} has the wrong value "${value}"`);
    },
  );

  it('is answered before its long body is whole, and the client may write on without losing the answer', async () => {
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    const failures: unknown[] = [];
    socket.on('error', (error) => failures.push(error));
    const head = ['POST /graphql HTTP/1.1', `host: ${hostname}`, 'content-type: application/json'];
    socket.write([...head, `content-length: ${10 << 20}`, '', ''].join('\r\n'));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    for (let part = 0; part < 10; part += 1) {
      await new Promise((resolve) => socket.write(Buffer.alloc(1 << 20, 'a'), resolve));
    }
    // The connection is whole: it takes the next request.
    socket.write(`GET /healthz HTTP/1.1\r\nhost: ${hostname}\r\nconnection: close\r\n\r\n`);
    const [next] = (await Promise.race([once(socket, 'data'), once(socket, 'close')])) as [unknown];

    expect(answer.toString()).toMatch(/^HTTP\/1.1 413 .*PAYLOAD_TOO_LARGE/s);
    expect(failures).toEqual([]);
    expect(String(next)).toMatch(/^HTTP\/1.1 200 /);
    socket.destroy();
  });

  it('is no fault of ours when its client hangs up in the middle of it', async () => {
    const own = await startTestGateway({ supergraph: supergraph.file });
    const { hostname, port } = new URL(own.url);
    const socket = connect(Number(port), hostname);
    const head = ['POST /graphql HTTP/1.1', `host: ${hostname}`, 'content-type: application/json'];
    socket.write([...head, 'content-length: 100', '', '{"query":'].join('\r\n'));
    await once(socket, 'ready');
    socket.destroy();
    await own.post({ query: '{ books { title } }' });
    await own[Symbol.asyncDispose]();

    expect(own.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });

  it('is refused when fields nest deeper than allowed, through fragments too', async () => {
    await using shallow = await startTestGateway({
      supergraph: supergraph.file,
      limits: { maxTokens: 8000, maxDepth: 2, maxSelections: 10_000, maxPlanningMs: 5000 },
    });

    const { status, body } = await shallow.post({
      query: 'query Deep { ...Top } fragment Top on Query { books { author { name } } }',
    });

    expect(status).toBe(400);
    expect(body.errors?.[0]?.message).toBe('Operation "Deep" nests fields 3 deep; at most 2 are allowed');
  });

  it('does not stop the next one', async () => {
    expect((await gateway.post({ query: '{ books { title } }' })).body).toEqual({
      data: { books: [{ title: 'Notes' }] },
    });
  });
});

describe('GET', () => {
  const get = (query: string, headers: Record<string, string>) =>
    askForJson(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`, { headers });
  const preflighted = { 'apollo-require-preflight': '1' };

  it('answers a query', async () => {
    expect((await get('{ books { title } }', preflighted)).body).toEqual({
      data: { books: [{ title: 'Notes' }] },
    });
  });

  it('refuses a mutation', async () => {
    expect((await get('mutation { touch }', preflighted)).status).toBe(405);
  });

  it('refuses what another site could make a browser send', async () => {
    const { status, body } = await get('{ books { title } }', { 'sec-fetch-site': 'cross-site' });

    expect(status).toBe(400);
    expect(body.errors?.[0]?.message).toContain('Cross-Site Request Forgery');
  });
});

it.each([
  ['PUT', '/graphql', 405, 'METHOD_NOT_ALLOWED'],
  ['GET', '/nowhere', 404, 'NOT_FOUND'],
  ['GET', '/../package.json', 404, 'NOT_FOUND'],
  ['POST', '/readyz', 404, 'NOT_FOUND'],
])('%s %s is answered with a coded error', async (method, path, status, code) => {
  const answer = await askForJson(`${gateway.url}${path}`, { method });

  expect(answer.status).toBe(status);
  expect(answer.body.errors?.[0]?.extensions['code']).toBe(code);
});
