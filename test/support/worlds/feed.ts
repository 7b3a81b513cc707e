import type { Row, World } from './world';

/** Interfaces and unions whose members differ in fields, types and nullability; value types in several subgraphs. */
export function createFeed(): World {
  const authors: Row[] = [
    {
      __typename: 'Person',
      $interfaces: ['Author', 'Named'],
      id: 'a1',
      name: 'Ada',
      born: 1815,
      followers: 3,
    },
    {
      __typename: 'Person',
      $interfaces: ['Author', 'Named'],
      id: 'a2',
      name: 'Linh',
      born: null,
      followers: null,
    },
    {
      __typename: 'Bot',
      $interfaces: ['Author', 'Named'],
      id: 'b1',
      name: 'Crier',
      version: '1.2',
      followers: 900,
    },
  ];
  const items: Row[] = Array.from({ length: 9 }, (_, at) => item(at, authors));
  items.forEach((one, at) =>
    Object.assign(one, {
      next: at === 8 ? null : items[at + 1],
      mentions: at % 4 === 2 ? null : [authors[at % 3], null, items[(at * 2) % 9], items[(at + 3) % 9]],
      comments: [0, 1].map((number) => comment(at, number, authors)),
    }),
  );
  authors.forEach((one, at) =>
    Object.assign(one, { favourite: items[at * 3], posts: items.slice(at, at + 3) }),
  );
  return {
    name: 'feed',
    subgraphs: SUBGRAPHS,
    entities: [...authors, ...items],
    rules: {
      'Query.feed': (_, { first }) => items.slice(0, typeof first === 'number' ? first : 9),
      'Query.anything': () => [items[1], null, authors[2], items[3], authors[0]],
      'Query.named': () => [authors[0], items[2], authors[2]],
      'Query.author': (_, { id }) => authors.find((one) => one['id'] === id) ?? null,
      'Query.popular': () => [items[0], items[4], items[2]],
      'Article.headline': ({ title, words }) => `${String(title)} (${String(words)})`,
      'Person.standing': ({ followers }) =>
        typeof followers === 'number' ? `${followers} followers` : 'none',
    },
    samples: { id: ['a1', 'b1', 'zz'], first: [1, 3, 5, null] },
  };
}

function item(at: number, authors: readonly Row[]): Row {
  const author = at === 7 ? null : authors[at % 3];
  const common = { id: `i${at}`, author, likes: at === 3 ? null : at * 10, place: place(at) };
  switch (at % 3) {
    case 0:
      return {
        ...common,
        __typename: 'Article',
        $interfaces: ['Post', 'Named'],
        title: `T${at}`,
        size: at * 100,
        words: 10 + at,
        name: `article ${at}`,
      };
    case 1:
      return {
        ...common,
        __typename: 'Photo',
        $interfaces: ['Post'],
        title: at === 4 ? null : `P${at}`,
        size: `${at}x${at}`,
        camera: at === 1 ? new Error('no camera') : 'Leica',
      };
    default:
      return {
        ...common,
        __typename: 'Poll',
        $interfaces: ['Post', 'Named'],
        title: `Q${at}`,
        size: at,
        options: ['yes', null, 'no'],
        name: at === 5 ? null : `poll ${at}`,
      };
  }
}

function place(at: number): Row | null {
  if (at === 6) return null;
  return at % 2 === 0
    ? { __typename: 'Point', x: at, y: at === 4 ? null : -at }
    : { __typename: 'Address', $interfaces: ['Described'], street: `Street ${at}`, description: `at ${at}` };
}

function comment(at: number, number: number, authors: readonly Row[]): Row {
  return {
    __typename: 'Comment',
    text: at === 2 && number === 1 ? null : `c${at}.${number}`,
    by: (at + number) % 5 === 4 ? null : authors[(at + number) % 3],
    flag: number === 0 ? { __typename: 'Spam', score: 0.5 } : { __typename: 'Praise', score: 'high' },
  };
}

const POSTS = `
    interface Post { id: ID!  title: String  author: Author }`;

const SUBGRAPHS = {
  posts: `
    type Query { feed(first: Int): [Post]!  anything: [Anything]  named: [Named!] }
    interface Named { name: String }
    ${POSTS}
    type Article implements Post & Named @key(fields: "id") {
      id: ID!  title: String!  author: Author  size: Int  words: Int!  name: String!  next: Item  mentions: [Anything]  place: Place
    }
    type Photo implements Post @key(fields: "id") {
      id: ID!  title: String  author: Author  size: String!  camera: String  next: Item  mentions: [Anything!]  place: Place
    }
    type Poll implements Post & Named @key(fields: "id") {
      id: ID!  title: String  author: Author  size: Int!  options: [String]  name: String  next: Item  mentions: [Anything]  place: Place
    }
    union Item = Article | Photo | Poll
    union Anything = Article | Photo | Poll | Person | Bot
    union Place = Point | Address
    type Point @shareable { x: Int!  y: Int }
    interface Described { description: String }
    type Address implements Described @shareable { street: String  description: String }
    interface Author { id: ID! }
    type Person implements Author & Named @key(fields: "id") { id: ID!  name: String! @shareable }
    type Bot implements Author & Named @key(fields: "id") { id: ID!  name: String @shareable }`,
  people: `
    type Query { author(id: ID!): Author }
    interface Author { id: ID!  favourite: Favourite  posts: [Favourite!] }
    union Favourite = Article | Photo | Poll
    type Person implements Author @key(fields: "id") {
      id: ID!  name: String! @shareable  born: Int  favourite: Favourite  posts: [Favourite!]  followers: Int @external
      standing: String @requires(fields: "followers")
    }
    type Bot implements Author @key(fields: "id") {
      id: ID!  name: String @shareable  version: String!  favourite: Favourite  posts: [Favourite!]
    }
    type Article @key(fields: "id", resolvable: false) { id: ID! }
    type Photo @key(fields: "id", resolvable: false) { id: ID! }
    type Poll @key(fields: "id", resolvable: false) { id: ID! }`,
  activity: `
    type Query { popular: [Liked] }
    interface Liked { likes: Int }
    type Article implements Liked @key(fields: "id") {
      id: ID!  likes: Int  comments: [Comment!]!  title: String! @external  words: Int! @external
      headline: String @requires(fields: "title words")
    }
    type Photo implements Liked @key(fields: "id") { id: ID!  likes: Int  comments: [Comment] }
    type Poll implements Liked @key(fields: "id") { id: ID!  likes: Int  comments: [Comment!] }
    type Comment { text: String  by: Commenter  flag: Flag! }
    union Commenter = Person | Bot
    union Flag = Spam | Praise
    type Spam { score: Float }
    type Praise { score: String! }
    type Person @key(fields: "id") { id: ID!  followers: Int }
    type Bot @key(fields: "id") { id: ID!  followers: Int }`,
};
