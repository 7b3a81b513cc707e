import type { FieldNode, VariableDefinitionNode } from 'graphql';
import type { FieldArguments, GatherNode } from './gather-node';
import type { Route, ShardedGraph } from '../spec/shard-spec';

/** One fetch of a query plan against a sharded subgraph, compiled once: what to ask each shard and how to join the answers. */
export interface FetchProgram {
  readonly graph: ShardedGraph;
  readonly operation: 'query' | 'mutation';
  /** The client's variables and ours (`__lt_…`), by name. */
  readonly variableDefinitions: ReadonlyMap<string, VariableDefinitionNode>;
  /** Response names of a root __typename. */
  readonly typenames: readonly string[];
  readonly fields: readonly RootField[];
  readonly entities: EntityFetch | null;
}

/** A field whose values many shards give: standing at the root, or on an entity. */
export interface GatheredField {
  readonly responseName: string;
  /** `Type.field`, which cursors carry. */
  readonly coordinate: string;
  readonly asks: readonly FieldNode[];
  readonly arguments: FieldArguments;
  /** The variable that carries the shard cursor in place of the client's `after`; null when none was given. */
  readonly afterVariable: string | null;
  readonly node: GatherNode;
  readonly cuts: readonly Cut[];
}

export interface RootField extends GatheredField {
  /** Not null when one key leads to the row: tried route by route until a shard has it. */
  readonly lookup: Lookup | null;
}

export interface Lookup {
  readonly typeName: string;
  readonly argument: string;
  readonly routes: readonly Route[];
}

export interface EntityFetch {
  readonly responseName: string;
  readonly programs: ReadonlyMap<string, EntityProgram>;
}

/** What is asked of one entity type under _entities. */
export interface EntityProgram {
  /** Unique in its fetch. */
  readonly id: number;
  readonly typeName: string;
  readonly key: string;
  readonly routes: readonly Route[];
  /** Fields of the row itself, which come whole from the first shard that has the row. */
  readonly rows: readonly FieldNode[];
  readonly rowNames: readonly string[];
  readonly rowCuts: readonly Cut[];
  readonly gathers: readonly GatheredField[];
  /** Fields that the representation itself answers. */
  readonly echoes: readonly { readonly responseName: string; readonly name: string }[];
}

/**
 * Gathered fields that stood below a row and were cut out (design: cut rule): one shard's total would be wrong, silently.
 * They are asked again through _entities for the keys found at `path`.
 */
export interface Cut {
  /** Response names from the value it was cut from down to the object; lists on the way are walked. */
  readonly path: readonly string[];
  readonly program: EntityProgram;
}
