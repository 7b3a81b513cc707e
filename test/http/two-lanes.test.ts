import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';
import { type FaultySupergraph, startFaultySupergraph } from '../support/faulty-supergraph';
import { readyOperation, startHttpProvince } from '../support/http-province';
import { type Form, FORMS, type LaneAnswer, type LaneRequest, sendByLane } from '../support/lanes';
import { startTestGateway, type TestGateway } from '../support/test-gateway';
import { createTestProvince } from '../support/test-province';

let faulty: FaultySupergraph;
let gateway: TestGateway;
beforeAll(async () => {
  faulty = await startFaultySupergraph();
  gateway = await startTestGateway({ supergraph: faulty.file, callTimeoutMs: 120 });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await faulty[Symbol.asyncDispose]();
});

let texts = 0;

/** The same operation in two texts that no gateway has seen: one is asked cold, the other once it has been prepared. */
async function askInBothLanes(
  asked: TestGateway,
  request: LaneRequest,
  form: Form,
  preparedBy: LaneRequest = request,
  headers: Readonly<Record<string, string>> = {},
): Promise<readonly [cold: LaneAnswer, warm: LaneAnswer]> {
  const cold = { ...request, query: `${request.query}\n# text ${String(++texts).padStart(5, '0')}` };
  const query = `${request.query}\n# text ${String(++texts).padStart(5, '0')}`;
  const first = await sendByLane(asked, cold, form, headers);
  await sendByLane(asked, { ...preparedBy, query }, FORMS[0]);
  return [first, await sendByLane(asked, { ...request, query }, form, headers)];
}

const AUTHOR = 'query A($id: ID!, $with: Boolean = true) { author(id: $id) { id name @include(if: $with) } }';
const TWO = 'query A { books { title } } query B { __typename }';

