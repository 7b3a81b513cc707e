import type { Row, World } from './world';

/** Interfaces with keys, and subgraphs that know the interface as an object (`@interfaceObject`). */
export function createMedia(): World {
  const media: Row[] = Array.from({ length: 6 }, (_, at) => medium(at));
  const reviews: Row[] = Array.from({ length: 8 }, (_, at) => ({
    __typename: 'Review',
    id: `r${at}`,
    stars: at === 3 ? null : at,
    of: at === 5 ? null : media[at % 6],
  }));
  media.forEach((one, at) =>
    Object.assign(one, {
      reviews: at === 2 ? null : reviews.filter((each) => each['of'] === one),
      similar: at === 1 ? null : [media[(at + 1) % 6], media[(at + 4) % 6]],
      sequel: at === 4 ? null : media[(at + 2) % 6],
    }),
  );
  return {
    name: 'media',
    subgraphs: SUBGRAPHS,
    entities: [...media, ...reviews],
    rules: {
      'Query.library': () => media,
      'Query.medium': (_, { id }) => media.find((one) => one['id'] === id) ?? null,
      'Query.topRated': (_, { first }) => media.slice(1, 1 + (typeof first === 'number' ? first : 3)),
      'Query.books': () => media.filter((one) => one.__typename === 'Book'),
      'Query.borrowed': () => [media[5], null, media[0]],
      'Medium.shelf': ({ title }) => `shelf of ${String(title)}`,
      'Medium.badge': ({ rating }, { plain }) =>
        `${plain === true ? '' : '*'}${typeof rating === 'number' ? rating : 'unrated'}`,
    },
    samples: { id: ['m0', 'm1', 'm2', 'x'], first: [1, 2, 5, null] },
  };
}

function medium(at: number): Row {
  const common = {
    $interfaces: ['Medium'],
    id: `m${at}`,
    title: at === 3 ? null : `Medium ${at}`,
    rating: at === 5 ? null : at / 2,
    copies: at === 4 ? new Error('the shelf fell') : at + 1,
  };
  switch (at % 3) {
    case 0:
      return { ...common, __typename: 'Book', isbn: `isbn${at}`, pages: at * 100 };
    case 1:
      return { ...common, __typename: 'Film', minutes: at === 4 ? null : 90 + at };
    default:
      return {
        ...common,
        __typename: 'Song',
        bpm: 120,
        artist: { __typename: 'Artist', name: `Artist ${at}` },
      };
  }
}

const SUBGRAPHS = {
  library: `
    type Query { library: [Medium!]!  medium(id: ID!): Medium  books: [Book] }
    interface Medium @key(fields: "id") { id: ID!  title: String  sequel: Medium }
    type Book implements Medium @key(fields: "id") { id: ID!  title: String  sequel: Medium  isbn: String!  pages: Int }
    type Film implements Medium @key(fields: "id") { id: ID!  title: String  sequel: Medium  minutes: Int }
    type Song implements Medium @key(fields: "id") { id: ID!  title: String  sequel: Medium  bpm: Int  artist: Artist }
    type Artist { name: String! }`,
  ratings: `
    type Query { topRated(first: Int = 2): [Medium!] }
    type Medium @interfaceObject @key(fields: "id") { id: ID!  rating: Float  reviews: [Review!]  similar: [Medium] }
    type Review @key(fields: "id") { id: ID!  stars: Int  of: Medium }`,
  loans: `
    type Query { borrowed: [Medium] }
    type Medium @interfaceObject @key(fields: "id") {
      id: ID!  title: String @external  rating: Float @external
      copies: Int
      shelf: String! @requires(fields: "title")
      badge(plain: Boolean = false): String @requires(fields: "rating")
    }`,
};
