import { parse } from 'graphql';
import { createFederation } from '../support/small-federation';
import { gatewayOver } from '../support/scripted-subgraph';

const codesOf = (
  errors: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[],
): readonly unknown[] => errors.map(({ extensions }) => extensions?.['code']);

const chain = (levels: number): string => {
  const fragments = Array.from({ length: levels }, (_, at) => `fragment F${at} on Query { ...F${at + 1} }`);
  return `{ ...F0 } ${fragments.join(' ')} fragment F${levels} on Query { a }`;
};

describe('an operation that would take too much', () => {
  it('by fragments that name each other many times is refused before it is opened', async () => {
    const count = 30;
    const fragments = Array.from({ length: count }, (_, at) =>
      at === count - 1
        ? `fragment F${at} on Query { a }`
        : `fragment F${at} on Query { ...F${at + 1} ... on Query { ...F${at + 1} } }`,
    );
    const { query } = gatewayOver('type Query { a: Int }', { a: 1 }, { maxSelections: 10_000 });

    const { data, errors } = await query(`{ ...F0 } ${fragments.join('\n')}`);
    expect(data).toBeUndefined();
    expect(codesOf(errors)).toEqual(['OPERATION_TOO_COMPLEX']);
    expect(errors[0]?.message).toMatch(/more than 10000 fields/);
  });

  it('by the many ways to reach its fields is given up after the time that planning may take', async () => {
    const types = Array.from({ length: 12 }, (_, at) => `T${at}`);
    const subgraph = (name: string): string => `
      type Query { ${name}: [I] }
      interface I { id: ID!  next: I  ${name}Value: Int }
      ${types.map((type) => `type ${type} implements I @key(fields: "id") { id: ID!  next: I @shareable  ${name}Value: Int }`).join('\n')}`;
    const { query } = createFederation(
      Object.fromEntries(['one', 'two', 'three', 'four'].map((name) => [name, { typeDefs: subgraph(name) }])),
      { maxPlanningMs: 50 },
    );
    const deep = (levels: number): string =>
      levels === 0 ? 'id' : `id oneValue next { ${deep(levels - 1)} }`;

    const startedAt = performance.now();
    const { data, errors } = await query(`{ one { ${deep(12)} } }`);
    expect(data).toBeUndefined();
    expect(codesOf(errors)).toEqual(['OPERATION_TOO_COMPLEX']);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it.each([
    ['fragments that name each other', (levels: number) => chain(levels)],
    [
      'fragments in fragments',
      (levels: number) => `${'{ ... on Query '.repeat(levels)}{ a }${'}'.repeat(levels)}`,
    ],
    ['fields in fields', (levels: number) => `{ t ${'{ t '.repeat(levels)}{ a }${'}'.repeat(levels)} }`],
  ])('by %s that nest deeply is refused, however deep', async (_, document) => {
    const typeDefs = 'type Query { a: Int  t: T }  type T { t: T  a: Int }';
    const { query, faults } = gatewayOver(typeDefs, { a: 1, t: null }, { maxDepth: 1_000_000 });

    for (const levels of [501, 1_200, 2_500, 20_000]) {
      const { data, errors } = await query(document(levels));
      expect(data).toBeUndefined();
      expect(codesOf(errors)).toEqual(['OPERATION_TOO_COMPLEX']);
    }
    expect((await query(document(450))).errors).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('does not harm the one after it', async () => {
    const { query } = gatewayOver('type Query { a: Int }', { a: 1 }, { maxSelections: 3 });

    expect(codesOf((await query('{ a b: a c: a d: a }')).errors)).toEqual(['OPERATION_TOO_COMPLEX']);
    expect(await query('{ a b: a c: a }')).toEqual({ data: { a: 1, b: 1, c: 1 }, errors: [] });
  });

  it('by its depth is refused, fragments followed', async () => {
    const typeDefs = 'type Query { a: T }  type T { t: T  x: Int }';
    const { query } = gatewayOver(typeDefs, { a: null }, { maxDepth: 4 });

    expect(await query('{ a { t { t { x } } } }')).toMatchObject({ errors: [] });
    const { errors } = await query('{ a { ...F } } fragment F on T { t { t { t { x } } } }');
    expect(errors[0]?.message).toMatch(/nests fields 5 deep; at most 4/);
  });
});

describe('many distinct bad documents', () => {
  it('do not push a good one out', async () => {
    const { query, operations } = gatewayOver(
      'type Query { a(b: Int): Int }',
      { a: 1 },
      { maxBytes: 100_000, maxSelections: 5 },
    );
    await query('{ a }');

    for (let at = 0; at < 2_000; at++) {
      await query(`{ wrong${at} }`);
      await query(`{ a(b: "${at}") }`);
      await query(`{ syntax ${at} `);
      if (at % 20 === 0) await query(`{ a b${at}: a c: a d: a e: a f: a }`);
    }
    expect(operations.find('{ a }', undefined)).toBeDefined();
  });

  it('good ones leave when they take more than they may, the longest unused first', async () => {
    const { query, operations } = gatewayOver(
      'type Query { a(b: Int): Int }',
      { a: 1 },
      { maxBytes: 200_000 },
    );

    await query('{ a }');
    for (let at = 0; at < 500; at++) await query(`{ a(b: ${at}) }`);
    expect(operations.find('{ a }', undefined)).toBeUndefined();
    expect(operations.find('{ a(b: 499) }', undefined)).toBeDefined();
  });
});

describe('deep and wide answers', () => {
  const typeDefs = `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    type Query { node: Node  list: [Node!]!  numbers: [[Int]] }
    type Node { id: Int!  node: Node  name: String }`;

  it('of 300 levels are answered', async () => {
    const levels = 300;
    const nest = (level: number): unknown => (level === 0 ? { id: 0 } : { id: level, node: nest(level - 1) });
    const select = (level: number): string => (level === 0 ? '{ id }' : `{ id node ${select(level - 1)} }`);
    const { query } = gatewayOver(typeDefs, { node: nest(levels) });

    const { data, errors } = await query(`{ node ${select(levels)} }`);
    expect(errors).toEqual([]);
    expect(data).toEqual({ node: nest(levels) });
  });

  it('of 100,000 items are answered, and told of where one is wrong', async () => {
    const list = Array.from({ length: 100_000 }, (_, id) => ({ id, name: id === 77_777 ? 7 : 'x' }));
    const { query } = gatewayOver(typeDefs, { list });

    const { data, errors } = await query('{ list { id name } }');
    expect(errors.map(({ path }) => path)).toEqual([['list', 77_777, 'name']]);
    expect(data?.['list']).toHaveLength(100_000);
  });

  it('of 100,000 entities are joined', async () => {
    const count = 100_000;
    const { query } = createFederation({
      one: {
        typeDefs: 'type Query { all: [E] }  type E @key(fields: "id") { id: Int! }',
        resolvers: { Query: { all: () => Array.from({ length: count }, (_, id) => ({ id: id % 1000 })) } },
      },
      two: {
        typeDefs: 'type E @key(fields: "id") { id: Int!  twice: Int }',
        resolvers: { E: { __resolveReference: ({ id }) => ({ id, twice: Number(id) * 2 }) } },
      },
    });

    const { data, errors } = await query('{ all { twice } }');
    expect(errors).toEqual([]);
    // Of that shape by the schema.
    const all = data?.['all'] as readonly { readonly twice: number }[];
    expect([all.length, all[99_999]?.twice]).toEqual([count, 1998]);
  });

  it('that are wrong everywhere are answered with errors', async () => {
    const { query } = gatewayOver(typeDefs, {
      numbers: Array.from({ length: 20_000 }, () => ['x', null, 1]),
    });

    const { data, errors } = await query('{ numbers }');
    expect(data?.['numbers']).toHaveLength(20_000);
    expect(errors.length).toBeGreaterThan(0);
  });
});

describe('names that every object has', () => {
  const typeDefs =
    'scalar Json  type Query { a(toString: Int): T  valueOf: Int  json: Json }  type T { constructor: String  b: Int }';

  it('are fields, aliases, arguments and variables like any other', async () => {
    const { query } = gatewayOver(typeDefs, (_, { query: asked }) => {
      const [field] = parse(asked).definitions;
      expect(field).toBeDefined();
      return Promise.resolve({
        data: { a: { constructor: 'c', b: 1 }, a__2: { constructor: 'c', b: 1 }, valueOf: 5, valueOf__2: 5 },
      });
    });

    const document =
      'query ($constructor: Int) { hasOwnProperty: a(toString: $constructor) { toString: b } valueOf }';
    const { data, errors } = await query(document, { constructor: 1 });
    expect(errors).toEqual([]);
    expect(JSON.stringify(data)).toBe('{"hasOwnProperty":{"toString":1},"valueOf":5}');
  });

  it('in data do no harm', async () => {
    const json: unknown = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    );
    const { query } = gatewayOver(typeDefs, () =>
      Promise.resolve(
        JSON.parse(
          `{"data":{"__proto__":{"valueOf":1},"json":${JSON.stringify(json)},"a":{"__proto__":{"b":1}}}}`,
        ),
      ),
    );

    const { data, errors } = await query('{ json a { b } }');
    expect(JSON.stringify(data)).toBe(`{"json":${JSON.stringify(json)},"a":{"b":null}}`);
    expect(errors.map(({ path }) => path)).toEqual([['a', 'b']]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('all but __proto__, which is refused with its reason', async () => {
    const { errors } = await gatewayOver(typeDefs, {}).query('{ __proto__: valueOf }');

    expect(errors[0]?.message).toBe('"__proto__" cannot be an alias; choose another name');
  });
});
