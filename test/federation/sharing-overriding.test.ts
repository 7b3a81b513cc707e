import { adoptSupergraph } from '../../gateway/supergraph/adopted-supergraph';
import { createFederation, subgraphsAsked } from '../support/small-federation';

describe('@shareable', () => {
  it('lets several subgraphs answer a field: the one that is asked anyway does', async () => {
    const federation = createFederation({
      one: {
        typeDefs: `type Query { a: Place }  type Place @shareable { x: Int  y: Int }`,
        resolvers: { Query: { a: () => ({ x: 1, y: 2 }) } },
      },
      two: {
        typeDefs: `type Query { b: Place }  type Place @shareable { x: Int  y: Int }`,
        resolvers: { Query: { b: () => ({ x: 10, y: 20 }) } },
      },
    });

    expect(await federation.query('{ a { x y } b { x } }')).toEqual({
      data: { a: { x: 1, y: 2 }, b: { x: 10 } },
      errors: [],
    });
    expect(federation.calls).toHaveLength(2);
  });

  it('lets root fields be answered by whoever is asked anyway', async () => {
    const federation = createFederation({
      one: {
        typeDefs: `type Query { version: Int @shareable  a: Int }`,
        resolvers: { Query: { version: () => 1, a: () => 2 } },
      },
      two: { typeDefs: `type Query { version: Int @shareable }`, resolvers: { Query: { version: () => 1 } } },
    });

    expect(await federation.query('{ version a }')).toMatchObject({ data: { version: 1, a: 2 } });
    expect(subgraphsAsked(federation)).toEqual(['one']);
  });
});

describe('@override', () => {
  const old = {
    typeDefs: `type Query { item: Item }  type Item @key(fields: "id") { id: ID!  stock: Int  name: String }`,
    resolvers: { Query: { item: () => ({ id: '1', stock: -1, name: 'from old' }) } },
  };

  it('moves a field to another subgraph: the old one is never asked for it again', async () => {
    const federation = createFederation({
      old,
      young: {
        typeDefs: `type Item @key(fields: "id") { id: ID!  stock: Int @override(from: "old") }`,
        resolvers: { Item: { __resolveReference: ({ id }) => ({ id, stock: 7 }) } },
      },
    });

    expect(await federation.query('{ item { name stock } }')).toMatchObject({
      data: { item: { name: 'from old', stock: 7 } },
    });
    expect(federation.calls[0]?.query).not.toMatch(/stock/);
  });

  it('with a label is never on: the field stays where it was, until the label is taken away', async () => {
    const federation = createFederation({
      old: { ...old, resolvers: { Query: { item: () => ({ id: '1', stock: 3 }) } } },
      young: {
        typeDefs: `type Item @key(fields: "id") { id: ID!  stock: Int @override(from: "old", label: "percent(100)") }`,
        resolvers: { Item: { __resolveReference: ({ id }) => ({ id, stock: 7 }) } },
      },
    });

    expect(await federation.query('{ item { stock } }')).toMatchObject({ data: { item: { stock: 3 } } });
    expect(() => adoptSupergraph(federation.supergraphSdl)).not.toThrow();
  });
});
