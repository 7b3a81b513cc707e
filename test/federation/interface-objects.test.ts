import { createFederation } from '../support/small-federation';

type Row = Readonly<Record<string, unknown>>;
const MEDIA: readonly Row[] = [
  { kind: 'Book', id: 'b', title: 'Notes', pages: 9 },
  { kind: 'Film', id: 'f', title: 'Metropolis', minutes: 150 },
];
const find = ({ id }: Row): Row | undefined => MEDIA.find((one) => one['id'] === id);

const SUBGRAPHS = {
  library: {
    typeDefs: `
      type Query { media: [Medium!]! }
      interface Medium @key(fields: "id") { id: ID!  title: String }
      type Book implements Medium @key(fields: "id") { id: ID!  title: String  pages: Int }
      type Film implements Medium @key(fields: "id") { id: ID!  title: String  minutes: Int }`,
    resolvers: {
      Query: { media: () => MEDIA },
      Medium: { __resolveType: ({ kind }: Row) => kind, __resolveReference: find },
      Book: { __resolveReference: find },
      Film: { __resolveReference: find },
    },
  },
  ratings: {
    typeDefs: `
      type Query { best: [Medium!] }
      type Medium @interfaceObject @key(fields: "id") {
        id: ID!
        title: String @external
        rating: Int
        label: String @requires(fields: "title")
      }`,
    resolvers: {
      Query: {
        best: () => [
          { id: 'f', rating: 5 },
          { id: 'b', rating: 4 },
        ],
      },
      Medium: {
        __resolveReference: (given: Row) => ({ ...given, rating: given['id'] === 'f' ? 5 : 4 }),
        label: ({ title }: Row) => `label of ${String(title)}`,
      },
    },
  },
};

describe('@interfaceObject', () => {
  it('adds fields to every type of an interface', async () => {
    expect(await createFederation(SUBGRAPHS).query('{ media { __typename title rating } }')).toEqual({
      data: {
        media: [
          { __typename: 'Book', title: 'Notes', rating: 4 },
          { __typename: 'Film', title: 'Metropolis', rating: 5 },
        ],
      },
      errors: [],
    });
  });

  it('asks the subgraph that knows the types where one is asked for', async () => {
    expect(
      await createFederation(SUBGRAPHS).query(
        '{ best { rating __typename ... on Film { minutes } ... on Book { pages } } }',
      ),
    ).toEqual({
      data: {
        best: [
          { rating: 5, __typename: 'Film', minutes: 150 },
          { rating: 4, __typename: 'Book', pages: 9 },
        ],
      },
      errors: [],
    });
  });

  it('asks only its own subgraph where no type is asked for', async () => {
    const federation = createFederation(SUBGRAPHS);

    expect(await federation.query('{ best { id rating } }')).toMatchObject({
      data: {
        best: [
          { id: 'f', rating: 5 },
          { id: 'b', rating: 4 },
        ],
      },
    });
    expect(federation.calls).toHaveLength(1);
  });

  it('lets a field require one of the interface', async () => {
    expect(await createFederation(SUBGRAPHS).query('{ best { label } media { label } }')).toMatchObject({
      data: {
        best: [{ label: 'label of Metropolis' }, { label: 'label of Notes' }],
        media: [{ label: 'label of Notes' }, { label: 'label of Metropolis' }],
      },
    });
  });

  it('lets that field be asked for some types only, beside what all types are asked for', async () => {
    expect(await createFederation(SUBGRAPHS).query('{ media { rating ... on Film { label } } }')).toEqual({
      data: { media: [{ rating: 4 }, { rating: 5, label: 'label of Metropolis' }] },
      errors: [],
    });
    expect(await createFederation(SUBGRAPHS).query('{ best { ... on Book { label } } }')).toEqual({
      data: { best: [{}, { label: 'label of Notes' }] },
      errors: [],
    });
  });

  it('is an error where the type decides what is answered and nobody tells it', async () => {
    const { library, ratings } = SUBGRAPHS;
    const forgetful = {
      ...library.resolvers,
      Medium: { ...library.resolvers.Medium, __resolveReference: () => null },
    };
    const { query } = createFederation({ library: { ...library, resolvers: forgetful }, ratings });

    const { data, errors } = await query('{ best { rating ... on Film { minutes } } }');
    expect(data).toEqual({ best: null });
    expect(errors.map(({ path }) => path)).toEqual([['best', 0]]);
  });
});
