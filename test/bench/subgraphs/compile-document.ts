import {
  Kind,
  OperationTypeNode,
  parse,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { FieldFunction, Row } from './rows';

export type Variables = Readonly<Record<string, unknown>>;
/** From the root row to `data`. */
export type Resolver = (root: Row, variables: Variables) => Record<string, unknown>;

interface Field {
  readonly key: string;
  readonly name: string;
  /** The type that the enclosing fragment asks for; null outside of fragments. */
  readonly on: string | null;
  readonly args: ((variables: Variables) => Variables) | null;
  readonly fields: readonly Field[];
}

/**
 * Turns a document into a function over prepared rows. It checks nothing that a gateway would not get wrong: a field that a row
 * does not have is an error, so that a plan which asks the wrong subgraph fails.
 */
export function compileDocument(text: string): Resolver {
  const document = parse(text, { noLocation: true });
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (operation?.operation !== OperationTypeNode.QUERY) throw new Error(`Not a query: ${text}`);
  const fields = fieldsOf(operation.selectionSet, null, fragmentsOf(document));
  return (root, variables) => resolveRow(root, fields, variables);
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function fragmentsOf(document: DocumentNode): Fragments {
  return new Map(
    document.definitions
      .filter((one) => one.kind === Kind.FRAGMENT_DEFINITION)
      .map((one) => [one.name.value, one]),
  );
}

function fieldsOf(set: SelectionSetNode, on: string | null, fragments: Fragments): readonly Field[] {
  return set.selections.flatMap((selection) => {
    if (selection.directives?.length) throw new Error('The subgraphs of the bench know no directives');
    switch (selection.kind) {
      case Kind.FIELD:
        return [fieldOf(selection, on, fragments)];
      case Kind.INLINE_FRAGMENT:
        return fieldsOf(selection.selectionSet, selection.typeCondition?.name.value ?? on, fragments);
      case Kind.FRAGMENT_SPREAD: {
        const fragment = fragments.get(selection.name.value);
        if (!fragment) throw new Error(`There is no fragment ${selection.name.value}`);
        return fieldsOf(fragment.selectionSet, fragment.typeCondition.name.value, fragments);
      }
    }
  });
}

function fieldOf(node: FieldNode, on: string | null, fragments: Fragments): Field {
  const args = node.arguments ?? [];
  const read = (variables: Variables): Variables =>
    Object.fromEntries(args.map((one) => [one.name.value, valueFromASTUntyped(one.value, variables)]));
  return {
    key: node.alias?.value ?? node.name.value,
    name: node.name.value,
    on,
    args: args.length === 0 ? null : read,
    fields: node.selectionSet ? fieldsOf(node.selectionSet, null, fragments) : [],
  };
}

function resolveRow(row: Row, fields: readonly Field[], variables: Variables): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const field of fields) {
    if (field.on !== null && field.on !== row.__typename) continue;
    const value = resolveField(row, field, variables);
    // Fields of one key are merged as the specification says; a leaf is the same both times.
    data[field.key] = merge(data[field.key], value);
  }
  return data;
}

function resolveField(row: Row, { name, args, fields }: Field, variables: Variables): unknown {
  const held = row[name];
  if (held === undefined) throw new Error(`${row.__typename}.${name} is not in this subgraph`);
  // Rows hold functions of this kind only.
  const value = typeof held === 'function' ? (held as FieldFunction)(args?.(variables) ?? {}) : held;
  return fields.length === 0 ? value : resolveRows(value, fields, variables);
}

function resolveRows(value: unknown, fields: readonly Field[], variables: Variables): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((item) => resolveRows(item, fields, variables));
  // What has a selection of its own and is no list is a row.
  return resolveRow(value as Row, fields, variables);
}

function merge(before: unknown, now: unknown): unknown {
  if (before === undefined || typeof before !== 'object' || before === null) return now;
  if (Array.isArray(before)) return before.map((item, place) => merge(item, (now as unknown[])[place]));
  const merged: Record<string, unknown> = { ...before };
  for (const [key, value] of Object.entries(now as object)) merged[key] = merge(merged[key], value);
  return merged;
}
