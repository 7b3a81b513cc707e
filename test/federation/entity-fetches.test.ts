import { createFederation, subgraphsAsked } from '../support/small-federation';

type Row = Readonly<Record<string, unknown>>;
const BOOKS = ['1', '2', '1', '3', '2'].map((id) => ({ id, author: { id: `a${id}` }, editor: { id: 'a1' } }));
const SUBGRAPHS = {
  books: {
    typeDefs: `
      type Query { books: [Book!]!  best: Book  shelf: Shelf }
      type Book @key(fields: "id") { id: ID!  author: Person  editor: Person }
      type Shelf { book: Book  keeper: Person }
      type Person @key(fields: "id", resolvable: false) { id: ID! }`,
    resolvers: {
      Query: {
        books: () => BOOKS,
        best: () => BOOKS[3],
        shelf: () => ({ book: BOOKS[1], keeper: { id: 'a9' } }),
      },
    },
  },
  people: {
    typeDefs: `
      type Person @key(fields: "id") { id: ID!  name: String  born: Int }
      type Book @key(fields: "id") { id: ID!  readers: Int }`,
    resolvers: {
      Person: { __resolveReference: ({ id }: Row) => ({ id, name: `name of ${String(id)}`, born: 1900 }) },
      Book: { __resolveReference: ({ id }: Row) => ({ id, readers: Number(id) }) },
    },
  },
};

describe('entities of one subgraph', () => {
  it('that are ready at the same moment are asked for in one request, whatever branch they come from', async () => {
    const federation = createFederation(SUBGRAPHS);

    const { data, errors } = await federation.query(
      '{ books { author { name } editor { born } readers } best { author { born } } shelf { keeper { name } book { readers } } }',
    );
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      books: [{ author: { name: 'name of a1' }, editor: { born: 1900 }, readers: 1 }, {}, {}, {}, {}],
      best: { author: { born: 1900 } },
      shelf: { keeper: { name: 'name of a9' }, book: { readers: 2 } },
    });
    expect(subgraphsAsked(federation)).toEqual(['books', 'people']);
  });

  it('that are the same are asked for once, and stand at each of their places', async () => {
    const federation = createFederation(SUBGRAPHS);

    expect(await federation.query('{ books { readers } }')).toMatchObject({
      data: { books: [1, 2, 1, 3, 2].map((readers) => ({ readers })) },
    });
    expect(federation.representationsTo('people').map(({ id }) => id)).toEqual(['1', '2', '3']);
  });

  it('whose members have a field of one name and two types keep it at each of their places', async () => {
    const pets = ['c1', 'd1', 'd1', 'c1', 'd1'].map((id) => ({
      id,
      kind: id.startsWith('c') ? 'Cat' : 'Dog',
    }));
    const { query } = createFederation({
      shelter: {
        typeDefs: `type Query { pets: [Pet] }  union Pet = Cat | Dog
          type Cat @key(fields: "id") { id: ID! }  type Dog @key(fields: "id") { id: ID! }`,
        resolvers: { Query: { pets: () => pets }, Pet: { __resolveType: ({ kind }: Row) => kind } },
      },
      names: {
        typeDefs: `interface Named { name: String }
          type Cat implements Named @key(fields: "id") { id: ID!  name: String! }
          type Dog implements Named @key(fields: "id") { id: ID!  name: String }`,
        resolvers: {
          Cat: { __resolveReference: () => ({ name: 'Tom' }) },
          Dog: { __resolveReference: () => ({ name: 'Rex' }) },
        },
      },
    });

    expect(await query('{ pets { ... on Named { name } } }')).toEqual({
      data: { pets: ['Tom', 'Rex', 'Rex', 'Tom', 'Rex'].map((name) => ({ name })) },
      errors: [],
    });
  });

  it('that are nowhere are not asked for', async () => {
    const { books, people } = SUBGRAPHS;
    const federation = createFederation({
      books: { ...books, resolvers: { Query: { books: () => [], best: () => null } } },
      people,
    });

    expect(await federation.query('{ books { readers } best { author { name } } }')).toEqual({
      data: { books: [], best: null },
      errors: [],
    });
    expect(subgraphsAsked(federation)).toEqual(['books']);
  });

  it('are asked for with variables of the client’s, under whatever names', async () => {
    const { books, people } = SUBGRAPHS;
    const federation = createFederation({
      books,
      people: {
        typeDefs:
          people.typeDefs.replace('name: String', 'name(long: Boolean, in: In): String') +
          ' input In { a: [Int] }',
        resolvers: {
          ...people.resolvers,
          Person: {
            __resolveReference: (given: Row) => given,
            name: (_: Row, args: Row) => JSON.stringify(args),
          },
        },
      },
    });

    const document = `query ($representations: Boolean = true, $representations_2: [Int]) {
      best { author { name(long: $representations, in: { a: $representations_2 }) } }
    }`;
    expect(await federation.query(document, { representations_2: [7] })).toEqual({
      data: { best: { author: { name: '{"long":true,"in":{"a":[7]}}' } } },
      errors: [],
    });
  });
});

describe('mutations', () => {
  it('run one after the other, over subgraphs', async () => {
    const ran: string[] = [];
    const run = (name: string) => async (): Promise<string> => {
      ran.push(`${name} starts`);
      await new Promise((resolve) => setImmediate(resolve));
      ran.push(`${name} ends`);
      return name;
    };
    const { query } = createFederation({
      one: {
        typeDefs: `type Query { q: Int }  type Mutation { a: String  c: String }`,
        resolvers: { Mutation: { a: run('a'), c: run('c') } },
      },
      two: {
        typeDefs: `type Mutation { b: String  d: String }`,
        resolvers: { Mutation: { b: run('b'), d: run('d') } },
      },
    });

    expect(await query('mutation { a b x: c y: a d }')).toEqual({
      data: { a: 'a', b: 'b', x: 'c', y: 'a', d: 'd' },
      errors: [],
    });
    expect(ran).toEqual(['a', 'b', 'c', 'a', 'd'].flatMap((name) => [`${name} starts`, `${name} ends`]));
  });

  it('run all the same when one before them failed', async () => {
    const { query } = createFederation({
      one: {
        typeDefs: `type Query { q: Int }  type Mutation { a: String }`,
        resolvers: {
          Mutation: {
            a: () => {
              throw new Error('no room');
            },
          },
        },
      },
      two: { typeDefs: `type Mutation { b: String }`, resolvers: { Mutation: { b: () => 'b' } } },
    });

    expect(await query('mutation { a b }')).toMatchObject({
      data: { a: null, b: 'b' },
      errors: [{ message: 'no room', path: ['a'] }],
    });
  });
});
