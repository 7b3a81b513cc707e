import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, printSchema } from 'graphql';
import { createFederation } from '../support/small-federation';

const SUBGRAPHS = {
  one: {
    typeDefs: `type Query { item: Item }  type Item @key(fields: "id") { id: ID!  a: Int  b: Int @inaccessible }`,
  },
  two: { typeDefs: `type Item @key(fields: "id") { id: ID!  c: Int }  type Mutation { m: Int }` },
};

describe('introspection', () => {
  it('is answered from the schema that clients see, without asking a subgraph', async () => {
    const federation = createFederation(SUBGRAPHS);

    const { data, errors } = await federation.query(getIntrospectionQuery());
    expect(errors).toEqual([]);
    // What graphql-js's own query gives.
    const seen = printSchema(buildClientSchema(data as unknown as IntrospectionQuery));
    expect(seen).toContain('type Item {\n  id: ID!\n  a: Int\n  c: Int\n}');
    expect(seen).not.toMatch(/_entities|_Any|join__|FieldSet|b: Int/);
    expect(federation.calls).toEqual([]);
  });

  it('may stand beside other fields, with aliases and variables', async () => {
    const { query } = createFederation({
      one: { ...SUBGRAPHS.one, resolvers: { Query: { item: () => ({ id: '1', a: 1 }) } } },
      two: SUBGRAPHS.two,
    });

    const document = `query ($name: String!, $no: Boolean!) {
      t: __type(name: $name) { n: name kind @skip(if: $no) } item { a } s: __schema { mutationType { name } }
    }`;
    const { data } = await query(document, { name: 'Item', no: true });
    expect(JSON.stringify(data)).toBe(
      '{"t":{"n":"Item"},"item":{"a":1},"s":{"mutationType":{"name":"Mutation"}}}',
    );
  });
});
