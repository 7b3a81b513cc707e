import {
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { createHandler, type OperationContext, type Response } from 'graphql-http';
import type { Logger } from '../../schema/runtime/logger';
import { NOTES_EXTENSION, type SubgraphNotes } from '../../schema/subgraph-notes';
import { SourceProblem } from '../sources/source-problem';
import { NOW_HEADER, readNow } from '../../schema/wire-headers';

/** One subgraph of one system, as the server sees it. */
export interface Subgraph {
  readonly schema: GraphQLSchema;
  /** One for each request; `now` is the only now. */
  readonly createContext: (now: string) => object;
  /** What is to be said of the state that it answers from; null when all is well. Asked with each answer. */
  readonly notes?: () => SubgraphNotes | null;
}

export interface GraphqlEndpointOptions extends Subgraph {
  /** The clock of a caller that sends none. */
  readonly now: () => string;
  readonly logger: Logger;
}

export interface GraphqlRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A gateway sends the same few hundred documents over and over. */
const MAX_DOCUMENTS = 500;

/** GraphQL over HTTP for one subgraph. Documents are parsed and validated once. */
export function createGraphqlEndpoint(
  options: GraphqlEndpointOptions,
): (request: GraphqlRequest) => Promise<Response> {
  const { schema, createContext, now, notes, logger } = options;
  const prepare = createPreparation(schema);
  const handle = createHandler({
    onSubscribe(request, { query, operationName, variables }) {
      const instant = readInstant(request.headers, now);
      if (instant instanceof GraphQLError) return [instant];
      const prepared = prepare(query);
      if (prepared.errors !== null) return prepared.errors;
      return {
        schema,
        document: prepared.document,
        operationName: operationName ?? null,
        variableValues: variables ?? null,
        // graphql-http asks for a record; a context is one.
        contextValue: createContext(instant) as OperationContext,
      };
    },
    onOperation: (_request, _args, result) => withNotes(result, notes?.() ?? null),
    formatError: (error) => toClientError(error, logger),
  });
  return ({ method, url, headers, body }) => handle({ method, url, headers, body, raw: null, context: null });
}

/** Nothing is added to an answer about which there is nothing to say. */
function withNotes(result: ExecutionResult, notes: SubgraphNotes | null): ExecutionResult {
  if (notes === null || notes.problems.length === 0) return result;
  return { ...result, extensions: { ...result.extensions, [NOTES_EXTENSION]: notes } };
}

type Prepared =
  { readonly document: DocumentNode; readonly errors: null } | { readonly errors: readonly GraphQLError[] };

function createPreparation(schema: GraphQLSchema): (query: string) => Prepared {
  const known = new Map<string, Prepared>();
  return (query) => {
    const found = known.get(query);
    if (found !== undefined) return found;
    if (known.size >= MAX_DOCUMENTS) known.clear();
    const prepared = prepareDocument(schema, query);
    known.set(query, prepared);
    return prepared;
  };
}

function prepareDocument(schema: GraphQLSchema, query: string): Prepared {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [coded(error, 'GRAPHQL_PARSE_FAILED')] };
    throw error;
  }
  const errors = validate(schema, document);
  return errors.length === 0
    ? { document, errors: null }
    : { errors: errors.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')) };
}

function readInstant(headers: object, now: () => string): string | GraphQLError {
  const text: unknown = Reflect.get(headers, NOW_HEADER);
  if (typeof text !== 'string') return now();
  try {
    return readNow(text);
  } catch (error) {
    if (error instanceof Error) return new GraphQLError(error.message, { originalError: error });
    throw error;
  }
}

function coded(error: GraphQLError, code: string): GraphQLError {
  const { nodes, source, positions, path, originalError } = error;
  return new GraphQLError(error.message, {
    ...(nodes && { nodes }),
    ...(source && { source }),
    ...(positions && { positions }),
    ...(path && { path }),
    ...(originalError && { originalError }),
    extensions: { ...error.extensions, code },
  });
}

/** What the caller did wrong goes out with its code; everything else is logged here and says no more than that it happened. */
function toClientError(error: Readonly<GraphQLError | Error>, logger: Logger): GraphQLError | Error {
  if (!(error instanceof GraphQLError))
    return new GraphQLError(error.message, { extensions: { code: 'BAD_REQUEST' } });
  if (typeof error.extensions['code'] === 'string') return error;
  const { originalError } = error;
  // graphql-js itself refuses variables this way.
  if (originalError === undefined || originalError instanceof GraphQLError)
    return coded(error, 'BAD_USER_INPUT');
  if (originalError instanceof SourceProblem) return ofSource(error, originalError, logger);
  logger.error('A resolver failed', { path: error.path?.join('.'), error: originalError });
  const { nodes, path } = error;
  const message = 'Internal server error';
  return coded(
    new GraphQLError(message, { ...(nodes && { nodes }), ...(path && { path }) }),
    'INTERNAL_SERVER_ERROR',
  );
}

/** The code goes out, for whoever must know why; the sentence may name hosts and tables and stays here. */
function ofSource(error: Readonly<GraphQLError>, problem: SourceProblem, logger: Logger): GraphQLError {
  const { nodes, path } = error;
  logger.warn(problem.message, { code: problem.code, place: problem.place, path: path?.join('.') });
  const message = 'The system that keeps these rows cannot be asked now';
  return coded(new GraphQLError(message, { ...(nodes && { nodes }), ...(path && { path }) }), problem.code);
}
