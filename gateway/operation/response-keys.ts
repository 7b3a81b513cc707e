import {
  type ArgumentNode,
  type FieldNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
} from 'graphql';
import type { ResolvedOperation } from './resolve-operation';

/** The operation as it is planned, and the name under which each field of the client's stands in the data of its plan. */
export interface KeyedOperation {
  readonly operation: OperationDefinitionNode;
  readonly keyOf: (field: FieldNode) => string;
}

const TYPENAME = '__typename';

/**
 * Replaces the client's aliases by keys of our own before planning, and by the client's again in the answer: one key for one
 * field name, arguments and shape of type, wherever it stands in the operation. So an alias never collides with a key field or a
 * required field that the planner adds, fields of different union members never collide under one alias, and a value that is asked
 * for under two aliases is fetched once. Objects are not: a null that may not stand in one of them would take the other away. Root
 * fields of a mutation keep their aliases: each runs on its own.
 */
export function assignKeys(resolved: ResolvedOperation, schema: GraphQLSchema): KeyedOperation {
  const keys = new Keys(schema);
  const { operation, selectionSet } = resolved;
  const rootType = schema.getRootType(operation.operation) ?? undefined;
  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  const keyed = keys.rewrite(selectionSet, rootType, isMutation ? responseNameOf : null);
  return {
    operation: { ...operation, selectionSet: keyed },
    keyOf: (field) => keys.of(field),
  };
}

class Keys {
  private readonly byField = new Map<FieldNode, string>();
  private readonly byIdentity = new Map<string, string>();
  private readonly taken = new Set<string>(Object.getOwnPropertyNames(Object.prototype));

  constructor(private readonly schema: GraphQLSchema) {}

  of(field: FieldNode): string {
    return this.byField.get(field) ?? field.name.value;
  }

  rewrite(
    set: SelectionSetNode,
    parent: GraphQLCompositeType | undefined,
    keyAtRoot: ((field: FieldNode) => string) | null,
  ): SelectionSetNode {
    const selections = set.selections.map((selection): SelectionNode => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value;
        const type = condition === undefined ? parent : this.schema.getType(condition);
        const inside = isCompositeType(type) ? type : undefined;
        return { ...selection, selectionSet: this.rewrite(selection.selectionSet, inside, keyAtRoot) };
      }
      return this.rewriteField(selection, parent, keyAtRoot);
    });
    return { ...set, selections };
  }

  private rewriteField(
    field: FieldNode,
    parent: GraphQLCompositeType | undefined,
    keyAtRoot: ((field: FieldNode) => string) | null,
  ): FieldNode {
    const { alias: _alias, ...plain } = field;
    if (field.name.value === TYPENAME) return plain;
    const type = this.typeOf(field, parent);
    const key = keyAtRoot?.(field) ?? this.sharedKey(field, type);
    this.byField.set(field, key);
    const alias = key === field.name.value ? {} : { alias: { kind: Kind.NAME, value: key } as const };
    // Introspection is answered as it stands, with the client's own aliases inside.
    if (field.name.value.startsWith('__')) return { ...plain, ...alias };
    const named = type === undefined ? undefined : getNamedType(type);
    const below = isCompositeType(named) ? named : undefined;
    const selectionSet = field.selectionSet && this.rewrite(field.selectionSet, below, null);
    return {
      ...plain,
      ...alias,
      ...(selectionSet && { selectionSet: orTypename(selectionSet) }),
    };
  }

  private sharedKey(field: FieldNode, type: GraphQLOutputType | undefined): string {
    const { name, arguments: given = [], selectionSet } = field;
    const own = selectionSet === undefined ? '' : responseNameOf(field);
    const identity = [name.value, ...given.map(printArgument).sort(), shapeOf(type), own].join(' ');
    const known = this.byIdentity.get(identity);
    if (known !== undefined) return known;
    let key = name.value;
    for (let number = 2; this.taken.has(key); number++) key = `${name.value}__${number}`;
    this.taken.add(key);
    this.byIdentity.set(identity, key);
    return key;
  }

  private typeOf(field: FieldNode, parent: GraphQLCompositeType | undefined): GraphQLOutputType | undefined {
    const name = field.name.value;
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef.type;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef.type;
    return parent !== undefined && 'getFields' in parent ? parent.getFields()[name]?.type : undefined;
  }
}

export function responseNameOf(field: FieldNode): string {
  return field.alias?.value ?? field.name.value;
}

function printArgument(argument: ArgumentNode): string {
  return print(argument);
}

/** Types of one shape may stand under one key (GraphQL specification, SameResponseShape). */
function shapeOf(type: GraphQLOutputType | undefined): string {
  if (type === undefined) return '?';
  if (isNonNullType(type)) return `${shapeOf(type.ofType)}!`;
  if (isListType(type)) return `[${shapeOf(type.ofType)}]`;
  return isCompositeType(type) ? '{}' : type.name;
}

/** An object whose fields are all skipped is still asked for: it may be null, and a selection may not be empty. */
function orTypename(set: SelectionSetNode): SelectionSetNode {
  if (set.selections.length > 0) return set;
  return { ...set, selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: TYPENAME } }] };
}
