import { writeFileSync } from 'node:fs';
import { eventually } from '../support/eventually';
import { LIBRARY } from '../support/library-subgraphs';
import { composeSupergraph, startPlainSupergraph } from '../support/plain-supergraph';
import { startTestGateway } from '../support/test-gateway';

const SDL = { books: LIBRARY.books.typeDefs, authors: LIBRARY.authors.typeDefs };

it('adopts a changed supergraph while it runs', async () => {
  await using supergraph = await startPlainSupergraph(LIBRARY);
  await using gateway = await startTestGateway({ supergraph: supergraph.file });
  const query = { query: '{ __type(name: "Book") { fields { name } } }' };
  expect((await gateway.post(query)).body.data).toEqual({
    __type: { fields: [{ name: 'title' }, { name: 'author' }] },
  });

  const changed = { ...SDL, books: SDL.books.replace('title: String!', 'title: String!  year: Int') };
  writeFileSync(supergraph.file, composeSupergraph(changed));
  const answer = await eventually(
    () => gateway.post(query),
    ({ body }) => JSON.stringify(body).includes('year'),
  );

  expect(answer.status).toBe(200);
});

it.each([
  ['is broken', 'type Query {'],
  [
    'asks for what is not enforced',
    composeSupergraph({
      ...SDL,
      books: SDL.books
        .replace('"@key"', '"@key", "@authenticated"')
        .replace('title: String!', 'title: String! @authenticated'),
    }),
  ],
  ['is no valid supergraph', composeSupergraph(SDL).replace('type Book', 'type Book @nope')],
])('keeps the old supergraph when the changed one %s, and says why in the log', async (_, sdl) => {
  await using supergraph = await startPlainSupergraph(LIBRARY);
  await using gateway = await startTestGateway({ supergraph: supergraph.file });

  writeFileSync(supergraph.file, sdl);
  const line = await eventually(
    () => gateway.log.find((entry) => entry.includes('Kept the old supergraph')),
    (entry) => entry !== undefined,
  );

  expect(line).toContain('SupergraphError');
  expect((await gateway.post({ query: '{ books { title author { name } } }' })).body).toEqual({
    data: { books: [{ title: 'Notes', author: { name: 'Ada' } }] },
  });
});
