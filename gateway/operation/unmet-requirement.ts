import type { QueryPlan } from '@apollo/query-planner';
import {
  type FieldNode,
  getNamedType,
  getNullableType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { parseFetch, theOperation, topLevelKeys } from '../execution/plan/entity-selection';
import type { SubgraphFacts } from '../supergraph/subgraph-facts';

export type PlanNode = Exclude<NonNullable<QueryPlan['node']>, { readonly kind: 'Subscription' }>;
export type FetchNode = Extract<PlanNode, { readonly kind: 'Fetch' }>;

/** A field that a fetch of a plan asks for without what the subgraph needs for it. */
export interface UnmetRequirement {
  readonly field: FieldNode;
  readonly typeName: string;
  /** From the objects of the fetch to the field's, `@` for list indices. */
  readonly path: readonly string[];
  readonly requirement: SelectionSetNode;
  /** The fetch's selection without the field, and with what finds its object again. */
  readonly rest: SelectionSetNode;
}

/** The first one in a fetch; null for a fetch that is right. */
export function findUnmet(
  fetch: FetchNode,
  facts: SubgraphFacts,
  schema: GraphQLSchema,
): UnmetRequirement | null {
  const { selectionSet, operation } = theOperation(parseFetch(fetch.operation));
  const isEntities = fetch.requires !== undefined;
  const root = isEntities ? '_Entity' : (schema.getRootType(operation)?.name ?? '');
  const given = new Set(isEntities ? givenKeys(fetch.requires ?? []) : []);
  return new Finder(fetch.serviceName, facts, schema, given).find(selectionSet, root, []);
}

/** Keys that the representations of a fetch have. */
function givenKeys(requires: NonNullable<FetchNode['requires']>): readonly string[] {
  return requires.flatMap((one) =>
    one.kind === 'InlineFragment' ? givenKeys(one.selections) : [one.alias ?? one.name],
  );
}

class Finder {
  constructor(
    private readonly subgraph: string,
    private readonly facts: SubgraphFacts,
    private readonly schema: GraphQLSchema,
    private readonly given: ReadonlySet<string>,
  ) {}

  find(set: SelectionSetNode, typeName: string, path: readonly string[]): UnmetRequirement | null {
    // What is selected beside a field, its subgraph has by itself.
    const known = new Set([...topLevelKeys(set), ...(path.length === 0 ? this.given : [])]);
    return this.findAmong(set, typeName, path, known);
  }

  private findAmong(
    set: SelectionSetNode,
    typeName: string,
    path: readonly string[],
    known: ReadonlySet<string>,
  ): UnmetRequirement | null {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
      if (selection.kind === Kind.FIELD) {
        const unmet = this.check(selection, typeName, path, known);
        if (unmet !== null) return { ...unmet, rest: replaced(set, selection, this.keyNodes(typeName)) };
      }
      const inner = this.below(selection, typeName, path, known);
      if (inner === null) continue;
      const wrapped = { ...selection, selectionSet: inner.rest };
      return { ...inner, rest: replaced(set, selection, [wrapped]) };
    }
    return null;
  }

  private check(field: FieldNode, typeName: string, path: readonly string[], known: ReadonlySet<string>) {
    const requirement = this.facts.requirementOf(this.subgraph, typeName, field.name.value);
    if (requirement === null || topLevelKeys(requirement).every((key) => known.has(key))) return null;
    return { field, typeName, path, requirement };
  }

  private below(
    selection: Exclude<SelectionNode, { readonly kind: Kind.FRAGMENT_SPREAD }>,
    typeName: string,
    path: readonly string[],
    known: ReadonlySet<string>,
  ): UnmetRequirement | null {
    if (selection.selectionSet === undefined) return null;
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return this.findAmong(
        selection.selectionSet,
        selection.typeCondition?.name.value ?? typeName,
        path,
        known,
      );
    // The list of entities is the fetch's own: paths begin at its items.
    if (typeName === '_Entity') return null;
    const type = this.typeOf(typeName, selection.name.value);
    if (type === undefined) return this.find(selection.selectionSet, '_Entity', path);
    const key = selection.alias?.value ?? selection.name.value;
    return this.find(selection.selectionSet, getNamedType(type).name, [...path, key, ...listMarks(type)]);
  }

  private typeOf(typeName: string, fieldName: string): GraphQLOutputType | undefined {
    const type = this.schema.getType(typeName);
    return isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName]?.type : undefined;
  }

  private keyNodes(typeName: string): readonly SelectionNode[] {
    const key = this.facts.keyOf(this.subgraph, typeName);
    if (key === null) throw new TypeError(`${this.subgraph} cannot be entered for ${typeName}`);
    return [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }, ...key.selections];
  }
}

/** The selection with others in the place of one, each of them once. */
function replaced(
  set: SelectionSetNode,
  selection: SelectionNode,
  by: readonly SelectionNode[],
): SelectionSetNode {
  const others = new Set(set.selections.filter((one) => one !== selection).map((one) => print(one)));
  const missing = by.filter((one) => !others.has(print(one)));
  return { ...set, selections: set.selections.flatMap((one) => (one === selection ? missing : [one])) };
}

function listMarks(type: GraphQLOutputType): readonly string[] {
  const nullable = getNullableType(type);
  return isListType(nullable) ? ['@', ...listMarks(nullable.ofType)] : [];
}
