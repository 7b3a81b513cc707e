import { startFakeSystem } from '../support/fake-system';
import { LIBRARY } from '../support/library-subgraphs';
import { composeSupergraph, createTestFolder, startPlainSupergraph } from '../support/plain-supergraph';
import { startTestGateway } from '../support/test-gateway';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const JOINED = { query: '{ books { title author { name } } }' };

it('joins a book to the author of another subgraph, for any Federation 2 supergraph', async () => {
  await using supergraph = await startPlainSupergraph(LIBRARY);
  await using gateway = await startTestGateway({ supergraph: supergraph.file });

  const answer = await gateway.post(JOINED);

  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({ data: { books: [{ title: 'Notes', author: { name: 'Ada' } }] } });
});

it('tells every subgraph the one instant of the request, and how long it may take', async () => {
  await using supergraph = await startPlainSupergraph(LIBRARY);
  await using gateway = await startTestGateway({ supergraph: supergraph.file, callTimeoutMs: 1000 });

  await gateway.post(JOINED, { 'lienthong-deadline-ms': '700' });

  expect(supergraph.calls.map(({ subgraph }) => subgraph)).toEqual(['books', 'authors']);
  for (const { headers } of supergraph.calls) {
    expect(headers['lienthong-now']).toBe('2024-06-28T03:00:00Z');
    expect(Number(headers['lienthong-deadline-ms'])).toBeLessThanOrEqual(700);
    expect(Number(headers['lienthong-deadline-ms'])).toBeGreaterThan(0);
  }
});

it('does not let a client lengthen the deadline', async () => {
  await using supergraph = await startPlainSupergraph(LIBRARY);
  await using gateway = await startTestGateway({ supergraph: supergraph.file, deadlineMs: 500 });

  await gateway.post({ query: '{ books { title } }' }, { 'lienthong-deadline-ms': '60000' });

  expect(Number(supergraph.calls[0]?.headers['lienthong-deadline-ms'])).toBeLessThanOrEqual(500);
});

it('stands at the configured clock', async () => {
  await using supergraph = await startPlainSupergraph(LIBRARY);
  await using gateway = await startTestGateway({ supergraph: supergraph.file, now: '2020-01-01T00:00:00Z' });

  await gateway.post({ query: '{ books { title } }' });

  expect(supergraph.calls[0]?.headers['lienthong-now']).toBe('2020-01-01T00:00:00Z');
});

it.each([
  ['hangs', 'SUBGRAPH_TIMEOUT', 'Subgraph "authors" did not answer within 60 ms'],
  ['answers HTML', 'SUBGRAPH_BAD_RESPONSE', 'Subgraph "authors" answered HTTP 200 without a GraphQL answer'],
  ['is gone', 'SUBGRAPH_UNAVAILABLE', 'Subgraph "authors" could not be reached'],
])('keeps what other subgraphs answered when one %s', async (fault, code, message) => {
  using folder = createTestFolder();
  await using books = await startFakeSystem((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"data":{"books":[{"title":"Notes","author":{"__typename":"Author","id":"1"}}]}}');
  });
  await using authors = await startFakeSystem((_, response) => {
    if (fault !== 'hangs') response.end('<html>');
  });
  if (fault === 'is gone') await authors[Symbol.asyncDispose]();
  const file = join(folder.path, 'supergraph.graphql');
  const typeDefs = { books: LIBRARY.books.typeDefs, authors: LIBRARY.authors.typeDefs };
  writeFileSync(
    file,
    composeSupergraph(typeDefs, (name) => (name === 'books' ? books : authors).url),
  );
  await using gateway = await startTestGateway({
    supergraph: file,
    callTimeoutMs: fault === 'hangs' ? 60 : 5000,
  });

  const { status, body } = await gateway.post(JOINED);

  expect(status).toBe(200);
  expect(body.data).toEqual({ books: [{ title: 'Notes', author: { name: null } }] });
  expect(body.errors?.[0]).toMatchObject({ message, extensions: { code, subgraph: 'authors' } });
  expect(JSON.stringify(body)).not.toContain('127.0.0.1');
});

it('does not let a subgraph choose the status of the answer', async () => {
  using folder = createTestFolder();
  await using books = await startFakeSystem((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      '{"data":{"books":null},"errors":[{"message":"no","extensions":{"code":"NO","http":{"status":418},"stacktrace":["x"]}}]}',
    );
  });
  const file = join(folder.path, 'supergraph.graphql');
  writeFileSync(
    file,
    composeSupergraph({ books: LIBRARY.books.typeDefs, authors: LIBRARY.authors.typeDefs }, () => books.url),
  );
  await using gateway = await startTestGateway({ supergraph: file });

  const { status, body } = await gateway.post({ query: '{ books { title } }' });

  expect(status).toBe(200);
  expect(body.errors).toEqual([{ message: 'no', path: ['books'], extensions: { code: 'NO' } }]);
});

