import { createFederation } from '../support/small-federation';

const SUBGRAPHS = {
  shapes: {
    typeDefs: `
      type Query { shapes: [Shape]  sized: [Sized]  states: [State]  state: State  item(filter: Filter): Item }
      union Shape = Circle | Ghost
      interface Sized { area: Int }
      type Circle implements Sized { area: Int  radius: Int }
      type Ghost implements Sized @inaccessible { area: Int  fear: Int }
      enum State { OPEN SHUT SECRET @inaccessible }
      input Filter { id: ID  secret: String @inaccessible }
      type Item @key(fields: "id") @key(fields: "code") { id: ID!  code: ID! @inaccessible  open: String }`,
    resolvers: {
      Query: {
        shapes: () => [
          { kind: 'Circle', radius: 1 },
          { kind: 'Ghost', fear: 9 },
        ],
        sized: () => [
          { kind: 'Ghost', area: 9 },
          { kind: 'Circle', area: 3 },
        ],
        states: () => ['OPEN', 'SECRET', 'SHUT'],
        state: () => 'SECRET',
        item: () => ({ id: '1', code: 'hidden', open: 'yes' }),
      },
      Shape: { __resolveType: ({ kind }: Row) => kind },
      Sized: { __resolveType: ({ kind }: Row) => kind },
    },
  },
  notes: {
    typeDefs: `type Item @key(fields: "code") { code: ID! @inaccessible  note: String }`,
    resolvers: {
      Item: { __resolveReference: ({ code }: Row) => ({ code, note: `note of ${String(code)}` }) },
    },
  },
};
type Row = Readonly<Record<string, unknown>>;

describe('@inaccessible', () => {
  it.each([
    '{ item { code } }',
    '{ shapes { ... on Ghost { fear } } }',
    '{ item(filter: { secret: "x" }) { id } }',
  ])('makes %s a mistake of the client’s', async (document) => {
    const { data, errors } = await createFederation(SUBGRAPHS).query(document);

    expect(data).toBeUndefined();
    expect(errors.length).toBeGreaterThan(0);
  });

  it('keeps what it hides out of introspection', async () => {
    const { data } = await createFederation(SUBGRAPHS).query(
      '{ item: __type(name: "Item") { fields { name } } ghost: __type(name: "Ghost") { name } state: __type(name: "State") { enumValues { name } } }',
    );

    expect(data).toEqual({
      item: { fields: [{ name: 'note' }, { name: 'id' }, { name: 'open' }] },
      ghost: null,
      state: { enumValues: [{ name: 'OPEN' }, { name: 'SHUT' }] },
    });
  });

  it('does not keep a key from joining subgraphs', async () => {
    expect(await createFederation(SUBGRAPHS).query('{ item { note } }')).toEqual({
      data: { item: { note: 'note of hidden' } },
      errors: [],
    });
  });

  it('makes an enum value that comes back an error at its place, and does not name it', async () => {
    const { data, errors } = await createFederation(SUBGRAPHS).query('{ states state }');

    expect(data).toEqual({ states: ['OPEN', null, 'SHUT'], state: null });
    expect(errors.map(({ path }) => path)).toEqual([['states', 1], ['state']]);
    expect(JSON.stringify(errors)).not.toMatch(/SECRET/);
  });

  it.each([
    ['{ shapes { ... on Circle { radius } } }', { shapes: [{ radius: 1 }, null] }, ['shapes', 1]],
    ['{ shapes { __typename } }', { shapes: [{ __typename: 'Circle' }, null] }, ['shapes', 1]],
    ['{ sized { area } }', { sized: [null, { area: 3 }] }, ['sized', 0]],
  ])('makes an object of a hidden type an error in its place: %s', async (document, data, path) => {
    const answer = await createFederation(SUBGRAPHS).query(document);

    expect(answer.data).toEqual(data);
    expect(answer.errors).toMatchObject([{ path, extensions: { code: 'SUBGRAPH_BAD_RESPONSE' } }]);
    expect(JSON.stringify(answer)).not.toMatch(/Ghost/);
  });
});

describe('@tag', () => {
  it('changes nothing of what is answered', async () => {
    const { query } = createFederation({
      one: {
        typeDefs: `type Query @tag(name: "q") { a(b: Int @tag(name: "arg")): T @tag(name: "f") }  type T @tag(name: "t") { x: E }  enum E @tag(name: "e") { V @tag(name: "v") }`,
        resolvers: { Query: { a: () => ({ x: 'V' }) } },
      },
    });

    expect(await query('{ a(b: 1) { x } }')).toEqual({ data: { a: { x: 'V' } }, errors: [] });
  });
});
