import { buildSchema } from 'graphql';
import { createLogger } from '../../schema/runtime/logger';
import type { SubgraphNotes } from '../../schema/subgraph-notes';
import { createGraphqlEndpoint } from '../../subgraphs/system/graphql-endpoint';

const STALE: SubgraphNotes = {
  asOf: '2024-06-28T01:55:00Z',
  problems: [{ code: 'SOURCE_STALE', message: 'The files were not read', since: '2024-06-28T02:00:00Z' }],
};

async function ask(notes?: () => SubgraphNotes | null): Promise<unknown> {
  const endpoint = createGraphqlEndpoint({
    schema: buildSchema('type Query { a: Int }'),
    createContext: () => ({}),
    ...(notes && { notes }),
    now: () => '2024-06-28T03:00:00Z',
    logger: createLogger({ level: 'silent', write: () => undefined }),
  });
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const [text] = await endpoint({ method: 'POST', url: '/', headers, body: '{"query":"{ a }"}' });
  return JSON.parse(String(text));
}

it('says with its answer what is not as it should be with the state that it answers from', async () => {
  expect(await ask(() => STALE)).toEqual({ data: { a: null }, extensions: { lienthong: STALE } });
});

it.each([
  ['it has no notes', undefined],
  ['there are none', () => null],
  ['nothing is wrong', () => ({ asOf: '2024-06-28T02:59:00Z', problems: [] })],
])('says nothing when %s', async (_, notes) => {
  expect(await ask(notes)).toEqual({ data: { a: null } });
});
