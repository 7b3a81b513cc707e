import { createHash } from 'node:crypto';
import { LIBRARY } from '../support/library-subgraphs';
import { type PlainSupergraph, startPlainSupergraph } from '../support/plain-supergraph';
import { askForJson, startTestGateway, type TestGateway } from '../support/test-gateway';

let supergraph: PlainSupergraph;
beforeAll(async () => {
  supergraph = await startPlainSupergraph(LIBRARY);
});
afterAll(() => supergraph[Symbol.asyncDispose]());

const BOOKS = '{ books { title } }';
const ANSWER = { data: { books: [{ title: 'Notes' }] } };

const start = (persistedQueryBytes: number | null) =>
  startTestGateway({ supergraph: supergraph.file, persistedQueryBytes });

function hashed(query: string) {
  const sha256Hash = createHash('sha256').update(query).digest('hex');
  return { extensions: { persistedQuery: { version: 1, sha256Hash } } };
}

/** As Apollo Client does: the hash alone first, then with its text. */
async function register(gateway: TestGateway, query: string): Promise<void> {
  await gateway.post(hashed(query));
  expect((await gateway.post({ query, ...hashed(query) })).status).toBe(200);
}

it('answers a hash whose text it has been sent, by POST and by GET, in both lanes', async () => {
  await using gateway = await start(10_000);

  const unknown = await gateway.post(hashed(BOOKS));
  const cold = await gateway.post({ query: BOOKS, ...hashed(BOOKS) });
  const warm = await gateway.post(hashed(BOOKS));
  const { extensions } = hashed(BOOKS);
  const got = await askForJson(
    `${gateway.url}/graphql?extensions=${encodeURIComponent(JSON.stringify(extensions))}`,
  );

  expect(unknown).toMatchObject({
    status: 200,
    body: {
      errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    },
  });
  expect(unknown.headers.get('cache-control')).toBe('private, no-cache, must-revalidate');
  expect([cold, warm, got].map(({ status, body }) => [status, body])).toEqual(Array(3).fill([200, ANSWER]));
});

it('remembers a text that has been prepared before it was sent with its hash', async () => {
  await using gateway = await start(10_000);

  await gateway.post({ query: BOOKS });
  await register(gateway, BOOKS);

  expect((await gateway.post(hashed(BOOKS))).body).toEqual(ANSWER);
});

it('does not take a hash for another text', async () => {
  await using gateway = await start(10_000);

  const { status, body } = await gateway.post({ query: '{ __typename }', ...hashed(BOOKS) });

  expect(status).toBe(400);
  expect(body.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_REQUEST' } });
  expect((await gateway.post(hashed(BOOKS))).body.errors?.[0]?.message).toBe('PersistedQueryNotFound');
});

it('remembers no text that is not valid', async () => {
  await using gateway = await start(10_000);

  expect((await gateway.post({ query: '{ nope }', ...hashed('{ nope }') })).status).toBe(400);
  expect((await gateway.post(hashed('{ nope }'))).body.errors?.[0]?.message).toBe('PersistedQueryNotFound');
});

it('forgets what is unused for longest when its bytes are used up', async () => {
  await using gateway = await start(1024);
  const texts = Array.from({ length: 20 }, (_, place) => `{ books { title } } # ${place}`);

  for (const text of texts) await register(gateway, text);

  expect((await gateway.post(hashed(texts[0] ?? ''))).body.errors?.[0]?.message).toBe(
    'PersistedQueryNotFound',
  );
  expect((await gateway.post(hashed(texts[19] ?? ''))).body).toEqual(ANSWER);
});

it.each([
  { version: 2, sha256Hash: 'a'.repeat(64) },
  { version: 1, sha256Hash: 'abc' },
  { version: 1 },
  'text',
])('refuses what is no hash: %j', async (persistedQuery) => {
  await using gateway = await start(10_000);

  const { status, body } = await gateway.post({ query: BOOKS, extensions: { persistedQuery } });

  expect(status).toBe(400);
  expect(body.errors?.[0]?.message).toContain('"extensions.persistedQuery');
});

it('says that it knows none unless it is told to, so that clients send the text alone', async () => {
  await using gateway = await start(null);

  for (const request of [hashed(BOOKS), { query: BOOKS, ...hashed(BOOKS) }]) {
    expect(await gateway.post(request)).toMatchObject({
      status: 200,
      body: {
        errors: [
          { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } },
        ],
      },
    });
  }
});
