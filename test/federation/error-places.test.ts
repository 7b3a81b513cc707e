import { SubgraphCallError } from '../../gateway/transport/subgraph-call-error';
import { createFederation } from '../support/small-federation';
import { gatewayOver } from '../support/scripted-subgraph';

type Row = Readonly<Record<string, unknown>>;
const fail = (message: string) => (): never => {
  throw new Error(message);
};
const SUBGRAPHS = {
  books: {
    typeDefs: `
      type Query { books: [Book]  strict: [Book!]  shelf: Shelf }
      type Shelf { rows: [[Book]] }
      type Book @key(fields: "id") { id: ID!  cover: String }`,
    resolvers: {
      Query: {
        books: () => [{ id: '1' }, { id: '2' }],
        strict: () => [{ id: '1' }],
        shelf: () => ({ rows: [[{ id: '2' }], [{ id: '1' }, { id: '2' }]] }),
      },
      Book: { cover: ({ id }: Row) => (id === '2' ? fail('no cover')() : 'red') },
    },
  },
  prices: {
    typeDefs: `type Book @key(fields: "id") { id: ID!  price: Int  tax: Int! }`,
    resolvers: {
      Book: {
        __resolveReference: ({ id }: Row) => ({ id, price: 5, tax: 1 }),
        price: ({ id }: Row) => (id === '2' ? fail('no price')() : 5),
        tax: ({ id }: Row) => (id === '1' ? fail('no tax')() : 1),
      },
    },
  },
};
const placesOf = async (document: string) => {
  const { data, errors } = await createFederation(SUBGRAPHS).query(document);
  return { data, errors: errors.map(({ message, path }) => `${message} at ${path?.join('.')}`) };
};

describe('an error of a subgraph', () => {
  it('stands at its place in the client’s answer, aliases and list indices of the client', async () => {
    expect(await placesOf('{ all: books { title: cover } }')).toEqual({
      data: { all: [{ title: 'red' }, { title: null }] },
      errors: ['no cover at all.1.title'],
    });
  });

  it('of an entity stands at every place of the entity', async () => {
    expect(await placesOf('{ shelf { r: rows { p: price } } }')).toEqual({
      data: { shelf: { r: [[{ p: null }], [{ p: 5 }, { p: null }]] } },
      errors: ['no price at shelf.r.0.0.p', 'no price at shelf.r.1.1.p'],
    });
  });

  it('at a value that may not be null takes its object away, and whatever above may not be without it', async () => {
    expect(await placesOf('{ books { id tax } }')).toEqual({
      data: { books: [null, { id: '2', tax: 1 }] },
      errors: ['no tax at books.0.tax'],
    });
    expect(await placesOf('{ strict { id tax } }')).toEqual({
      data: { strict: null },
      errors: ['no tax at strict.0.tax'],
    });
  });

  it('at a field that the client asked for under two aliases stands at both', async () => {
    expect((await placesOf('{ books { a: cover b: cover } }')).errors).toEqual([
      'no cover at books.1.a',
      'no cover at books.1.b',
    ]);
  });

  it('below an object of an interface that it took away leads to the field, whichever type that was', async () => {
    const { query } = createFederation({
      one: {
        typeDefs: `type Query { shape: Shape }  union Shape = Circle | Square
          type Circle { radius: Int! }  type Square { side: Int! }`,
        resolvers: {
          Query: { shape: () => ({}) },
          Shape: { __resolveType: () => 'Square' },
          Square: { side: fail('no side') },
        },
      },
    });

    expect(
      await query('{ s: shape { ... on Circle { radius } ... on Square { edge: side } } }'),
    ).toMatchObject({
      data: { s: null },
      errors: [{ message: 'no side', path: ['s', 'edge'] }],
    });
  });

  it('in what nobody asked for, but what asked for needs, stands at the object', async () => {
    const { query } = createFederation({
      one: {
        typeDefs: 'type Query { item: Item }  type Item @key(fields: "id") { id: ID!  weight: Int }',
        resolvers: { Query: { item: () => ({ id: '1' }) }, Item: { weight: fail('no scales') } },
      },
      two: {
        typeDefs:
          'type Item @key(fields: "id") { id: ID!  weight: Int @external  cost: Int @requires(fields: "weight") }',
        resolvers: { Item: { __resolveReference: () => ({ cost: null }) } },
      },
    });

    expect(await query('{ i: item { cost } }')).toEqual({
      data: { i: { cost: null } },
      errors: [{ message: 'no scales', path: ['i'] }],
    });
  });
});

