import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSupergraph } from '../../gateway/supergraph/read-supergraph';
import { SupergraphError } from '../../gateway/supergraph/supergraph-error';
import { composeSupergraph, createTestFolder } from '../support/plain-supergraph';

function refusalOf(sdl: string): SupergraphError {
  using folder = createTestFolder();
  const file = join(folder.path, 'supergraph.graphql');
  writeFileSync(file, sdl);
  try {
    readSupergraph(file);
  } catch (error) {
    if (error instanceof SupergraphError) return error;
    throw error;
  }
  throw new Error('It was not refused');
}

const LINKED = (links: string, more = '') =>
  `schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION)
   ${links} { query: Query } ${more}`;

const FEDERATION_1 = `schema @core(feature: "https://specs.apollo.dev/core/v0.1") @core(feature: "https://specs.apollo.dev/join/v0.1") { query: Query }
   type Query { a: Int }`;

it.each([
  ['is empty', '\n', 'SUPERGRAPH_EMPTY', 'is empty'],
  ['is no GraphQL', 'not { graphql', 'SUPERGRAPH_NOT_GRAPHQL', 'Syntax Error'],
  [
    'is a schema that nobody composed',
    'type Query { a: Int }',
    'SUPERGRAPH_NOT_COMPOSED',
    'Compose the subgraphs first',
  ],
  [
    'was composed by Federation 1',
    FEDERATION_1,
    'SUPERGRAPH_FEDERATION_1',
    'Compose it again with Federation 2',
  ],
])('refuses a file that %s, by name and with the way out', (_, sdl, code, wayOut) => {
  const error = refusalOf(sdl);

  expect(error.code).toBe(code);
  expect(error.message).toContain('supergraph.graphql');
  expect(error.message).toContain(wayOut);
});

it('refuses a file that is not there', () => {
  expect(() => readSupergraph('/nowhere/supergraph.graphql')).toThrow(
    'Supergraph file /nowhere/supergraph.graphql does not exist',
  );
});

it('reads what composition made', () => {
  using folder = createTestFolder();
  const file = join(folder.path, 'supergraph.graphql');
  const sdl = composeSupergraph({ books: 'type Query { books: Int }' });
  writeFileSync(file, sdl);

  expect(readSupergraph(file)).toBe(sdl);
});

const APOLLO = 'https://specs.apollo.dev';
it.each([
  ['@authenticated', LINKED(`@link(url: "${APOLLO}/authenticated/v0.1", for: SECURITY)`)],
  ['@requiresScopes', LINKED(`@link(url: "${APOLLO}/requiresScopes/v0.1", for: SECURITY)`)],
  ['@policy', LINKED(`@link(url: "${APOLLO}/policy/v0.1", for: SECURITY)`)],
  ['@context', LINKED(`@link(url: "${APOLLO}/context/v0.1", for: SECURITY)`)],
  ['@policy (here named @rule)', LINKED(`@link(url: "${APOLLO}/policy/v0.1", as: "rule", for: SECURITY)`)],
  [
    '@authenticated (here named @signedIn)',
    LINKED(`@link(url: "${APOLLO}/federation/v2.9", import: [{ name: "@authenticated", as: "@signedIn" }])`),
  ],
  ['@authenticated', LINKED('', 'type Query { me: Int @authenticated }')],
  [
    '@policy (here named @federation__policy)',
    LINKED('', 'type Query { me: Int @federation__policy(policies: [["a"]]) }'),
  ],
])('refuses what it does not enforce yet: %s', (directive, sdl) => {
  const error = refusalOf(sdl);

  expect(error.code).toBe('SUPERGRAPH_UNENFORCED_DIRECTIVE');
  expect(error.message).toContain(`uses ${directive}, which this gateway does not enforce yet`);
});

it.each([
  ['@requiresScopes', 'import: ["@requiresScopes"]', '@requiresScopes(scopes: [["read"]])'],
  ['@authenticated', 'import: [{ name: "@authenticated", as: "@login" }]', '@login'],
  ['@policy', '', '@federation__policy(policies: [["p"]])'],
])('refuses %s as composition writes it', (directive, imports, applied) => {
  const sdl = composeSupergraph({
    books: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9"${imports && `, ${imports}`})
      type Query { books: Int ${applied} }`,
  });

  expect(refusalOf(sdl).message).toContain(`uses ${directive}`);
});

it('refuses @context as composition writes it', () => {
  const sdl = composeSupergraph({
    books: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@context", "@fromContext"])
      type Query { shelf: Shelf }
      type Shelf @key(fields: "id") @context(name: "shelf") { id: ID!  room: String!  book: Book! }
      type Book @key(fields: "id") { id: ID!  place(room: String @fromContext(field: "$shelf { room }")): String! }`,
    other: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
      type Query { a: Int }  type Book @key(fields: "id") { id: ID! title: String }`,
  });

  expect(refusalOf(sdl).message).toContain('uses @context');
});

it('does not mind a directive of that name from somebody else', () => {
  using folder = createTestFolder();
  const file = join(folder.path, 'supergraph.graphql');
  writeFileSync(
    file,
    LINKED(
      '@link(url: "https://example.org/policy/v1.0")',
      'type Query { a: Int @policy } directive @policy on FIELD_DEFINITION',
    ),
  );

  expect(readSupergraph(file)).toContain('@policy');
});
