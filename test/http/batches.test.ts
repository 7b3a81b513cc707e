import { LIBRARY } from '../support/library-subgraphs';
import { type PlainSupergraph, startPlainSupergraph } from '../support/plain-supergraph';
import { startTestGateway, type TestGateway } from '../support/test-gateway';

let supergraph: PlainSupergraph;
let gateway: TestGateway;
beforeAll(async () => {
  supergraph = await startPlainSupergraph(LIBRARY);
  gateway = await startTestGateway({ supergraph: supergraph.file, maxBatch: 6 });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await supergraph[Symbol.asyncDispose]();
});

const ITEMS = [
  { query: '{ books { title author { name } } }' },
  { query: '{ nope }' },
  { query: 'query A($id: ID!) { author(id: $id) { id } }', variables: { id: '3' } },
  { query: '{ broken }' },
  { variables: {} },
  { query: 'mutation { touch }' },
];

it.each(['cold', 'warm'])('answers each operation as it would alone, in their order: %s', async () => {
  const batch = await gateway.post(ITEMS, { 'x-request-id': 'one' });
  const alone = [];
  for (const item of ITEMS) alone.push((await gateway.post(item, { 'x-request-id': 'one' })).body);

  expect(batch.status).toBe(200);
  expect(batch.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(batch.body).toEqual(alone);
});

it('answers what is asked twice in one list twice', async () => {
  const { body } = await gateway.post([{ query: '{ __typename }' }, { query: '{ __typename }' }]);

  expect(body).toEqual(Array(2).fill({ data: { __typename: 'Query' } }));
});

it.each<[string, unknown, string]>([
  [
    'is longer than allowed',
    Array(7).fill({ query: '{ __typename }' }),
    'The request has 7 operations; at most 6 are taken in one',
  ],
  ['is empty', [], 'The list has no operations'],
])('refuses a list that %s', async (_, body, message) => {
  const answer = await gateway.post(body);

  expect(answer.status).toBe(400);
  expect(answer.body.errors).toEqual([{ message, extensions: { code: 'BAD_REQUEST' } }]);
});

it('answers what is no operation in its place', async () => {
  const { status, body } = await gateway.post([
    7,
    [{ query: '{ __typename }' }],
    { query: '{ __typename }' },
  ]);

  expect(status).toBe(200);
  expect(body).toMatchObject([
    { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
    { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
    { data: { __typename: 'Query' } },
  ]);
});

it('is not harmed by what nests without end', async () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;

  const { status, body } = await gateway.post(
    `[{"query":"{ __typename }","more":${deep}},{"query":"{ __typename }","variables":{"a":${deep}}}]`,
  );

  expect(status).toBe(200);
  expect(body).toMatchObject([
    { data: { __typename: 'Query' } },
    { errors: [{ message: '"variables" nest more than 500 deep' }] },
  ]);
});

it('takes no lists unless it is told to', async () => {
  await using single = await startTestGateway({ supergraph: supergraph.file });

  const { status, body } = await single.post([{ query: '{ __typename }' }]);

  expect(status).toBe(400);
  expect(body.errors?.[0]?.message).toContain('send each by itself');
});
