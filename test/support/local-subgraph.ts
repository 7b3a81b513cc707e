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
  readonly schema: GraphQLSchema;
  createContext(request: { readonly now: string }): unknown;
}

const documents = new Map<string, DocumentNode>();

/** Variables and answer go through JSON, as on the wire. */
export async function askLocally(
  subgraph: LocalSubgraph,
  query: string,
  variables: unknown,
  now: string,
): Promise<SubgraphAnswer> {
  const document = documents.get(query) ?? parse(query);
  documents.set(query, document);
  const mistakes = validate(subgraph.schema, document);
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
