import type { SelectionSetNode } from 'graphql';

/** What a query plan does not say of its subgraphs; read from the supergraph (supergraph/subgraph-facts.ts). */
export interface SubgraphFacts {
  /** Whether fields of an entity make one of its keys by which the subgraph can be entered. */
  hasKey(subgraph: string, typeName: string, fieldNames: ReadonlySet<string>): boolean;
  /** What a field needs of its entity in a subgraph: the selection of its `@requires`; null for most fields. */
  requirementOf(subgraph: string, typeName: string, fieldName: string): SelectionSetNode | null;
  /** Interfaces that some subgraph has as an object: as the name of a type they leave open which type it is. */
  readonly interfaceObjects: ReadonlySet<string>;
}
