import type { GraphQLError } from 'graphql';
import {
  execute,
  parse,
  validate,
  type DocumentNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { SubgraphAnswer } from '../../gateway/transport/call-subgraph';

/** A subgraph in this process: what its HTTP server would answer, without the server. */
export interface LocalSubgraph {
  /** Which subgraph it is: schemas of one kind are equal. */
  readonly kind: string;
  readonly schema: GraphQLSchema;
  createContext(request: { readonly now: string }): unknown;
}

interface ReadDocument {
  readonly document: DocumentNode;
  readonly mistakes: readonly GraphQLError[];
}

/** Systems of one kind have equal schemas, so a document is checked once for all of them. */
const documents = new Map<string, Map<string, ReadDocument>>();

function readDocument({ kind, schema }: LocalSubgraph, query: string): ReadDocument {
  const known = documents.get(kind) ?? new Map<string, ReadDocument>();
  documents.set(kind, known);
  const read = known.get(query) ?? checked(schema, parse(query));
  if (known.size > 500) known.clear();
  known.set(query, read);
  return read;
}

function checked(schema: GraphQLSchema, document: DocumentNode): ReadDocument {
  return { document, mistakes: validate(schema, document) };
}

/** Variables and answer go through JSON, as on the wire. */
export async function askLocally(
  subgraph: LocalSubgraph,
  query: string,
  variables: unknown,
  now: string,
): Promise<SubgraphAnswer> {
  const { document, mistakes } = readDocument(subgraph, query);
  if (mistakes.length > 0)
    return {
      errors: mistakes.map((error) => ({
        ...formatted(error),
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      })),
    };
  const result = await execute({
    schema: subgraph.schema,
    document,
    // What JSON.parse gives of an object is an object.
    variableValues: JSON.parse(JSON.stringify(variables)) as Record<string, unknown>,
    contextValue: subgraph.createContext({ now }),
  });
  const answer: unknown = JSON.parse(
    JSON.stringify({ ...result, ...(result.errors && { errors: result.errors.map(formatted) }) }),
  );
  // A GraphQL result made by graphql-js.
  return answer as SubgraphAnswer;
}

function formatted(error: GraphQLError): GraphQLFormattedError {
  const plain = error.toJSON();
  return { ...plain, extensions: { code: 'INTERNAL_SERVER_ERROR', ...plain.extensions } };
}
