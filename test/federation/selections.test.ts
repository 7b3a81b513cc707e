import { createFederation } from '../support/small-federation';

type Row = Readonly<Record<string, unknown>>;
const PETS = [
  { kind: 'Cat', id: 'c', name: 'Tom', size: 3, owner: { id: 'o', name: 'Ada' } },
  { kind: 'Dog', id: 'd', name: 'Rex', size: 'large', owner: null },
];
const SUBGRAPHS = {
  pets: {
    typeDefs: `
      type Query { pets: [Pet!]!  pet(id: ID! = "c"): Pet  animals: [Animal] }
      union Pet = Cat | Dog
      interface Animal { id: ID!  name: String }
      type Cat implements Animal @key(fields: "id") { id: ID!  name: String  size: Int  owner: Owner }
      type Dog implements Animal @key(fields: "id") { id: ID!  name: String!  size: String!  owner: Owner }
      type Owner @key(fields: "id") { id: ID!  name: String }`,
    resolvers: {
      Query: {
        pets: () => PETS,
        animals: () => [...PETS, null],
        pet: (_: Row, { id }: Row) => PETS.find((pet) => pet.id === id),
      },
      Pet: { __resolveType: ({ kind }: Row) => kind },
      Animal: { __resolveType: ({ kind }: Row) => kind },
    },
  },
  vets: {
    typeDefs: `
      type Cat @key(fields: "id") { id: ID!  chip: Int }
      type Dog @key(fields: "id") { id: ID!  chip: String  vaccinated(year: Int!): Boolean }
      type Owner @key(fields: "id") { id: ID!  bills: [Int] }`,
    resolvers: {
      Cat: { __resolveReference: () => ({ chip: 1 }) },
      Dog: {
        __resolveReference: () => ({ chip: 'x' }),
        vaccinated: (_: Row, { year }: Row) => year === 2024,
      },
      Owner: { __resolveReference: () => ({ bills: [1, 2] }) },
    },
  },
};
const ask = (document: string, variables = {}) => createFederation(SUBGRAPHS).query(document, variables);

describe('fragments on interfaces and unions', () => {
  it('answer each member what is selected of it', async () => {
    expect(
      await ask(
        '{ pets { ... on Cat { name chip } ... on Dog { n: name vaccinated(year: 2024) } ... on Animal { id } } }',
      ),
    ).toEqual({
      data: {
        pets: [
          { name: 'Tom', chip: 1, id: 'c' },
          { n: 'Rex', vaccinated: true, id: 'd' },
        ],
      },
      errors: [],
    });
  });

  it('may name one answer for fields of different types', async () => {
    expect(await ask('{ pets { ... on Cat { size x: chip } ... on Dog { y: size x2: chip } } }')).toEqual({
      data: {
        pets: [
          { size: 3, x: 1 },
          { y: 'large', x2: 'x' },
        ],
      },
      errors: [],
    });
  });

  it('by name can be nested and used at several places', async () => {
    const document = `
      { animals { ...A } pet { ...A } }
      fragment A on Animal { name ... on Cat { ...C } }
      fragment C on Cat { owner { ...O } }
      fragment O on Owner { name bills }`;

    expect(await ask(document)).toEqual({
      data: {
        animals: [{ name: 'Tom', owner: { name: 'Ada', bills: [1, 2] } }, { name: 'Rex' }, null],
        pet: { name: 'Tom', owner: { name: 'Ada', bills: [1, 2] } },
      },
      errors: [],
    });
  });

  it('join what is selected of one field at several places', async () => {
    expect(
      await ask(
        '{ pet { ... on Cat { owner { id } } ... on Animal { ... on Cat { owner { name } owner { bills } } } } }',
      ),
    ).toEqual({
      data: { pet: { owner: { id: 'o', name: 'Ada', bills: [1, 2] } } },
      errors: [],
    });
  });
});