describe.each(FORMS)('by $method, accepting $accept', (form) => {
  it.each<[string, LaneRequest, LaneRequest?]>([
    ['one field', { query: '{ books { title } }' }],
    ['two subgraphs', { query: '{ books { title author { name } } }' }],
    [
      'aliases, and names of prototypes',
      { query: '{ b: books { constructor: title toString: title } a: __typename }' },
    ],
    ['variables', { query: AUTHOR, variables: { id: '7' } }],
    ['a field left out', { query: AUTHOR, variables: { id: '7', with: false } }],
    ['variables that nobody reads', { query: '{ __typename }', variables: { a: { b: [1] } } }],
    [
      'nulls for variables, name and extensions',
      { query: '{ __typename }', variables: null, operationName: null, extensions: null },
    ],
    ['a name', { query: TWO, operationName: 'A' }],
    [
      'introspection',
      { query: '{ __schema { queryType { name fields { name } } } __type(name: "Book") { name } }' },
    ],
    [
      'introspection with a variable',
      { query: 'query T($n: String!) { __type(name: $n) { kind } }', variables: { n: 'Book' } },
    ],
    ['nothing to ask a subgraph for', { query: '{ __typename }' }],
    ['a coded error of a subgraph', { query: '{ coded }' }],
    ['a fault of a subgraph', { query: '{ hidden }' }],
    ['a fault under an alias, next to data', { query: '{ x: uncoded books { title } }' }],
    ['an error without a code', { query: '{ broken }' }],
    ['a subgraph that answers HTML', { query: '{ html books { title } }' }],
    ['a subgraph that breaks off', { query: '{ gone books { title } }' }],
    ['a subgraph that is late', { query: '{ hangs books { title } }' }],
    ['a null where there is none', { query: '{ promised { value other } }' }],
    ['a null that reaches the root', { query: '{ whole { value } }' }],
    ['values of a wrong type', { query: '{ listed }' }],
    ['more than was asked for', { query: '{ extra }' }],
    ['several errors', { query: '{ several }' }],
    ['a missing variable', { query: AUTHOR }, { query: AUTHOR, variables: { id: '1' } }],
    [
      'a variable of another type',
      { query: AUTHOR, variables: { id: { a: 1 } } },
      { query: AUTHOR, variables: { id: '1' } },
    ],
    [
      'a variable that is null',
      { query: AUTHOR, variables: { id: null } },
      { query: AUTHOR, variables: { id: '1' } },
    ],
  ])('is answered alike, cold and warm: %s', async (_, request, preparedBy = request) => {
    const [cold, warm] = await askInBothLanes(gateway, request, form, preparedBy);

    expect(warm.answer).toEqual(cold.answer);
    expect([cold.lane, warm.lane]).toEqual(['cold', 'warm']);
  });

  it.each<[string, LaneRequest]>([
    ['a syntax error', { query: '{ books' }],
    ['no operation', { query: '# nothing' }],
    ['an unknown field', { query: '{ nope }' }],
    ['an unknown argument', { query: '{ books(last: 1) { title } }' }],
    ['an unknown name', { query: TWO, operationName: 'C' }],
    ['two operations and no name', { query: TWO }],
    ['a subscription', { query: 'subscription { books }' }],
    ['a name that no object can hold', { query: '{ __proto__: books { title } }' }],
    ['too many tokens', { query: `{ ${'a '.repeat(8001)}}` }],
    ['fields nested too deeply', { query: `{ books ${'{ author '.repeat(31)}{ id }${' }'.repeat(32)}` }],
    ['fragments without end', { query: bomb(15) }],
    [
      'fragments in a circle',
      { query: '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }' },
    ],
  ])('is refused alike each time, and nothing of it is kept: %s', async (_, request) => {
    const [cold, second] = await askInBothLanes(gateway, request, form);

    expect(second.answer).toEqual(cold.answer);
    expect([cold.lane, second.lane]).toEqual(['cold', 'cold']);
    expect(cold.answer.body).toMatch(/^\{"errors":\[\{"message":"[^"]/);
  });

  it.each<[string, LaneRequest]>([
    ['brackets nested without end', { query: `{ a(b: ${'['.repeat(300)}` }],
    ['variables that are a list', { query: '{ __typename }', variables: [1] }],
    ['variables nested without end', { query: '{ __typename }', variables: { a: nested(600) } }],
    ['a name that is no text', { query: '{ __typename }', operationName: { a: 1 } }],
    [
      'a hash, where none is known',
      { query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
    ],
    [
      'a hash that is none',
      { query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } },
    ],
  ])('is refused alike before its lane is chosen or after: %s', async (_, request) => {
    const [cold, second] = await askInBothLanes(gateway, request, form, { query: request.query });

    expect(second.answer).toEqual(cold.answer);
  });

  it('answers a mutation alike, and by POST only', async () => {
    const [cold, warm] = await askInBothLanes(gateway, { query: 'mutation { touch }' }, form);

    expect(warm.answer).toEqual(cold.answer);
    expect([cold.lane, warm.lane]).toEqual(['cold', 'warm']);
    expect(cold.answer.status).toBe(form.method === 'POST' ? 200 : 405);
    expect(cold.answer.headers['allow']).toBe(form.method === 'POST' ? undefined : 'POST');
  });
});

it.each<[string, Readonly<Record<string, string>>]>([
  ['a site that may ask', { origin: 'https://stp.haiduong.gov.vn' }],
  ['another site', { origin: 'https://elsewhere.example' }],
  ['credentials', { authorization: 'Bearer x', cookie: 'a=b' }],
  ['a deadline that cannot be kept', { 'lienthong-deadline-ms': '1' }],
  ['a completeness', { 'lienthong-completeness': 'all' }],
  ['a header that says nothing', { 'lienthong-completeness': 'most' }],
])('answers alike with the headers of a client: %s', async (_, headers) => {
  await using listed = await startTestGateway({
    supergraph: faulty.file,
    corsOrigins: ['https://stp.haiduong.gov.vn'],
  });

  const query = '{ books { title author { name } } }';
  const [cold, warm] = await askInBothLanes(listed, { query }, FORMS[2], { query }, headers);

  expect(warm.answer).toEqual(cold.answer);
  expect(warm.lane).toBe(cold.lane === undefined ? undefined : 'warm');
});

it('answers every ready query alike, and says alike what is missing', async () => {
  await using province = await startHttpProvince(createTestProvince({ seed: 'lanes', count: 200 }), {
    systems: 4,
  });
  await using whole = await startTestGateway({
    supergraph: join(projectRoot(), 'schema', 'supergraph.graphql'),
    registry: province.registry,
  });
  const operations = readdirSync(join(projectRoot(), 'schema', 'operations'));

  for (const missing of [null, province.systems[1]]) {
    await missing?.[Symbol.asyncDispose]();
    for (const form of FORMS) {
      for (const file of operations) {
        const [cold, warm] = await askInBothLanes(whole, { query: readyOperation(file) }, form);

        expect({ file, ...warm.answer }).toEqual({ file, ...cold.answer });
        expect([cold.lane, warm.lane]).toEqual(['cold', 'warm']);
        expect(cold.answer.status).toBe(200);
      }
    }
  }
}, 60_000);

it('keeps good operations while bad ones flood in', async () => {
  await sendByLane(gateway, { query: '{ books { title } } # kept' }, FORMS[0]);
  for (let place = 0; place < 300; place += 1) {
    await sendByLane(gateway, { query: `{ nope${place} ${'x '.repeat(500)}}` }, FORMS[0]);
  }

  const { lane, answer } = await sendByLane(gateway, { query: '{ books { title } } # kept' }, FORMS[0]);

  expect(lane).toBe('warm');
  expect(answer.body).toBe('{"data":{"books":[{"title":"Notes"}]}}\n');
});

/** Fragments that name each other twice, so that each doubles what is selected. */
function bomb(levels: number): string {
  const fragments = Array.from(
    { length: levels },
    (_, level) => `fragment F${level} on Book { title ${`...F${level + 1} `.repeat(2)} }`,
  );
  return `{ books { ...F0 } } ${fragments.join(' ')} fragment F${levels} on Book { title }`;
}

function nested(levels: number): unknown {
  return levels === 0 ? 1 : [nested(levels - 1)];
}
