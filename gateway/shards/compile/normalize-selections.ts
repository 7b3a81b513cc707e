import {
  Kind,
  valueFromASTUntyped,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type InlineFragmentNode,
  type SelectionNode,
} from 'graphql';
import { ASKED } from './gather-node';
import type { ShardedGraph } from '../spec/shard-spec';

/** Selections with fragment spreads inlined and `@skip`/`@include` decided by the variables. */
export function resolveConditions(
  selections: readonly SelectionNode[],
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): readonly SelectionNode[] {
  return selections.flatMap((selection): readonly SelectionNode[] => {
    if (!isIncluded(selection.directives ?? [], variables)) return [];
    const directives = (selection.directives ?? []).filter((directive) => !isCondition(directive));
    switch (selection.kind) {
      case Kind.FIELD:
        if (!selection.selectionSet) return [{ ...selection, directives }];
        return [
          {
            ...selection,
            directives,
            selectionSet: {
              kind: Kind.SELECTION_SET,
              selections: orTypename(
                resolveConditions(selection.selectionSet.selections, document, variables),
              ),
            },
          },
        ];
      case Kind.INLINE_FRAGMENT:
        return fragmentOf(
          { ...selection, directives },
          resolveConditions(selection.selectionSet.selections, document, variables),
        );
      case Kind.FRAGMENT_SPREAD: {
        const fragment = document.definitions.find(
          (definition) =>
            definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value,
        );
        if (fragment?.kind !== Kind.FRAGMENT_DEFINITION) return [];
        return fragmentOf(
          { kind: Kind.INLINE_FRAGMENT, typeCondition: fragment.typeCondition, directives },
          resolveConditions(fragment.selectionSet.selections, document, variables),
        );
      }
    }
  });
}

/** Nothing is left of a fragment whose fields are all skipped. */
function fragmentOf(
  fragment: Omit<InlineFragmentNode, 'selectionSet'>,
  selections: readonly SelectionNode[],
): readonly InlineFragmentNode[] {
  return selections.length === 0
    ? []
    : [{ ...fragment, selectionSet: { kind: Kind.SELECTION_SET, selections } }];
}

/** An object whose fields are all skipped is still asked for: it may be null, and a selection may not be empty. */
function orTypename(selections: readonly SelectionNode[]): readonly SelectionNode[] {
  if (selections.length > 0) return selections;
  return [
    {
      kind: Kind.FIELD,
      alias: { kind: Kind.NAME, value: ASKED.typename },
      name: { kind: Kind.NAME, value: '__typename' },
    },
  ];
}

/** The fields asked of one object type: fragments that apply to it opened, fields of one response name joined. */
export function flattenSelections(
  graph: ShardedGraph,
  selections: readonly SelectionNode[],
  typeName: string,
): readonly FieldNode[] {
  const fields = new Map<string, FieldNode>();
  const visit = (some: readonly SelectionNode[]): void => {
    for (const selection of some) {
      if (selection.kind === Kind.FIELD) {
        const responseName = selection.alias?.value ?? selection.name.value;
        const before = fields.get(responseName);
        fields.set(responseName, before ? joined(before, selection) : selection);
      } else if (
        selection.kind === Kind.INLINE_FRAGMENT &&
        applies(graph, selection.typeCondition?.name.value, typeName)
      ) {
        visit(selection.selectionSet.selections);
      }
    }
  };
  visit(selections);
  return [...fields.values()];
}

function joined(first: FieldNode, second: FieldNode): FieldNode {
  if (!first.selectionSet || !second.selectionSet) return first;
  return {
    ...first,
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [...first.selectionSet.selections, ...second.selectionSet.selections],
    },
  };
}

function applies(graph: ShardedGraph, condition: string | undefined, typeName: string): boolean {
  return (
    condition === undefined ||
    condition === typeName ||
    (graph.types.get(typeName)?.interfaces.includes(condition) ?? false)
  );
}

function isCondition(directive: DirectiveNode): boolean {
  return directive.name.value === 'skip' || directive.name.value === 'include';
}

function isIncluded(
  directives: readonly DirectiveNode[],
  variables: Readonly<Record<string, unknown>>,
): boolean {
  return directives.filter(isCondition).every((directive) => {
    const condition = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
    const value = condition ? valueFromASTUntyped(condition, variables) : true;
    return directive.name.value === 'skip' ? value !== true : value === true;
  });
}
