import {
  type DocumentNode,
  type FieldNode,
  getDirectiveValues,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLFormattedError,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

type Path = readonly (string | number)[];

/**
 * What is wrong with an answer's data by the schema and the operation alone, in words; null when nothing is: types of values, no
 * null where none may stand, exactly the keys that were asked for, in their order. Written from the specification (section 6),
 * and knows nothing of how answers are made.
 */
export function mistakeIn(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  data: unknown,
): string | null {
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return 'no operation';
  const root = schema.getRootType(operation.operation);
  if (!root) return 'no root type';
  if (data === null) return null;
  return new Checker(schema, document, withDefaults(operation, variables)).object(
    root,
    [operation.selectionSet],
    data,
    [],
  );
}

function withDefaults(
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue?.kind === Kind.BOOLEAN ? [[variable.name.value, defaultValue.value] as const] : [],
  );
  return { ...Object.fromEntries(defaults), ...given };
}

class Checker {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly document: DocumentNode,
    private readonly variables: Record<string, unknown>,
  ) {}

  /** An object of an interface or union is right when it is right for one of the types that it may have. */
  private composite(
    type: GraphQLCompositeType,
    sets: readonly SelectionSetNode[],
    value: unknown,
    path: Path,
  ) {
    if (isObjectType(type)) return this.object(type, sets, value, path);
    const mistakes = this.schema.getPossibleTypes(type).map((one) => this.object(one, sets, value, path));
    return mistakes.includes(null) ? null : (mistakes[0] ?? 'a type that no object has');
  }

  object(
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    value: unknown,
    path: Path,
  ): string | null {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return at(path, 'is no object');
    const fields = new Map<string, FieldNode[]>();
    for (const set of sets) this.collect(type, set, fields);
    const [wanted, got] = [[...fields.keys()], Object.keys(value)];
    if (wanted.join() !== got.join()) return at(path, `has keys ${got.join()} instead of ${wanted.join()}`);
    for (const [name, nodes] of fields) {
      const inner: unknown = Reflect.get(value, name);
      const mistake = this.field(type, nodes, inner, [...path, name]);
      if (mistake !== null) return mistake;
    }
    return null;
  }

  private field(
    parent: GraphQLObjectType,
    nodes: readonly FieldNode[],
    value: unknown,
    path: Path,
  ): string | null {
    const name = nodes[0]?.name.value ?? '';
    if (name === '__typename') return value === parent.name ? null : at(path, `is not ${parent.name}`);
    const field = parent.getFields()[name];
    if (field === undefined) return null; // introspection: the schema's own business
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return this.value(field.type, sets, value, path);
  }

  private value(
    type: GraphQLOutputType,
    sets: readonly SelectionSetNode[],
    value: unknown,
    path: Path,
  ): string | null {
    if (isNonNullType(type))
      return value === null ? at(path, 'is null') : this.value(type.ofType, sets, value, path);
    if (value === null) return null;
    if (isListType(type)) {
      if (!Array.isArray(value)) return at(path, 'is no list');
      for (const [index, item] of value.entries()) {
        const mistake = this.value(type.ofType, sets, item, [...path, index]);
        if (mistake !== null) return mistake;
      }
      return null;
    }
    const named = getNamedType(type);
    if (isCompositeType(named)) return this.composite(named, sets, value, path);
    const isRight = isEnumType(named)
      ? named.getValues().some((one) => one.name === value)
      : (SCALARS[named.name]?.(value) ?? true);
    return isRight ? null : at(path, `is no ${named.name}`);
  }

  private collect(type: GraphQLObjectType, set: SelectionSetNode, fields: Map<string, FieldNode[]>): void {
    for (const selection of set.selections) {
      if (getDirectiveValues(GraphQLSkipDirective, selection, this.variables)?.['if'] === true) continue;
      if (getDirectiveValues(GraphQLIncludeDirective, selection, this.variables)?.['if'] === false) continue;
      if (selection.kind === Kind.FIELD) {
        const name = selection.alias?.value ?? selection.name.value;
        fields.set(name, [...(fields.get(name) ?? []), selection]);
        continue;
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? this.fragment(selection.name.value) : selection;
      if (this.applies(fragment.typeCondition?.name.value, type))
        this.collect(type, fragment.selectionSet, fields);
    }
  }

  private fragment(name: string) {
    for (const one of this.document.definitions)
      if (one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name) return one;
    throw new TypeError(`No fragment "${name}"`);
  }

  private applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const abstract = this.schema.getType(condition);
    return isAbstractType(abstract) && this.schema.isSubType(abstract, type);
  }
}

function at(path: Path, what: string): string {
  return `/${path.join('/')} ${what}`;
}

const SCALARS: Readonly<Record<string, (value: unknown) => boolean>> = {
  Int: (value) => Number.isInteger(value) && Math.abs(Number(value)) <= 2 ** 31,
  Float: (value) => typeof value === 'number',
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
};

/** Places that are null in an answer and were not when nothing was wrong. */
export function lossesOf(before: unknown, after: unknown, path: Path = []): readonly Path[] {
  if (after === null) return before === null || before === undefined ? [] : [path];
  if (typeof before !== 'object' || before === null || typeof after !== 'object') return [];
  return Object.entries(before).flatMap(([key, value]: readonly [string, unknown]) =>
    lossesOf(value, Reflect.get(after, key), [...path, Array.isArray(before) ? Number(key) : key]),
  );
}

/**
 * Whether an error says of a loss: at its place, above it, below it, or at another field of the same object. One that stands for
 * several places (`affected`) says of all that differ from its own in list indices.
 */
export function explains({ path = [], extensions }: GraphQLFormattedError, loss: Path): boolean {
  const isForMany = extensions?.['affected'] !== undefined;
  const isPrefix = (one: Path, other: Path): boolean =>
    one.every(
      (step, place) =>
        step === other[place] || (isForMany && typeof step === 'number' && typeof other[place] === 'number'),
    );
  return isPrefix(path, loss) || isPrefix(loss, path) || isPrefix(path.slice(0, -1), loss);
}
