import { Kind, type FieldNode, type InlineFragmentNode, type SelectionNode } from 'graphql';

/** The name under which a field stands in an answer. */
export function responseNameOf(field: FieldNode): string {
  return field.alias?.value ?? field.name.value;
}

export function aliased(alias: string, name: string): FieldNode {
  return {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: alias },
    name: { kind: Kind.NAME, value: name },
  };
}

/** `alias: a { b { c } }` for the path `a.b.c`. */
export function aliasedPath(alias: string, [head = '', ...rest]: readonly string[]): FieldNode {
  const [field, ...below] = [...rest].reverse();
  const top = aliased(alias, head);
  if (field === undefined) return top;
  const inner = below.reduce<FieldNode>(
    (selected, name) => withSelections(named(name), [selected]),
    named(field),
  );
  return withSelections(top, [inner]);
}

export function withSelections(field: FieldNode, selections: readonly SelectionNode[]): FieldNode {
  return { ...field, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

export function selectionsOf(field: FieldNode): readonly SelectionNode[] {
  return field.selectionSet?.selections ?? [];
}

export function fragmentOn(typeName: string, selections: readonly SelectionNode[]): InlineFragmentNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: typeName } },
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
}

function named(name: string): FieldNode {
  return { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name } };
}
