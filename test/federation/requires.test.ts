import {
  createFederation,
  type Resolvers,
  type SmallFederation,
  subgraphsAsked,
} from '../support/small-federation';

type Row = Readonly<Record<string, unknown>>;

const CATALOG = {
  typeDefs: `
    type Query { item: Item  items: [Item!]! }
    type Item @key(fields: "id") {
      id: ID!
      weight: Int
      price(currency: Currency! = EUR): Int
      box: Box
      parts: [Part!]!
    }
    type Box @shareable { width: Int!  label: String }
    interface Part { id: ID! }
    type Screw implements Part { id: ID!  length: Int! }
    type Plate implements Part { id: ID!  area: Int! }
    enum Currency { EUR USD }`,
  resolvers: {
    Query: { item: () => ITEMS[0], items: () => ITEMS },
    Item: {
      price: ({ euros }: Row, { currency }: Row) => (currency === 'USD' ? Number(euros) * 2 : euros),
    },
    Part: { __resolveType: (part: Row) => ('length' in part ? 'Screw' : 'Plate') },
  },
};
const ITEMS = [
  {
    id: 'a',
    weight: 3,
    euros: 10,
    box: { width: 4, label: 'big' },
    parts: [
      { id: 's', length: 5 },
      { id: 'p', area: 9 },
    ],
  },
  { id: 'b', weight: null, euros: 20, box: null, parts: [] },
];

/** A second subgraph whose fields of an item are computed of what it requires, and nothing else. */
function withShipping(fields: string, resolvers: Resolvers): SmallFederation {
  return createFederation({
    catalog: CATALOG,
    shipping: {
      typeDefs: `
        type Item @key(fields: "id") {
          id: ID!
          ${fields}
        }
        type Box @shareable { width: Int!  label: String }
        enum Currency { EUR USD }`,
      resolvers: {
        ...resolvers,
        Item: { __resolveReference: (given) => given, ...resolvers['Item'] },
      },
    },
  });
}

describe('@requires', () => {
  it('hands a subgraph the fields that its own are computed of, nulls too', async () => {
    const federation = withShipping('weight: Int @external  cost: String @requires(fields: "weight")', {
      Item: { cost: ({ weight }) => `cost of ${String(weight)}` },
    });

    expect(await federation.query('{ items { cost } }')).toMatchObject({
      data: { items: [{ cost: 'cost of 3' }, { cost: 'cost of null' }] },
    });
    expect(federation.representationsTo('shipping')).toEqual([
      { __typename: 'Item', id: 'a', weight: 3 },
      { __typename: 'Item', id: 'b', weight: null },
    ]);
  });

  it('hands over selections of objects', async () => {
    const { query } = withShipping('box: Box @external  fits: String @requires(fields: "box { width }")', {
      Item: { fits: ({ box }) => JSON.stringify(box) },
    });

    expect(await query('{ items { fits box { label } } }')).toMatchObject({
      data: {
        items: [
          { fits: '{"width":4}', box: { label: 'big' } },
          { fits: 'null', box: null },
        ],
      },
    });
  });

  it('goes through what is itself computed of required fields in another subgraph', async () => {
    const federation = createFederation({
      catalog: CATALOG,
      shipping: {
        typeDefs: `type Item @key(fields: "id") { id: ID!  weight: Int @external  cost: Int @requires(fields: "weight") }`,
        resolvers: {
          Item: { __resolveReference: (given) => given, cost: ({ weight }) => Number(weight ?? 0) * 10 },
        },
      },
      offers: {
        typeDefs: `type Item @key(fields: "id") { id: ID!  cost: Int @external  offer: String @requires(fields: "cost") }`,
        resolvers: {
          Item: { __resolveReference: (given) => given, offer: ({ cost }) => `free above ${String(cost)}` },
        },
      },
    });

    expect(await federation.query('{ item { offer } }')).toMatchObject({
      data: { item: { offer: 'free above 30' } },
    });
    expect(subgraphsAsked(federation)).toEqual(['catalog', 'shipping', 'offers']);
  });

  it('is no client’s business: an alias that is the name of a required field changes nothing', async () => {
    const { query } = withShipping('weight: Int @external  cost: String @requires(fields: "weight")', {
      Item: { cost: ({ weight }) => `cost of ${String(weight)}` },
    });

    expect(await query('{ item { weight: id id: cost cost: weight __typename } }')).toEqual({
      data: { item: { weight: 'a', id: 'cost of 3', cost: 3, __typename: 'Item' } },
      errors: [],
    });
  });

  it('does not show the client what it did not ask for', async () => {
    const { query } = withShipping('weight: Int @external  cost: String @requires(fields: "weight")', {
      Item: { cost: () => 'some' },
    });

    expect(Object.keys((await query('{ item { cost } }')).data?.['item'] as object)).toEqual(['cost']);
  });
});

