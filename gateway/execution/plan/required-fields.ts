import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { topLevelKeys } from './entity-selection';
import type { RequiredSelection } from './representation-reader';
import type { SubgraphFacts } from './subgraph-facts';

/** A field with arguments as it is in its subgraph, under a name of ours in the planner's supergraph. */
interface NamedField {
  readonly name: string;
  readonly arguments: FieldNode['arguments'];
}

/** The names that the supergraph given to the planner has for fields with arguments that some `@requires` asks for. */
export interface RequiredFieldNames {
  readonly byName: ReadonlyMap<string, NamedField>;
  of(subgraph: string, typeName: string, fieldName: string): ReadonlySet<string>;
}

/** Writes the fields that a plan knows by names of ours as their subgraphs know them: `price__requires1: price(currency: "USD")`. */
export function writeRequiredFields(document: DocumentNode, names: RequiredFieldNames): DocumentNode {
  if (names.byName.size === 0) return document;
  return visit(document, {
    Field: (field) => {
      const named = names.byName.get(field.name.value);
      if (named === undefined) return undefined;
      return {
        ...field,
        alias: field.alias ?? field.name,
        name: { ...field.name, value: named.name },
        arguments: named.arguments,
      };
    },
  });
}

/** A part of a fetch of entities that can be asked with one representation of each. */
export interface FetchPart {
  readonly selectionSet: SelectionSetNode;
  /** The name that the subgraph knows a key by; undefined for what the part does not require. */
  readonly nameOf: (key: string) => string | undefined;
}

export interface SplitOptions {
  readonly subgraph: string;
  readonly names: RequiredFieldNames;
  readonly facts: SubgraphFacts;
}

/**
 * Splits a fetch whose fields require one field with different arguments: a representation has one value under a name. So is one
 * that asks interface objects for what needs a field of some types only: objects of the others are asked for the rest.
 */
export function splitByRequirements(
  selectionSet: SelectionSetNode,
  requires: readonly RequiredSelection[],
  options: SplitOptions,
): readonly FetchPart[] {
  const { names } = options;
  const isMixed = mixesTypes(requires, options.facts);
  if (!isMixed && requiredNames(requires, names).size === 0) return [{ selectionSet, nameOf: (key) => key }];
  const groups = groupFields(selectionSet, options, isMixed);
  const needed = new Set(groups.flatMap(({ needs }) => [...needs]));
  return groups.map(({ selections, needs }) => ({
    selectionSet: { kind: Kind.SELECTION_SET, selections },
    nameOf: (key) => (needed.has(key) && !needs.has(key) ? undefined : (names.byName.get(key)?.name ?? key)),
  }));
}

/** Whether the types of interface objects are told apart by what is required of them. */
function mixesTypes(requires: readonly RequiredSelection[], { interfaceObjects }: SubgraphFacts): boolean {
  const conditions = requires.flatMap((one) => (one.kind === 'InlineFragment' ? [one.typeCondition] : []));
  return conditions.length > 1 && conditions.some((one) => one !== undefined && interfaceObjects.has(one));
}

interface Group {
  readonly needs: Set<string>;
  readonly selections: SelectionNode[];
}

function groupFields(
  selectionSet: SelectionSetNode,
  options: SplitOptions,
  isMixed: boolean,
): readonly Group[] {
  const { subgraph, names, facts } = options;
  const groups: Group[] = [];
  const needsOf = (typeName: string, fieldName: string): ReadonlySet<string> => {
    const set = isMixed ? facts.requirementOf(subgraph, typeName, fieldName) : null;
    return set === null ? names.of(subgraph, typeName, fieldName) : new Set(topLevelKeys(set));
  };
  const split = (
    set: SelectionSetNode,
    typeName: string,
    wrap: (node: SelectionNode) => SelectionNode,
  ): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const { typeCondition } = selection;
        split(selection.selectionSet, typeCondition?.name.value ?? typeName, (node) =>
          wrap({ ...selection, selectionSet: { kind: Kind.SELECTION_SET, selections: [node] } }),
        );
      } else if (selection.kind === Kind.FIELD) {
        const needs = needsOf(typeName, selection.name.value);
        const group = groups.find((one) => fits(one, needs, names, isMixed)) ?? addGroup(groups);
        group.selections.push(wrap(selection));
        for (const name of needs) group.needs.add(name);
      }
    }
  };
  split(selectionSet, '', (node) => node);
  return groups;
}

function addGroup(groups: Group[]): Group {
  const group: Group = { needs: new Set(), selections: [] };
  groups.push(group);
  return group;
}

/** Whether requirements collide with none of a group's; where types are mixed, whether they are the same. */
function fits(
  { needs: theirs }: Group,
  needs: ReadonlySet<string>,
  names: RequiredFieldNames,
  isMixed: boolean,
): boolean {
  if (isMixed) return needs.size === theirs.size && [...needs].every((name) => theirs.has(name));
  const plainName = (name: string): string => names.byName.get(name)?.name ?? name;
  return [...needs].every((name) =>
    [...theirs].every((other) => other === name || plainName(other) !== plainName(name)),
  );
}

function requiredNames(
  selections: readonly RequiredSelection[],
  names: RequiredFieldNames,
  found = new Set<string>(),
): ReadonlySet<string> {
  for (const selection of selections) {
    if (selection.kind === 'Field' && names.byName.has(selection.name)) found.add(selection.name);
    requiredNames(selection.selections ?? [], names, found);
  }
  return found;
}
