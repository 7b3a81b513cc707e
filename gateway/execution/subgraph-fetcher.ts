import type { DocumentNode, GraphQLFormattedError, OperationTypeNode } from 'graphql';
import type { JsonObject } from './json-object';
import type { RequestContext } from './request-context';

/** One request to a subgraph, compiled: everything that does not differ from one client request to the next. */
export interface FetchDocument {
  readonly operation: OperationTypeNode;
  readonly operationName: string | undefined;
  readonly text: string;
  readonly document: DocumentNode;
  /** Names of the client's variables that the text reads. */
  readonly variables: readonly string[];
  /** Its `_entities` fields, each with a variable of representations of its own. Empty for a fetch of root fields. */
  readonly entities: readonly EntitiesField[];
  /** Response path of the fetch in the operation, `@` for list indices, in keys of the data. */
  readonly path: readonly string[];
}

export interface EntitiesField {
  readonly key: string;
  readonly variable: string;
}

/** What differs. */
export interface FetchInput {
  /** As the client gave them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Of each `_entities` field: JSON texts. */
  readonly representations: readonly (readonly string[])[];
}

export interface FetchAnswer {
  readonly data?: JsonObject | null | undefined;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
}

export interface PreparedFetch {
  /** Rejects with an error fit for the client when the call as a whole failed. */
  send(input: FetchInput, context: RequestContext): Promise<FetchAnswer>;
}

/** How one subgraph is asked: one call to one address, or many to its shards. */
export interface SubgraphFetcher {
  /** Whether several `_entities` fields may stand in one request. */
  readonly joinsEntities: boolean;
  prepare(document: FetchDocument): PreparedFetch;
}
