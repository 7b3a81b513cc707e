import { gatewayOver } from '../support/scripted-subgraph';
import { createFederation } from '../support/small-federation';

type Row = Readonly<Record<string, unknown>>;

describe('enums', () => {
  const subgraphs = {
    one: {
      typeDefs: `type Query { item: Item  back(state: State): State  states: [[State!]] }  enum State { ON OFF }  type Item @key(fields: "id") { id: ID!  state: State }`,
      resolvers: {
        Query: {
          item: () => ({ id: '1', state: 'ON' }),
          back: (_: Row, { state }: Row) => state,
          states: () => [['ON', 'OFF'], null],
        },
      },
    },
    two: {
      typeDefs: `enum State { ON OFF }  type Item @key(fields: "id") { id: ID!  state: State @external  says: String @requires(fields: "state") }`,
      resolvers: {
        Item: {
          __resolveReference: (given: Row) => given,
          says: ({ state }: Row) => `it is ${String(state)}`,
        },
      },
    },
  };

  it('are answered, taken as literals and variables, and handed from subgraph to subgraph', async () => {
    const { query } = createFederation(subgraphs);

    expect(
      await query('query ($s: State) { item { state says } a: back(state: OFF) b: back(state: $s) states }', {
        s: 'ON',
      }),
    ).toEqual({
      data: { item: { state: 'ON', says: 'it is ON' }, a: 'OFF', b: 'ON', states: [['ON', 'OFF'], null] },
      errors: [],
    });
  });

  it('refuse a variable that is none of their values', async () => {
    const { errors } = await createFederation(subgraphs).query('query ($s: State) { back(state: $s) }', {
      s: 'MAYBE',
    });

    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors[0]?.message).toMatch(/MAYBE/);
  });
});

describe('custom scalars', () => {
  const subgraphs = {
    one: {
      typeDefs: `scalar Json  input In { json: Json  list: [Json] }  type Query { back(json: Json, in: In): Json  many: [Json] }`,
      resolvers: {
        Query: {
          back: (_: Row, { json, in: input }: Row) => json ?? input ?? null,
          many: () => [{ a: [1] }, null, 'x', 0, false],
        },
      },
    },
  };

  it('pass as they are, whatever JSON they are', async () => {
    const { query } = createFederation(subgraphs);
    const json = { a: [1, { b: null }], __proto: 'x', constructor: { name: 'y' } };

    expect(
      await query('query ($j: Json, $l: Json) { a: back(json: $j) many b: back(in: { list: [$l, 3] }) }', {
        j: json,
        l: [2],
      }),
    ).toEqual({
      data: { a: json, many: [{ a: [1] }, null, 'x', 0, false], b: { list: [[2], 3] } },
      errors: [],
    });
  });
});

describe('built-in scalars', () => {
  it.each([
    ['an Int beyond 32 bits', 'int', 2 ** 40],
    ['an Int with a fraction', 'int', 1.5],
    ['a number for a String', 'string', 7],
    ['a text for a Boolean', 'boolean', 'true'],
    ['an object for an ID', 'id', {}],
    ['a text for a Float', 'float', '1.5'],
  ])('are an error when a subgraph answers %s', async (_, field, value) => {
    const { query } = gatewayOver(
      'type Query { int: Int  string: String  boolean: Boolean  id: ID  float: Float }',
      {
        [field]: value,
      },
    );

    expect(await query(`{ a: ${field} }`)).toMatchObject({
      data: { a: null },
      errors: [{ path: ['a'], extensions: { code: 'SUBGRAPH_BAD_RESPONSE' } }],
    });
  });
});

describe('@composeDirective', () => {
  it('is no hindrance: what it composes stays in the supergraph', async () => {
    const { query } = gatewayOver(
      `type Query { a: Int @shout }
       directive @shout on FIELD_DEFINITION
       extend schema @composeDirective(name: "@shout") @link(url: "https://specs.example/shout/v1.0", import: ["@shout"])
         @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective"])`,
      { a: 1 },
    );

    expect(await query('{ a }')).toEqual({ data: { a: 1 }, errors: [] });
  });
});

describe('__typename', () => {
  it('is answered anywhere, under any alias, of the root too', async () => {
    const { query } = createFederation({
      one: {
        typeDefs: `type Query { item: Item  pet: Pet }  type Item @key(fields: "id") { id: ID!  sub: Sub }  type Sub { x: Int }
          union Pet = Cat | Dog  type Cat { a: Int }  type Dog { a: Int }`,
        resolvers: {
          Query: { item: () => ({ id: '1', sub: { x: 1 } }), pet: () => ({}) },
          Pet: { __resolveType: () => 'Dog' },
        },
      },
      two: {
        typeDefs: `type Item @key(fields: "id") { id: ID!  other: Sub2 }  type Sub2 { y: Int }`,
        resolvers: { Item: { __resolveReference: () => ({ other: { y: 2 } }) } },
      },
    });

    expect(
      await query(
        '{ __typename q: __typename item { t: __typename sub { __typename } other { y u: __typename } } pet { __typename } }',
      ),
    ).toEqual({
      data: {
        __typename: 'Query',
        q: 'Query',
        item: { t: 'Item', sub: { __typename: 'Sub' }, other: { y: 2, u: 'Sub2' } },
        pet: { __typename: 'Dog' },
      },
      errors: [],
    });
  });

  it('alone needs no subgraph', async () => {
    const federation = createFederation({ one: { typeDefs: 'type Query { a: Int }' } });

    expect(await federation.query('{ __typename ... { x: __typename } }')).toEqual({
      data: { __typename: 'Query', x: 'Query' },
      errors: [],
    });
    expect(federation.calls).toEqual([]);
  });
});
