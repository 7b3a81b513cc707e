import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { graphql, parse } from 'graphql';
import {
  Arg,
  Args,
  ArgsType,
  Directive,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { buildFederatedSchema } from '../../subgraphs/federation/build-federated-schema';
import { DateScalar } from '../../subgraphs/federation/date-scalar';
import { DateTimeScalar } from '../../subgraphs/federation/date-time-scalar';
import { PageInfo } from '../../subgraphs/federation/page-info';
import { printFederatedSdl } from '../../subgraphs/federation/print-federated-sdl';

@ObjectType('Author', { description: 'Tác giả. An author.' })
@Directive('@key(fields: "name")')
class Author {
  @Field(() => ID, { description: 'Tên. The name.' })
  readonly name!: string;
}

@Resolver(() => Author)
class AuthorResolver {
  @Query(() => Author, { nullable: true })
  author(@Arg('name', () => ID) name: string): Author | null {
    return { name };
  }

  @Query(() => PageInfo, { nullable: true })
  page(): PageInfo | null {
    return null;
  }
}

@ObjectType('Author')
@Directive('@key(fields: "name")')
@Directive('@shardBy(graph: "books", key: "name", route: [SCATTER])')
class AuthorOfBooks {
  @Field(() => ID)
  readonly name!: string;
}

@ObjectType('Book')
@Directive('@key(fields: "isbn")')
@Directive('@shardBy(graph: "books", key: "isbn", route: [INDEX, SCATTER])')
class Book {
  @Field(() => ID)
  readonly isbn!: string;

  @Field(() => Int, { nullable: true, description: 'Số bản. Copies held.' })
  @Directive('@gather(by: SUM)')
  readonly copies?: number | null;

  @Field(() => AuthorOfBooks, { nullable: true })
  readonly author?: AuthorOfBooks | null;
}

@InputType('BookFilter')
class BookFilter {
  @Field(() => [ID], { nullable: true, description: 'Thư viện. Libraries.' })
  @Directive('@shardArg(route: AGENCY)')
  readonly libraries?: readonly string[] | null;
}

@ArgsType()
class BooksArgs {
  @Field(() => BookFilter, { nullable: true })
  readonly filter?: BookFilter | null;

  @Field(() => ID, { nullable: true })
  @Directive('@shardArg(route: PREFIX)')
  readonly prefix?: string | null;

  @Field(() => Int, { nullable: true, defaultValue: 20 })
  readonly first?: number | null;
}

@Resolver(() => Book)
class BookResolver {
  constructor(private readonly held: number) {}

  @Query(() => Book, { nullable: true, description: 'Một cuốn sách. One book.' })
  @Directive('@gather(by: FIRST)')
  book(
    @Arg('isbn', () => ID, { description: 'Mã. The ISBN.' })
    @Directive('@shardArg(route: INDEX)')
    isbn: string,
  ): Book {
    return { isbn };
  }

  @Query(() => DateTimeScalar, { nullable: true })
  @Directive('@gather(by: MIN)')
  instant(@Arg('at', () => DateTimeScalar) at: string, @Arg('day', () => DateScalar) day: string): string {
    return day > '2024' ? at : '';
  }

  @FieldResolver(() => Int, { nullable: true })
  copies(@Root() book: Book): number | null {
    return book.isbn === '0' ? null : this.held;
  }
}

@Resolver(() => AuthorOfBooks)
class AuthorOfBooksResolver {
  @FieldResolver(() => [Book], { nullable: true })
  @Directive('@gather(by: CONCAT, key: "isbn")')
  books(@Root() author: AuthorOfBooks, @Args(() => BooksArgs) { first }: BooksArgs): Book[] {
    return [{ isbn: `${author.name}-${String(first)}` }];
  }
}

const AUTHORS = { resolvers: [AuthorResolver], orphanedTypes: [] } as const;
const BOOKS = { resolvers: [BookResolver, AuthorOfBooksResolver], orphanedTypes: [AuthorOfBooks] } as const;

function composeBoth(): string {
  const composed = composeServices([
    { name: 'authors', url: 'http://localhost/authors', typeDefs: parse(printFederatedSdl(AUTHORS)) },
    { name: 'books', url: 'http://localhost/books', typeDefs: parse(printFederatedSdl(BOOKS)) },
  ]);
  expect(composed.errors ?? []).toEqual([]);
  return composed.supergraphSdl ?? '';
}

function buildBooks() {
  return buildFederatedSchema({
    ...BOOKS,
    instances: [new BookResolver(3), new AuthorOfBooksResolver()],
    references: {
      Book: ({ isbn }) => {
        if (isbn === 'broken') throw new Error('unreadable row');
        return isbn === 'unknown' ? null : { isbn };
      },
    },
  });
}

describe('a subgraph built from decorated classes', () => {
  it.each([
    ['a type', /type Book[^{]*@shardBy\(graph: "books", key: "isbn", route: \[INDEX, SCATTER\]\)/],
    [
      'an entity of two subgraphs',
      /type Author[^{]*@shardBy\(graph: "books", key: "name", route: \[SCATTER\]\)/,
    ],
    ['a field', /copies: Int[^\n]*@gather\(by: SUM\)/],
    ['a root field', /\): Book[^\n]*@gather\(by: FIRST\)/],
    ['an inline argument', /isbn: ID! @shardArg\(route: INDEX\)/],
    ['an argument of an ArgsType class', /prefix: ID @shardArg\(route: PREFIX\)/],
    ['an input field', /libraries: \[ID!\][^\n]*@shardArg\(route: AGENCY\)/],
  ])('composes its shard directive on %s into the supergraph', (_place, pattern) => {
    expect(composeBoth()).toMatch(pattern);
  });

  it('keeps every part of the shard spec out of the API schema', () => {
    const api = Supergraph.build(composeBoth()).apiSchema().toGraphQLJSSchema();

    expect(api.getDirectives().map(({ name }) => name)).not.toEqual(expect.arrayContaining(['gather']));
    expect(Object.keys(api.getTypeMap()).filter((name) => name.startsWith('shard__'))).toEqual([]);
  });

  it('keeps descriptions of types, fields, arguments and input fields', () => {
    const sdl = composeBoth();

    for (const text of [
      'Tác giả. An author.',
      'Số bản. Copies held.',
      'Mã. The ISBN.',
      'Thư viện. Libraries.',
    ]) {
      expect(sdl).toContain(text);
    }
  });

  it.each([
    '@shardBy(graph: "books", key: "isbn", route: [INDEX, SCATTER])',
    '@gather(by: CONCAT, key: "isbn")',
  ])('prints enum values as enum values: %s', (directive) => {
    expect(printFederatedSdl(BOOKS)).toContain(directive);
  });

  it('does not link the shard spec when it uses none of its directives', () => {
    expect(printFederatedSdl(AUTHORS)).not.toMatch(/shard/);
  });

  it('hands arguments with their defaults to resolver instances', async () => {
    const source = '{ book(isbn: "7") { isbn copies } }';
    expect(await graphql({ schema: buildBooks(), source })).toEqual({
      data: { book: { isbn: '7', copies: 3 } },
    });
  });

  it('answers representations in their order, null for unknown rows, and loses none beside one that fails', async () => {
    const representations = [
      { __typename: 'Book', isbn: '2' },
      { __typename: 'Book', isbn: 'unknown' },
      { __typename: 'Book', isbn: 'broken' },
      { __typename: 'Author', name: 'Ada' },
    ];
    const source = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Book { isbn copies } ... on Author { name books { isbn } } }
    }`;
    const result = await graphql({ schema: buildBooks(), source, variableValues: { representations } });

    expect(result.data).toEqual({
      _entities: [{ isbn: '2', copies: 3 }, null, null, { name: 'Ada', books: [{ isbn: 'Ada-20' }] }],
    });
    expect(result.errors?.map(({ message, path }) => ({ message, path }))).toEqual([
      { message: 'unreadable row', path: ['_entities', 2] },
    ]);
  });

  it('refuses to start without an instance of a resolver', () => {
    expect(() => buildFederatedSchema({ ...BOOKS, instances: [new BookResolver(1)] })).toThrow(
      /AuthorOfBooksResolver/,
    );
  });
});

describe('the Date and DateTime scalars', () => {
  it('turn an instant with an offset into UTC', async () => {
    const source = '{ instant(at: "2024-06-28T10:00:00+07:00", day: "2024-02-29") }';
    expect(await graphql({ schema: buildBooks(), source })).toEqual({
      data: { instant: '2024-06-28T03:00:00Z' },
    });
  });

  it.each([
    ['"2024-06-28T03:00:00Z"', '"2023-02-29"', 'got "2023-02-29"'],
    ['"2024-06-28T03:00:00Z"', '"28/06/2024"', 'got "28/06/2024"'],
    ['"2024-06-28T03:00:00"', '"2024-06-28"', 'got "2024-06-28T03:00:00"'],
    ['"2024-06-31T03:00:00Z"', '"2024-06-28"', 'got "2024-06-31"'],
  ])('refuse %s with %s as a coded client error that shows the value', async (at, day, shown) => {
    const { errors } = await graphql({ schema: buildBooks(), source: `{ instant(at: ${at}, day: ${day}) }` });

    expect(errors?.[0]?.message).toContain(shown);
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });
});
