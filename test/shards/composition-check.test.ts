import { ShardSpecError } from '../../gateway/shards/spec/check-shard-spec';
import { readShardSpec } from '../../gateway/shards/spec/read-shard-spec';
import { composeSdl, withShardSpec } from '../support/compose-sharded';
import { smallDossiersGraph } from '../support/sharded-world';
import { thrownBy } from '../support/thrown-by';

/** What the check says of a subgraph "books" that is sharded because `Branch` is. */
function problemsOf(sdl: string): readonly string[] {
  const error = thrownBy(() => readShardSpec(composeSdl({ books: withShardSpec(BRANCH + sdl) })));
  if (!(error instanceof ShardSpecError)) throw error;
  return error.problems;
}

const BRANCH = `
  type Branch @key(fields: "code") @shardBy(graph: "books", key: "code", route: [AGENCY]) { code: ID! }
`;

describe('the composition check', () => {
  it('reads a subgraph that uses every rule and every route', () => {
    const graph = smallDossiersGraph();

    expect([...graph.entities.values()]).toEqual([
      { typeName: 'Agency', key: 'code', routes: ['AGENCY'] },
      { typeName: 'Dossier', key: 'code', routes: ['PREFIX', 'INDEX', 'SCATTER'] },
      { typeName: 'Procedure', key: 'code', routes: ['SCATTER'] },
    ]);
    expect(graph.types.get('Query')?.fields.get('desks')?.gather).toEqual({
      by: 'CONCAT',
      key: ['name'],
      sum: null,
      weight: null,
      completeness: 'ANY',
    });
  });

  it('finds no sharded subgraph in a supergraph that does not link the spec', () => {
    expect(readShardSpec(composeSdl({ books: 'type Query { title: String }' })).graphs.size).toBe(0);
  });

  it('leaves a subgraph alone that no @shardBy names', () => {
    const spec = readShardSpec(
      composeSdl({
        books: withShardSpec(`${BRANCH} type Query { count: Int @gather(by: SUM) }`),
        people: 'type Query { person: String! }',
      }),
    );

    expect([...spec.graphs.keys()]).toEqual(['books']);
  });

  it.each([
    ['a root field without a rule', 'type Query { titles: String }', '"Query.titles" is a root field'],
    [
      'a field of a gathered object without a rule',
      'type Query { stock: Stock @gather(by: OBJECT) } type Stock { books: Int }',
      '"Stock.books" is a field of a gathered object',
    ],
    [
      'a field of a gathered object inside a gathered object without a rule',
      `type Query { stock: Stock @gather(by: OBJECT) }
       type Stock { lent: Lent @gather(by: OBJECT) } type Lent { books: Int }`,
      '"Lent.books" is a field of a gathered object',
    ],
    [
      'a field of a group without a rule',
      'type Query { shelves: [Shelf!] @gather(by: GROUP, key: "name") } type Shelf { name: String }',
      '"Shelf.name" is a field of a gathered object',
    ],
    [
      'a field of a connection without a rule',
      `type Query { books(first: Int, after: String): Books @gather(by: MERGE) }
       type Books { edges: [BookEdge!]! pageInfo: PageInfo! lent: Int }
       type BookEdge { cursor: String! node: Book } type Book { title: String }
       type PageInfo { hasNextPage: Boolean! }`,
      '"Books.lent" is a field of a gathered connection',
    ],
    [
      'a gathered field on a type that is neither root, gathered, nor a routed entity',
      `type Query { book: Book @gather(by: FIRST) } type Book { copies: Int @gather(by: SUM) }`,
      '"Book.copies" is gathered, but "Book" is neither',
    ],
    [
      'two routes of one type for one graph',
      `type Query { count: Int @gather(by: SUM) }
       type Shelf @key(fields: "id")
         @shardBy(graph: "books", key: "id", route: [INDEX]) @shardBy(graph: "books", key: "id", route: [SCATTER])
         { id: ID! }`,
      'Type "Shelf" has 2 routes',
    ],
    [
      'an entity that nothing routes',
      'type Query { count: Int @gather(by: SUM) } type Shelf @key(fields: "id") { id: ID! }',
      'Entity "Shelf"',
    ],
    [
      'a route for a graph that does not exist',
      `type Query { count: Int @gather(by: SUM) }
       type Shelf @key(fields: "id") @shardBy(graph: "shelves", key: "id", route: [INDEX])
         @shardBy(graph: "books", key: "id", route: [INDEX]) { id: ID! }`,
      '@shardBy names the graph "shelves"',
    ],
    [
      'a route by a field that the type does not have',
      `type Query { count: Int @gather(by: SUM) }
       type Shelf @key(fields: "id") @shardBy(graph: "books", key: "code", route: [INDEX]) { id: ID! }`,
      '@shardBy on "Shelf" routes by "code"',
    ],
    [
      'a type with no route at all',
      `type Query { count: Int @gather(by: SUM) }
       type Shelf @key(fields: "id") @shardBy(graph: "books", key: "id", route: []) { id: ID! }`,
      '@shardBy on "Shelf" names no route',
    ],
    [
      'a gathered field that may not be null',
      'type Query { count: Int! @gather(by: SUM) }',
      '"Query.count" is gathered and must be nullable',
    ],
    [
      'CONCAT without a key',
      'type Query { books: [Book!] @gather(by: CONCAT) } type Book { title: String }',
      '"Query.books" gathers by CONCAT and needs a key',
    ],
    [
      'CONCAT of something that is no list',
      'type Query { books: Book @gather(by: CONCAT, key: "title") } type Book { title: String }',
      '"Query.books" gathers by CONCAT and must be a list',
    ],
    [
      'GROUP without a key',
      'type Query { books: [Book!] @gather(by: GROUP) } type Book { title: String @gather(by: FIRST) }',
      '"Query.books" gathers by GROUP and needs a key',
    ],
    [
      'a key that the rows do not have',
      'type Query { books: [Book!] @gather(by: CONCAT, key: "shelf.name") } type Book { shelf: Shelf } type Shelf { id: ID }',
      'the key "shelf.name", which is no scalar of "Book"',
    ],
    [
      'a key that leads to an object',
      'type Query { books: [Book!] @gather(by: CONCAT, key: "shelf") } type Book { shelf: Shelf } type Shelf { id: ID }',
      'the key "shelf", which is no scalar of "Book"',
    ],
    [
      'MEAN whose sum takes other arguments',
      'type Query { mean(of: ID): Float @gather(by: MEAN, sum: "n", weight: "m") n: Int @gather(by: SUM) m(of: ID): Int @gather(by: SUM) }',
      '"Query.mean" gathers by MEAN and its sum "n" must take the same arguments',
    ],
    [
      'OBJECT of an interface',
      `type Query { stock: Figures @gather(by: OBJECT) } interface Figures { books: Int @gather(by: SUM) }
       type Stock implements Figures { books: Int }`,
      '"Query.stock" is combined field by field, but its type is not an object',
    ],
    [
      'MEAN without its sum',
      'type Query { mean: Float @gather(by: MEAN, weight: "n") n: Int @gather(by: SUM) }',
      '"Query.mean" gathers by MEAN and its sum is not given',
    ],
    [
      'MEAN whose weight does not exist',
      'type Query { mean: Float @gather(by: MEAN, sum: "n", weight: "m") n: Int @gather(by: SUM) }',
      '"Query.mean" gathers by MEAN and its weight "m" is not a field of "Query"',
    ],
    [
      'MEAN over something that is no integer',
      'type Query { mean: Float @gather(by: MEAN, sum: "x", weight: "n") n: Int @gather(by: SUM) x: Float @gather(by: SUM) }',
      '"Query.mean" gathers by MEAN and its sum "x" must be an Int',
    ],
    [
      'MERGE of something that is no connection',
      'type Query { books: Book @gather(by: MERGE) } type Book { title: String }',
      '"Query.books" gathers by MERGE, but "Book" is no connection',
    ],
    [
      'pages inside a gathered object',
      `type Query { stock: Stock @gather(by: OBJECT) } type Stock { books(first: Int, after: String): Books @gather(by: MERGE) }
       type Books { edges: [BookEdge!]! pageInfo: PageInfo! }
       type BookEdge { cursor: String! node: Book } type Book { title: String }
       type PageInfo { hasNextPage: Boolean! }`,
      '"Stock.books" gathers by MERGE inside a gathered object',
    ],
    [
      'OBJECT of a scalar',
      'type Query { count: Int @gather(by: OBJECT) }',
      '"Query.count" is combined field by field, but its type is not an object',
    ],
    [
      'OBJECT of a list',
      'type Query { stock: [Stock!] @gather(by: OBJECT) } type Stock { books: Int @gather(by: SUM) }',
      '"Query.stock" gathers by OBJECT and must not be a list',
    ],
    [
      'SUM of an object',
      'type Query { book: Book @gather(by: SUM) } type Book { title: String }',
      '"Query.book" gathers by SUM and must be a single scalar',
    ],
    [
      'SUM of text',
      'type Query { title: String @gather(by: SUM) }',
      '"Query.title" gathers by SUM and must be an Int or a Float',
    ],
    [
      'a page without its arguments',
      `type Query { books: Books @gather(by: MERGE) }
       type Books { edges: [BookEdge!]! pageInfo: PageInfo! }
       type BookEdge { cursor: String! node: Book } type Book { title: String }
       type PageInfo { hasNextPage: Boolean! }`,
      '"Query.books" gathers by MERGE and needs the arguments first and after',
    ],
    [
      'two arguments that both choose systems by agency',
      `type Query { count(from: [ID!] @shardArg(route: AGENCY), to: [ID!] @shardArg(route: AGENCY)): Int @gather(by: SUM) }`,
      '"Query.count" has 2 arguments routed by AGENCY',
    ],
  ])('refuses %s', (_what, sdl, problem) => {
    const problems = problemsOf(sdl);

    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it('names every problem at once', () => {
    expect(problemsOf('type Query { titles: String count: Int! @gather(by: SUM) }')).toHaveLength(2);
  });

  it('refuses the directives under other names, which it would not see', () => {
    const sdl = withShardSpec('type Query { count: Int @sum(by: SUM) }')
      .replace('"@gather"]', '{ name: "@gather", as: "@sum" }]')
      .replace('@composeDirective(name: "@gather")', '@composeDirective(name: "@sum")')
      .replace('directive @gather', 'directive @sum');

    expect(() => readShardSpec(composeSdl({ books: sdl }))).toThrow(/"@gather" as "@sum"/);
  });

  it('refuses a later major version of the spec', () => {
    const sdl = withShardSpec('type Query { count: Int @gather(by: SUM) }').replace(
      'shard/v1.0',
      'shard/v2.0',
    );

    expect(() => readShardSpec(composeSdl({ books: sdl }))).toThrow(/shard\/v2\.0/);
  });
});
