import { Kind, type ConstDirectiveNode, type ConstValueNode, type TypeNode } from 'graphql';

/** The shard spec v1 as the gateway reads it from a supergraph (schema/shard.graphql says what each word means). */
export type Route = 'AGENCY' | 'PREFIX' | 'INDEX' | 'SCATTER';
export type Gather = 'FIRST' | 'CONCAT' | 'MERGE' | 'OBJECT' | 'SUM' | 'MIN' | 'MAX' | 'MEAN' | 'GROUP';
export type Completeness = 'ANY' | 'QUORUM' | 'ALL';

export interface GatherRule {
  readonly by: Gather;
  readonly key: readonly string[] | null;
  readonly sum: string | null;
  readonly weight: string | null;
  readonly completeness: Completeness;
}

export interface ArgumentShape {
  readonly name: string;
  /** As printed in SDL, for the variable that replaces the argument. */
  readonly type: string;
  readonly typeName: string;
  readonly route: Route | null;
  readonly defaultValue: ConstValueNode | null;
}

export interface FieldShape {
  readonly name: string;
  readonly type: TypeNode;
  readonly typeName: string;
  readonly isList: boolean;
  readonly arguments: ReadonlyMap<string, ArgumentShape>;
  readonly gather: GatherRule | null;
}

export interface TypeShape {
  readonly name: string;
  readonly kind: 'object' | 'interface' | 'union';
  /** The interfaces an object implements and the unions it is in; their possible types are found through these. */
  readonly interfaces: readonly string[];
  readonly fields: ReadonlyMap<string, FieldShape>;
}

export interface EntityRoute {
  readonly typeName: string;
  readonly key: string;
  readonly routes: readonly Route[];
}

/** One sharded subgraph: the part of the supergraph that it serves, with its rules. */
export interface ShardedGraph {
  readonly name: string;
  readonly queryType: string;
  readonly mutationType: string | null;
  readonly types: ReadonlyMap<string, TypeShape>;
  readonly inputs: ReadonlyMap<string, ReadonlyMap<string, ArgumentShape>>;
  readonly entities: ReadonlyMap<string, EntityRoute>;
  /** Entity types that this subgraph may be entered by (a resolvable @key), routed or not. */
  readonly keyedTypes: ReadonlySet<string>;
}

export interface ShardSpec {
  /** Sharded subgraphs by name; a subgraph that no @shardBy names is not here. */
  readonly graphs: ReadonlyMap<string, ShardedGraph>;
}

/** What MERGE itself writes of a connection; any other field of it needs a rule. */
export const CONNECTION_FIELDS: ReadonlySet<string> = new Set(['edges', 'pageInfo', 'totalCount']);

export function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type);
}

export function isListType(type: TypeNode): boolean {
  if (type.kind === Kind.NON_NULL_TYPE) return isListType(type.type);
  return type.kind === Kind.LIST_TYPE;
}

/** The arguments of a directive in SDL as plain values; a list of enums or strings becomes strings. */
export function directiveArguments(
  directive: ConstDirectiveNode,
): ReadonlyMap<string, string | readonly string[] | boolean> {
  const entries = (directive.arguments ?? []).flatMap((argument) => {
    const value = constText(argument.value);
    return value === null ? [] : [[argument.name.value, value] as const];
  });
  return new Map(entries);
}

function constText(value: ConstValueNode): string | readonly string[] | boolean | null {
  switch (value.kind) {
    case Kind.LIST:
      return value.values.map((item) => String(constText(item)));
    case Kind.BOOLEAN:
      return value.value;
    case Kind.STRING:
    case Kind.ENUM:
    case Kind.INT:
    case Kind.FLOAT:
      return value.value;
    default:
      return null;
  }
}
