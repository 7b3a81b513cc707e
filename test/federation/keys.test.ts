import { createGatewayUnderTest } from '../support/gateway-under-test';
import { composeSupergraph } from '../support/plain-supergraph';
import { createFederation, subgraphsAsked } from '../support/small-federation';
import { linked } from '../support/worlds/world';

describe('@key', () => {
  it('joins an entity by one field', async () => {
    const { query } = createFederation({
      books: {
        typeDefs: `type Query { book: Book }  type Book @key(fields: "isbn") { isbn: ID!  title: String }`,
        resolvers: { Query: { book: () => ({ isbn: '1', title: 'Notes' }) } },
      },
      prices: {
        typeDefs: `type Book @key(fields: "isbn") { isbn: ID!  price: Int }`,
        resolvers: { Book: { __resolveReference: ({ isbn }) => ({ isbn, price: Number(isbn) * 10 }) } },
      },
    });

    expect(await query('{ book { title price } }')).toEqual({
      data: { book: { title: 'Notes', price: 10 } },
      errors: [],
    });
  });

  it('joins an entity by several fields, each of them sent', async () => {
    const federation = createFederation({
      map: {
        typeDefs: `type Query { cell: Cell }  type Cell @key(fields: "row column") { row: Int!  column: Int!  name: String }`,
        resolvers: { Query: { cell: () => ({ row: 2, column: 3, name: 'b3' }) } },
      },
      soil: {
        typeDefs: `type Cell @key(fields: "row column") { row: Int!  column: Int!  kind: String }`,
        resolvers: {
          Cell: {
            __resolveReference: ({ row, column }) => ({
              row,
              column,
              kind: `soil ${String(row)}/${String(column)}`,
            }),
          },
        },
      },
    });

    expect(await federation.query('{ cell { kind } }')).toMatchObject({
      data: { cell: { kind: 'soil 2/3' } },
    });
    expect(federation.representationsTo('soil')).toEqual([{ __typename: 'Cell', row: 2, column: 3 }]);
  });

  it('joins an entity by fields of an object in it', async () => {
    const federation = createFederation({
      map: {
        typeDefs: `
          type Query { house: House }
          type House @key(fields: "street { name city { id } } number") { street: Street!  number: Int! }
          type Street @shareable { name: String!  city: City! }
          type City @shareable { id: ID! }`,
        resolvers: { Query: { house: () => ({ street: { name: 'Main', city: { id: 'c' } }, number: 4 }) } },
      },
      owners: {
        typeDefs: `
          type House @key(fields: "street { name city { id } } number") { street: Street!  number: Int!  owner: String }
          type Street @shareable { name: String!  city: City! }
          type City @shareable { id: ID! }`,
        resolvers: {
          House: {
            __resolveReference: ({ street, number }) => ({
              owner: `owner of ${JSON.stringify(street)} ${String(number)}`,
            }),
          },
        },
      },
    });

    expect(await federation.query('{ house { owner } }')).toMatchObject({
      data: { house: { owner: 'owner of {"name":"Main","city":{"id":"c"}} 4' } },
    });
    expect(federation.representationsTo('owners')).toEqual([
      { __typename: 'House', street: { name: 'Main', city: { id: 'c' } }, number: 4 },
    ]);
  });

  it('goes through a third subgraph where two have no key in common', async () => {
    const federation = createFederation({
      shop: {
        typeDefs: `type Query { item: Item }  type Item @key(fields: "sku") { sku: ID! }`,
        resolvers: { Query: { item: () => ({ sku: 's' }) } },
      },
      codes: {
        typeDefs: `type Item @key(fields: "sku") @key(fields: "upc") { sku: ID!  upc: ID! }`,
        resolvers: { Item: { __resolveReference: ({ sku }) => ({ sku, upc: `${String(sku)}-upc` }) } },
      },
      stock: {
        typeDefs: `type Item @key(fields: "upc") { upc: ID!  count: Int }`,
        resolvers: { Item: { __resolveReference: ({ upc }) => ({ upc, count: upc === 's-upc' ? 7 : 0 }) } },
      },
    });

    expect(await federation.query('{ item { count } }')).toMatchObject({ data: { item: { count: 7 } } });
    expect(subgraphsAsked(federation)).toEqual(['shop', 'codes', 'stock']);
  });

  it('with resolvable: false is never used to enter its subgraph', async () => {
    const federation = createFederation({
      reviews: {
        typeDefs: `
          type Query { review: Review }
          type Review { stars: Int  book: Book }
          type Book @key(fields: "isbn", resolvable: false) { isbn: ID! }`,
        resolvers: { Query: { review: () => ({ stars: 4, book: { isbn: '9' } }) } },
      },
      books: {
        typeDefs: `type Query { book: Book }  type Book @key(fields: "isbn") { isbn: ID!  title: String }`,
        resolvers: {
          Query: { book: () => ({ isbn: '9', title: 'Direct' }) },
          Book: { __resolveReference: ({ isbn }) => ({ isbn, title: `Title ${String(isbn)}` }) },
        },
      },
    });

    expect(await federation.query('{ review { book { title } } book { isbn title } }')).toMatchObject({
      data: { review: { book: { title: 'Title 9' } }, book: { isbn: '9', title: 'Direct' } },
    });
    const asked = federation.calls.filter(({ query }) => query.includes('_entities'));
    expect(asked.map(({ subgraph }) => subgraph)).toEqual(['books']);
  });

  it('leaves fields of an entity that a subgraph does not know null, without an error', async () => {
    const { query } = createFederation({
      books: {
        typeDefs: `type Query { books: [Book] }  type Book @key(fields: "isbn") { isbn: ID! }`,
        resolvers: { Query: { books: () => [{ isbn: '1' }, { isbn: '2' }] } },
      },
      prices: {
        typeDefs: `type Book @key(fields: "isbn") { isbn: ID!  price: Int }`,
        resolvers: { Book: { __resolveReference: ({ isbn }) => (isbn === '1' ? null : { isbn, price: 5 }) } },
      },
    });

    expect(await query('{ books { isbn price } }')).toEqual({
      data: {
        books: [
          { isbn: '1', price: null },
          { isbn: '2', price: 5 },
        ],
      },
      errors: [],
    });
  });

  it.each([
    ['a null that was not promised', { __typename: 'House', number: null, street: { name: 'Main' } }],
    ['an object for a number', { __typename: 'House', number: {}, street: { name: 'Main' } }],
    ['no value at all', { __typename: 'House', street: { name: 'Main' } }],
    ['a list for an object', { __typename: 'House', number: 1, street: [] }],
    ['a null in its object', { __typename: 'House', number: 1, street: { name: null } }],
    ['a list in its object', { __typename: 'House', number: 1, street: { name: ['Main'] } }],
    ['the name of no type', { __typename: 'Palace', number: 1, street: { name: 'Main' } }],
  ])('that a subgraph answers with %s is asked of nobody, and told', async (_, house) => {
    const key = '@key(fields: "number street { name }")';
    const fields = 'number: Int!  street: Street!';
    const supergraph = composeSupergraph({
      map: linked(
        `type Query { house: House }  type House ${key} { ${fields} }  type Street @shareable { name: String! }`,
      ),
      owners: linked(
        `type House ${key} { ${fields}  owner: String }  type Street @shareable { name: String! }`,
      ),
    });
    const asked: string[] = [];
    const { query } = createGatewayUnderTest(supergraph, async (subgraph) => {
      asked.push(subgraph);
      return { data: subgraph === 'map' ? { house } : { _entities: [{ owner: 'somebody' }] } };
    });

    const { data, errors } = await query('{ house { owner } }');
    expect(data).toEqual({ house: { owner: null } });
    expect(errors).toMatchObject([
      { path: ['house', 'owner'], extensions: { code: 'SUBGRAPH_BAD_RESPONSE' } },
    ]);
    expect(asked).toEqual(['map']);
  });
});

describe('@extends', () => {
  it('makes a type of Federation 1 style an entity like any other', async () => {
    const { query } = createFederation({
      users: {
        typeDefs: `type Query { me: User }  type User @key(fields: "id") { id: ID!  name: String }`,
        resolvers: { Query: { me: () => ({ id: 'u', name: 'Ada' }) } },
      },
      posts: {
        typeDefs: `type User @extends @key(fields: "id") { id: ID! @external  posts: Int }`,
        resolvers: { User: { __resolveReference: ({ id }) => ({ id, posts: 3 }) } },
      },
    });

    expect(await query('{ me { name posts } }')).toMatchObject({ data: { me: { name: 'Ada', posts: 3 } } });
  });
});
