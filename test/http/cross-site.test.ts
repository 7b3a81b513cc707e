import { LIBRARY } from '../support/library-subgraphs';
import { type PlainSupergraph, startPlainSupergraph } from '../support/plain-supergraph';
import { askForJson, startTestGateway, type TestGateway } from '../support/test-gateway';

const SITE = 'https://sotuphap.haiduong.gov.vn';
const BROWSER = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
};

let supergraph: PlainSupergraph;
let gateway: TestGateway;
beforeAll(async () => {
  supergraph = await startPlainSupergraph(LIBRARY);
  gateway = await startTestGateway({ supergraph: supergraph.file, corsOrigins: [SITE] });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await supergraph[Symbol.asyncDispose]();
});

const get = (headers: Readonly<Record<string, string>>) =>
  askForJson(`${gateway.url}/graphql?query=${encodeURIComponent('{ books { title } }')}`, { headers });

describe('a GET is answered', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['from a program', {}],
    ['from curl', { 'user-agent': 'curl/8.5.0', accept: '*/*' }],
    ['from our own page', { ...BROWSER, 'sec-fetch-site': 'same-origin', referer: 'http://127.0.0.1/' }],
    ['typed by a person', { ...BROWSER, 'sec-fetch-site': 'none', cookie: 'a=b' }],
    ['from a page that may ask', { ...BROWSER, 'sec-fetch-site': 'same-site', origin: SITE }],
    ['from a page that may ask, over http', { ...BROWSER, origin: SITE }],
    ['after a preflight', { ...BROWSER, 'sec-fetch-site': 'cross-site', 'apollo-require-preflight': 'true' }],
    [
      'after a preflight, over http',
      { ...BROWSER, referer: 'http://elsewhere.example/', 'x-apollo-operation-name': 'A' },
    ],
    ['with a content type that forces a preflight', { ...BROWSER, 'content-type': 'application/json' }],
  ])('%s', async (_, headers) => {
    expect(await get(headers)).toMatchObject({
      status: 200,
      body: { data: { books: [{ title: 'Notes' }] } },
    });
  });
});

describe('a GET is refused, and no subgraph is asked,', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['from a page of another site', { ...BROWSER, 'sec-fetch-site': 'cross-site' }],
    ['from a page of a neighbour', { ...BROWSER, 'sec-fetch-site': 'same-site' }],
    ['from a page that may not ask', { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }],
    ['from a page without an origin', { 'sec-fetch-site': 'cross-site', origin: 'null' }],
    ['with an empty header', { 'sec-fetch-site': 'cross-site', 'apollo-require-preflight': '' }],
    ['from a site nobody has heard of', { 'sec-fetch-site': 'something-new' }],
    ['from any browser that does not say, as over http', BROWSER],
    ['with another origin', { origin: 'https://elsewhere.example' }],
    ['with a referer', { referer: 'https://elsewhere.example/' }],
    ['with a cookie', { cookie: 'a=b' }],
  ])('%s', async (_, headers) => {
    const asked = supergraph.calls.length;

    const { status, body } = await get(headers);

    expect(status).toBe(400);
    expect(body.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_REQUEST' } });
    expect(body.errors?.[0]?.message).toContain('add the header apollo-require-preflight: true');
    expect(supergraph.calls).toHaveLength(asked);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    'with the content type %s',
    async (contentType) => {
      expect((await get({ 'content-type': contentType })).status).toBe(415);
    },
  );
});

it.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=a',
  'text/plain; application/json',
])('a POST of %s, which any page can send, is refused whatever its headers say', async (contentType) => {
  const body = '{"query":"{ books { title } }"}';

  const answer = await gateway.post(body, {
    'content-type': contentType,
    'apollo-require-preflight': 'true',
  });

  expect(answer.status).toBe(415);
});