it('shows the request id of a fault inside and no more, and logs the rest', async () => {
  using folder = createTestFolder();
  await using books = await startFakeSystem((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      '{"data":{"books":null},"errors":[{"message":"at db-7.local","path":["books"],"extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}',
    );
  });
  const file = join(folder.path, 'supergraph.graphql');
  writeFileSync(
    file,
    composeSupergraph({ books: LIBRARY.books.typeDefs, authors: LIBRARY.authors.typeDefs }, () => books.url),
  );
  await using gateway = await startTestGateway({ supergraph: file });

  const { headers, body } = await gateway.post({ query: '{ books { title } }' }, { 'x-request-id': 'req-7' });

  expect(headers.get('x-request-id')).toBe('req-7');
  expect(body.errors).toEqual([
    {
      message: 'Internal server error',
      path: ['books'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'req-7' },
    },
  ]);
  expect(gateway.log.find((line) => line.includes('at db-7.local'))).toContain('"requestId":"req-7"');
});

it('gives every answer a request id of its own, and takes none that could harm a log', async () => {
  await using supergraph = await startPlainSupergraph(LIBRARY);
  await using gateway = await startTestGateway({ supergraph: supergraph.file });

  const first = (await gateway.post(JOINED, { 'x-request-id': 'a b' })).headers.get('x-request-id');
  const second = (await gateway.post(JOINED)).headers.get('x-request-id');

  expect(first).toMatch(/^[0-9a-f-]{36}$/);
  expect(second).not.toBe(first);
});

it('lets go of a subgraph when the client hangs up', async () => {
  using folder = createTestFolder();
  const client = new AbortController();
  let isLetGo = (): void => undefined;
  const letGo = new Promise<void>((resolve) => (isLetGo = resolve));
  await using books = await startFakeSystem((_, response) => {
    response.once('close', isLetGo);
    client.abort();
  });
  const file = join(folder.path, 'supergraph.graphql');
  const typeDefs = { books: LIBRARY.books.typeDefs, authors: LIBRARY.authors.typeDefs };
  writeFileSync(
    file,
    composeSupergraph(typeDefs, () => books.url),
  );
  await using gateway = await startTestGateway({
    supergraph: file,
    callTimeoutMs: 60_000,
    deadlineMs: 60_000,
  });

  const asked = fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ books { title } }' }),
    signal: client.signal,
  });

  await expect(asked).rejects.toThrow('aborted');
  await letGo;
});

it('answers what it has already taken when it is told to stop', async () => {
  using folder = createTestFolder();
  let isAsked = (): void => undefined;
  let answerNow = (): void => undefined;
  const asked = new Promise<void>((resolve) => (isAsked = resolve));
  await using books = await startFakeSystem((_, response) => {
    answerNow = (): void => {
      response.setHeader('content-type', 'application/json');
      response.end('{"data":{"books":[]}}');
    };
    isAsked();
  });
  const file = join(folder.path, 'supergraph.graphql');
  const typeDefs = { books: LIBRARY.books.typeDefs, authors: LIBRARY.authors.typeDefs };
  writeFileSync(
    file,
    composeSupergraph(typeDefs, () => books.url),
  );
  await using gateway = await startTestGateway({ supergraph: file });

  const answer = gateway.post({ query: '{ books { title } }' });
  await asked;
  const stopped = gateway[Symbol.asyncDispose]();
  answerNow();

  expect((await answer).body).toEqual({ data: { books: [] } });
  await stopped;
});

it('hides a fault also in an answer that is so big that it is written in pieces', async () => {
  using folder = createTestFolder();
  const books = Array.from({ length: 9000 }, (_, id) => ({ title: `${id}`, author: null }));
  const errors = [{ message: 'password of the database: 123', path: ['books', 7, 'author'] }];
  await using system = await startFakeSystem((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data: { books }, errors }));
  });
  const file = join(folder.path, 'supergraph.graphql');
  writeFileSync(
    file,
    composeSupergraph({ books: LIBRARY.books.typeDefs, authors: LIBRARY.authors.typeDefs }, () => system.url),
  );
  await using gateway = await startTestGateway({ supergraph: file });

  const { status, body } = await gateway.post({ query: '{ books { title author { name } } }' });

  expect(status).toBe(200);
  expect(body.data).toEqual({ books });
  expect(JSON.stringify(body.errors)).not.toContain('password');
  expect(body.errors).toEqual([expect.objectContaining({ path: ['books', 7, 'author'] })]);
});
