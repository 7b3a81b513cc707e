import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { RequiredSelection } from './representation-reader';

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

/**
 * Splits a fetch whose fields require one field with different arguments: a representation has one value under a name.
 */
export function splitByRequirements(
  subgraph: string,
  selectionSet: SelectionSetNode,
  requires: readonly RequiredSelection[],
  names: RequiredFieldNames,
): readonly FetchPart[] {
  const required = requiredNames(requires, names);
  if (required.size === 0) return [{ selectionSet, nameOf: (key) => key }];
  const groups: Group[] = [];
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
        const needs = names.of(subgraph, typeName, selection.name.value);
        groupFor(groups, needs, names).selections.push(wrap(selection));
        for (const name of needs) groupFor(groups, needs, names).needs.add(name);
      }
    }
  };
  split(selectionSet, '', (node) => node);
  return groups.map(({ selections, needs }) => ({
    selectionSet: { kind: Kind.SELECTION_SET, selections },
    nameOf: (key) => {
      const named = names.byName.get(key);
      if (named === undefined) return key;
      return needs.has(key) ? named.name : undefined;
    },
  }));
}

interface Group {
  readonly needs: Set<string>;
  readonly selections: SelectionNode[];
}

/** The first group whose requirements do not collide with these. */
function groupFor(groups: Group[], needs: ReadonlySet<string>, names: RequiredFieldNames): Group {
  const plainName = (name: string): string => names.byName.get(name)?.name ?? name;
  const fits = ({ needs: theirs }: Group): boolean =>
    [...needs].every((name) =>
      [...theirs].every((other) => other === name || plainName(other) !== plainName(name)),
    );
  const known = groups.find(fits);
  if (known !== undefined) return known;
  const group: Group = { needs: new Set(), selections: [] };
  groups.push(group);
  return group;
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