describe('aliases', () => {
  it('keep values of one field with different arguments apart', async () => {
    expect(
      await ask(
        '{ a: pet { __typename } b: pet(id: "d") { __typename ... on Dog { x: vaccinated(year: 1) y: vaccinated(year: 2024) } } }',
      ),
    ).toEqual({
      data: { a: { __typename: 'Cat' }, b: { __typename: 'Dog', x: false, y: true } },
      errors: [],
    });
  });

  it('may be the names of keys, of other fields, and of what every object has', async () => {
    const cat = 'id: name name: id toString: chip __typename: size hasOwnProperty: owner { id: bills }';

    expect(await ask(`{ constructor: pet { ... on Cat { ${cat} } } }`)).toEqual({
      data: {
        constructor: { id: 'Tom', name: 'c', toString: 1, __typename: 3, hasOwnProperty: { id: [1, 2] } },
      },
      errors: [],
    });
  });

  it('do not take each other’s values away when a null may not stand in one of them', async () => {
    const { query } = createFederation({
      one: {
        typeDefs: 'type Query { item: Item }  type Item { good: Int  bad: Int! }',
        resolvers: { Query: { item: () => ({ good: 1, bad: null }) } },
      },
    });

    const { data, errors } = await query('{ a: item { good } b: item { bad } }');
    expect(data).toEqual({ a: { good: 1 }, b: null });
    expect(errors.map(({ path }) => path)).toEqual([['b', 'bad']]);
  });

  it('stand in the answer in the order of the operation', async () => {
    const { data } = await ask(
      '{ z: pet { ... on Cat { chip } ... on Animal { name id } } a: __typename pet { __typename } }',
    );

    expect(JSON.stringify(data)).toBe(
      '{"z":{"chip":1,"name":"Tom","id":"c"},"a":"Query","pet":{"__typename":"Cat"}}',
    );
  });
});

describe('@skip and @include', () => {
  const document = `query ($a: Boolean!, $b: Boolean = true) {
    pet @skip(if: $a) { ... on Cat @include(if: $b) { name chip @skip(if: $b) } ... on Animal { id @include(if: $a) } }
    __typename @include(if: $a)
  }`;

  it.each([
    [{ a: true }, { __typename: 'Query' }],
    [{ a: false }, { pet: { name: 'Tom' } }],
    [{ a: false, b: false }, { pet: {} }],
  ])('decide by %j', async (variables, data) => {
    expect(await ask(document, variables)).toEqual({ data, errors: [] });
  });

  it('decide anew for each request of one operation', async () => {
    const { query } = createFederation(SUBGRAPHS);
    const ids = 'query ($s: Boolean!) { pet { ... on Cat { id @skip(if: $s) chip @include(if: $s) } } }';

    for (const s of [true, false, true, false])
      expect(await query(ids, { s })).toEqual({ data: { pet: s ? { chip: 1 } : { id: 'c' } }, errors: [] });
  });

  it('keep an object whose fields are all left out', async () => {
    const { query } = createFederation(SUBGRAPHS);
    const nested =
      'query ($a: Boolean!, $b: Boolean!) { pet @skip(if: $a) { ... on Animal { name @skip(if: $b) } } }';

    expect(await query(nested, { a: false, b: true })).toEqual({ data: { pet: {} }, errors: [] });
    expect(await query(nested, { a: true, b: false })).toEqual({ data: {}, errors: [] });
    expect(await query(nested, { a: false, b: false })).toEqual({
      data: { pet: { name: 'Tom' } },
      errors: [],
    });
  });

  it('refuse a variable that is null, which would decide nothing', async () => {
    const decided = 'query A($a: Boolean = true) { __typename @skip(if: $a) }';

    expect(await ask(decided, { a: null })).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(await ask(decided)).toEqual({ data: {}, errors: [] });
  });

  it('ask a subgraph nothing that is left out', async () => {
    const federation = createFederation(SUBGRAPHS);

    await federation.query('query ($s: Boolean!) { pet { ... on Cat { name chip @skip(if: $s) } } }', {
      s: true,
    });
    expect(federation.calls.map(({ subgraph }) => subgraph)).toEqual(['pets']);
  });
});