describe('a call that failed', () => {
  it('is one error for all the entities that it leaves without a value, at the first of them, with their number', async () => {
    const { books } = SUBGRAPHS;
    const { query } = createFederation({
      books,
      prices: {
        ...SUBGRAPHS.prices,
        resolvers: {
          Book: {
            __resolveReference: () => {
              throw new Error('out of order');
            },
          },
        },
      },
    });

    const { data, errors } = await query('{ books { price } }');
    expect(data).toEqual({ books: [{ price: null }, { price: null }] });
    expect(errors).toMatchObject([{ path: ['books', 0], extensions: { affected: 2 } }]);
  });

  it('says which subgraph and what kind of failure, with a code', async () => {
    const { query } = gatewayOver('type Query { a: Int  b: Int! }', () =>
      Promise.reject(new SubgraphCallError('TIMEOUT', 'The system did not answer within 10 ms', 10)),
    );

    expect(await query('{ x: a }')).toEqual({
      data: { x: null },
      errors: [
        {
          message: 'Subgraph "one" did not answer within 10 ms',
          path: ['x'],
          extensions: { code: 'SUBGRAPH_TIMEOUT', subgraph: 'one', tookMs: 10 },
        },
      ],
    });
    expect(await query('{ b }')).toMatchObject({ data: null, errors: [{ path: ['b'] }] });
  });
});

describe('a null that no error explains', () => {
  const typeDefs = 'type Query { a: Int  b: Int!  list: [Int!]  object: T }  type T { c: Int!  d: Int }';

  it.each([
    ['{ a }', {}, { a: null }, ['a']],
    ['{ b }', { b: null }, null, ['b']],
    ['{ l: list }', { list: [1, null] }, { l: null }, ['l', 1]],
    ['{ object { c } }', { object: { c: null } }, { object: null }, ['object', 'c']],
    ['{ object { d } }', { object: {} }, { object: { d: null } }, ['object', 'd']],
    ['{ object { d } }', { object: [] }, { object: null }, ['object']],
    ['{ list }', { list: 3 }, { list: null }, ['list']],
  ])('is an error at its place: %s of %j', async (document, answer, data, path) => {
    const got = await gatewayOver(typeDefs, answer).query(document);

    expect(got.data).toEqual(data);
    expect(got.errors).toMatchObject([{ path, extensions: { code: 'SUBGRAPH_BAD_RESPONSE' } }]);
  });

  it('is none where the schema allows it and the subgraph said it', async () => {
    expect(await gatewayOver(typeDefs, { a: null, list: null }).query('{ a list }')).toEqual({
      data: { a: null, list: null },
      errors: [],
    });
  });
});

describe('an answer', () => {
  it('never shows what was not asked for', async () => {
    const { query } = gatewayOver('type Query { a: T }  type T { b: Int }', {
      a: { b: 1, secret: 'x', __typename: 'T' },
      more: 2,
    });

    expect(await query('{ a { b } }')).toEqual({ data: { a: { b: 1 } }, errors: [] });
  });

  it('never shows stack traces or a status that a subgraph would have us answer', async () => {
    const { query } = gatewayOver('type Query { a: Int }', () =>
      Promise.resolve({
        data: { a: null },
        errors: [
          {
            message: 'no',
            path: ['a'],
            extensions: { code: 'X', stacktrace: ['at'], exception: {}, http: { status: 200 } },
          },
        ],
      }),
    );

    expect((await query('{ a }')).errors).toEqual([
      { message: 'no', path: ['a'], extensions: { code: 'X' } },
    ]);
  });
});
