import { createFederation, subgraphsAsked } from '../support/small-federation';

const PEOPLE = {
  typeDefs: `type Query { person: Person }  type Person @key(fields: "id") { id: ID!  name: String @shareable  age: Int }`,
  resolvers: {
    Query: { person: () => ({ id: '1', name: 'from people', age: 40 }) },
    Person: { __resolveReference: ({ id }: Row) => ({ id, name: 'from people', age: 40 }) },
  },
};
type Row = Readonly<Record<string, unknown>>;

const POSTS = {
  typeDefs: `
    type Query {
      withName: Post @provides(fields: "author { name }")
      plain: Post
    }
    type Post { title: String  author: Person }
    type Person @key(fields: "id") { id: ID!  name: String @external }`,
  resolvers: {
    Query: {
      withName: () => ({ title: 'a', author: { id: '1', name: 'from posts' } }),
      plain: () => ({ title: 'b', author: { id: '1', name: 'must not be seen' } }),
    },
  },
};

describe('@provides', () => {
  it('saves the way to another subgraph for what it provides', async () => {
    const federation = createFederation({ people: PEOPLE, posts: POSTS });

    expect(await federation.query('{ withName { author { name } } }')).toMatchObject({
      data: { withName: { author: { name: 'from posts' } } },
    });
    expect(subgraphsAsked(federation)).toEqual(['posts']);
  });

  it('still goes there for what it does not provide', async () => {
    const federation = createFederation({ people: PEOPLE, posts: POSTS });

    expect(await federation.query('{ withName { author { age } } }')).toMatchObject({
      data: { withName: { author: { age: 40 } } },
    });
    expect(subgraphsAsked(federation)).toEqual(['posts', 'people']);
  });
});

describe('@external', () => {
  it('says that a field is another subgraph’s: it is not asked for where nothing provides it', async () => {
    const federation = createFederation({ people: PEOPLE, posts: POSTS });

    expect(await federation.query('{ plain { author { name } } }')).toMatchObject({
      data: { plain: { author: { name: 'from people' } } },
    });
    expect(federation.calls[0]?.query).not.toMatch(/\bname\b/);
  });
});
