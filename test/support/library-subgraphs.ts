import type { PlainSubgraph } from './plain-supergraph';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

/** Two small subgraphs that have nothing to do with a province: books, and the authors they refer to. */
export const LIBRARY = {
  books: {
    typeDefs: `${LINK}
      type Query { books(first: Int = 2): [Book!]  broken: Int }
      type Mutation { touch: Int }
      type Book { title: String!  author: Author }
      type Author @key(fields: "id", resolvable: false) { id: ID! }`,
    resolvers: {
      Query: {
        books: () => [{ title: 'Notes', author: { id: '1' } }],
        broken: () => {
          throw new Error('a column is missing');
        },
      },
      Mutation: { touch: () => 1 },
    },
  },
  authors: {
    typeDefs: `${LINK}
      type Query { author(id: ID!): Author }
      type Author @key(fields: "id") { id: ID!  name: String }`,
    resolvers: {
      Query: { author: (_: unknown, { id }: { id: string }) => ({ id, name: 'Ada' }) },
      Author: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Ada' }) },
    },
  },
} satisfies Readonly<Record<string, PlainSubgraph>>;
