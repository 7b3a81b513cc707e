import { LIBRARY } from '../support/library-subgraphs';
import { type PlainSupergraph, startPlainSupergraph } from '../support/plain-supergraph';
import { startTestGateway } from '../support/test-gateway';

const SITE = 'https://sotuphap.haiduong.gov.vn';
const PREFLIGHT = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'content-type',
};

let supergraph: PlainSupergraph;
beforeAll(async () => {
  supergraph = await startPlainSupergraph(LIBRARY);
});
afterAll(() => supergraph[Symbol.asyncDispose]());

async function preflight(url: string, origin: string): Promise<Response> {
  return fetch(`${url}/graphql`, { method: 'OPTIONS', headers: { origin, ...PREFLIGHT } });
}

describe('a page of a listed site', () => {
  it('may ask beforehand and then query', async () => {
    await using gateway = await startTestGateway({ supergraph: supergraph.file, corsOrigins: [SITE] });

    const allowed = await preflight(gateway.url, SITE);
    const answer = await gateway.post({ query: '{ books { title } }' }, { origin: SITE });

    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(SITE);
    expect(allowed.headers.get('access-control-allow-methods')).toContain('POST');
    expect(allowed.headers.get('access-control-allow-headers')).toContain('content-type');
    expect(answer.headers.get('access-control-allow-origin')).toBe(SITE);
    expect(answer.headers.get('access-control-expose-headers')).toContain('x-request-id');
    expect(answer.headers.get('vary')).toContain('Origin');
    expect(answer.body.data).toEqual({ books: [{ title: 'Notes' }] });
  });

  it('can read the error of a wrong query', async () => {
    await using gateway = await startTestGateway({ supergraph: supergraph.file, corsOrigins: [SITE] });

    const answer = await gateway.post('{', { origin: SITE });

    expect(answer.status).toBe(400);
    expect(answer.headers.get('access-control-allow-origin')).toBe(SITE);
  });
});

it('allows no other site', async () => {
  await using gateway = await startTestGateway({ supergraph: supergraph.file, corsOrigins: [SITE] });

  const refused = await preflight(gateway.url, 'https://elsewhere.example');

  expect(refused.headers.get('access-control-allow-origin')).toBeNull();
});

it('allows no site at all unless it is told to', async () => {
  await using gateway = await startTestGateway({ supergraph: supergraph.file });

  const refused = await preflight(gateway.url, SITE);
  const answer = await gateway.post({ query: '{ __typename }' }, { origin: SITE });

  expect(refused.headers.get('access-control-allow-origin')).toBeNull();
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});
