import { LIBRARY } from '../support/library-subgraphs';
import { type PlainSupergraph, startPlainSupergraph } from '../support/plain-supergraph';
import { startTestGateway, type TestGateway } from '../support/test-gateway';

const JSON_TYPE = 'application/json; charset=utf-8';
const GRAPHQL_TYPE = 'application/graphql-response+json; charset=utf-8';

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

it.each([
  ['*/*', JSON_TYPE, 400],
  ['application/*', JSON_TYPE, 400],
  ['text/html, application/xhtml+xml, */*;q=0.8', JSON_TYPE, 400],
  ['application/json', JSON_TYPE, 200],
  ['APPLICATION/JSON', JSON_TYPE, 200],
  ['application/json; charset=utf-8', JSON_TYPE, 200],
  ['application/graphql-response+json', GRAPHQL_TYPE, 400],
  ['application/graphql-response+json, application/json', GRAPHQL_TYPE, 400],
  ['application/json, application/graphql-response+json', JSON_TYPE, 200],
  ['application/graphql-response+json, application/json;q=0.9', GRAPHQL_TYPE, 400],
  ['application/json;q=0.5, application/graphql-response+json;q=0.6', GRAPHQL_TYPE, 400],
  ['*/*, application/graphql-response+json', GRAPHQL_TYPE, 400],
  ['application/json;q=0, */*', GRAPHQL_TYPE, 400],
  ['application/graphql-response+json;q=0, application/json', JSON_TYPE, 200],
])('who accepts %s gets %s, and a mistake as %i', async (accept, contentType, status) => {
  const right = await gateway.post({ query: '{ __typename }' }, { accept });
  const wrong = await gateway.post({ query: '{ nope }' }, { accept });

  expect([right.status, right.headers.get('content-type')]).toEqual([200, contentType]);
  expect([wrong.status, wrong.headers.get('content-type')]).toEqual([status, contentType]);
});

it.each(['text/html', 'application/xml, text/*', 'application/json;q=0', 'application/json;q=much'])(
  'who accepts only %s is told what there is',
  async (accept) => {
    const { status, body } = await gateway.post({ query: '{ books { title } }' }, { accept });

    expect(status).toBe(406);
    expect(body.errors?.[0]).toMatchObject({ extensions: { code: 'NOT_ACCEPTABLE' } });
    expect(body.errors?.[0]?.message).toContain(`"${accept}"`);
  },
);
