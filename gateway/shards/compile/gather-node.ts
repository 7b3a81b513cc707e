import type { Completeness } from '../spec/shard-spec';

/**
 * How the values that shards give for one field of a fetch become one value. Names are response names, as they stand in
 * the shards' answers (`asked`) and in ours (`responseName`).
 */
export type GatherNode = LeafNode | MeanNode | ConcatNode | GroupNode | ObjectNode | ConnectionNode;

interface NodeBase {
  readonly responseName: string;
  readonly completeness: Completeness;
}

/** FIRST passes a whole row or scalar through; the others fold numbers. */
export interface LeafNode extends NodeBase {
  readonly by: 'FIRST' | 'SUM' | 'MIN' | 'MAX';
}

export interface MeanNode extends NodeBase {
  readonly by: 'MEAN';
  readonly askedSum: string;
  readonly askedWeight: string;
}

export interface ConcatNode extends NodeBase {
  readonly by: 'CONCAT';
  readonly keyPath: readonly string[];
}

export interface GroupNode extends NodeBase {
  readonly by: 'GROUP';
  readonly keyPath: readonly string[];
  readonly shape: ObjectShape;
}

export interface ObjectNode extends NodeBase {
  readonly by: 'OBJECT';
  readonly shape: ObjectShape;
}

export interface ObjectShape {
  readonly typeName: string;
  /** Response names of __typename. */
  readonly typenames: readonly string[];
  readonly fields: readonly GatherNode[];
}

export interface ConnectionNode extends NodeBase {
  readonly by: 'MERGE';
  readonly shape: ObjectShape;
  /** The lists of edges in the shards' answers; the first one's cursors are read. At least one, hidden when the client asked none. */
  readonly edges: readonly EdgesAsked[];
  readonly pageInfos: readonly PageInfoAsked[];
  readonly totalCounts: readonly string[];
  /** The type of edges.node when its rows may teach the index where a key lives. */
  readonly indexedType: string | null;
}

export interface EdgesAsked {
  readonly responseName: string;
  readonly isHidden: boolean;
  /** Where the client's own cursors stand in an edge. */
  readonly cursors: readonly string[];
}

export interface PageInfoAsked {
  readonly responseName: string;
  readonly typeName: string;
  readonly fields: readonly { readonly responseName: string; readonly name: string }[];
}

export interface FieldArguments {
  /** The values as the client gave them, defaults of the SDL filled in. */
  read(variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  readonly agencies: AgencyArgument | null;
}

/** An argument that chooses systems: `path` leads to the list of agency codes, `variable` replaces the outermost argument. */
export interface AgencyArgument {
  readonly path: readonly string[];
  /** False where the argument takes one code. */
  readonly isList: boolean;
  readonly variable: string;
}

/** Response names the gateway adds to what it asks shards; taken out again before anyone sees them. */
export const ASKED = {
  cursor: '__lt_cursor',
  edges: '__lt_edges',
  pageInfo: '__lt_pageInfo',
  hasNextPage: '__lt_hasNextPage',
  totalCount: '__lt_totalCount',
  key: '__lt_key',
  order: '__lt_order',
  representations: '__lt_representations',
  typename: '__lt_typename',
} as const;
