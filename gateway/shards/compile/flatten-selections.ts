import { Kind, type FieldNode, type SelectionNode } from 'graphql';
import type { ShardedGraph } from '../spec/shard-spec';

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