describe('@requires of a field with arguments', () => {
  const price = 'price(currency: Currency! = EUR): Int @external';

  it('asks for it with those arguments', async () => {
    const { query } = withShipping(`${price}  insured: Int @requires(fields: "price(currency: USD)")`, {
      Item: { insured: ({ price: given }) => given },
    });

    expect(await query('{ item { insured } }')).toMatchObject({ data: { item: { insured: 20 } } });
  });

  it('does not mix them up with the client’s own arguments of the same field', async () => {
    const { query } = withShipping(`${price}  insured: Int @requires(fields: "price(currency: USD)")`, {
      Item: { insured: ({ price: given }) => given },
    });

    expect(
      await query('{ item { price insured dollars: price(currency: USD) euros: price(currency: EUR) } }'),
    ).toEqual({
      data: { item: { price: 10, insured: 20, dollars: 20, euros: 10 } },
      errors: [],
    });
  });

  it('lets two fields require one field with different arguments', async () => {
    const { query, faults } = withShipping(
      `${price}
       insured: Int @requires(fields: "price(currency: USD)")
       taxed: Int @requires(fields: "price(currency: EUR)")`,
      { Item: { insured: ({ price: given }) => given, taxed: ({ price: given }) => Number(given) + 1 } },
    );

    expect(await query('{ items { insured taxed price(currency: USD) } }')).toEqual({
      data: {
        items: [
          { insured: 20, taxed: 11, price: 20 },
          { insured: 40, taxed: 21, price: 40 },
        ],
      },
      errors: [],
    });
    expect(faults).toEqual([]);
  });

  it('lets fields of two subgraphs require it with different arguments', async () => {
    const { query } = createFederation({
      catalog: CATALOG,
      insurance: {
        typeDefs: `
          type Item @key(fields: "id") { id: ID!  ${price}  insured: Int @requires(fields: "price(currency: USD)") }
          enum Currency { EUR USD }`,
        resolvers: { Item: { __resolveReference: (given) => given, insured: ({ price: given }) => given } },
      },
      taxes: {
        typeDefs: `
          type Item @key(fields: "id") { id: ID!  ${price}  taxed: Int @requires(fields: "price(currency: EUR)") }
          enum Currency { EUR USD }`,
        resolvers: { Item: { __resolveReference: (given) => given, taxed: ({ price: given }) => given } },
      },
    });

    expect(await query('{ item { insured taxed } }')).toMatchObject({
      data: { item: { insured: 20, taxed: 10 } },
    });
  });

  it('leaves the names that stand for them out of what clients see', async () => {
    const { query } = withShipping(`${price}  insured: Int @requires(fields: "price(currency: USD)")`, {});

    const { data } = await query('{ __type(name: "Item") { fields { name } } }');
    expect(data).toEqual({
      __type: { fields: ['id', 'weight', 'price', 'box', 'parts', 'insured'].map((name) => ({ name })) },
    });
    expect((await query('{ item { price__requires1 } }')).errors[0]?.message).toMatch(/Cannot query field/);
  });
});
