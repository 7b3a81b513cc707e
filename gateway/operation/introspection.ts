import {
  executeSync,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  visit,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/** Answers the fields `__schema` and `__type` of a keyed operation from the schema that clients see; null when it has none. */
export function compileIntrospection(
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
): ((variables: Variables) => Record<string, unknown>) | null {
  const fields = introspectionFields(operation.selectionSet);
  if (fields.length === 0) return null;
  const used = variablesOf(fields);
  const asked: OperationDefinitionNode = {
    ...operation,
    variableDefinitions:
      operation.variableDefinitions?.filter(({ variable }) => used.has(variable.name.value)) ?? [],
    selectionSet: { kind: Kind.SELECTION_SET, selections: fields },
  };
  const ask = (variables: Variables): Record<string, unknown> => {
    const { data, errors } = executeSync({
      schema,
      document: { kind: Kind.DOCUMENT, definitions: [asked] },
      variableValues: { ...variables },
    });
    if (data === null || data === undefined) throw errors?.[0] ?? new TypeError('The schema did not answer');
    return data;
  };
  if (used.size > 0) return ask;
  let answered: Record<string, unknown> | null = null;
  return (variables) => (answered ??= ask(variables));
}

/** What is left of an operation for the planner. */
export function withoutIntrospection(set: SelectionSetNode): SelectionSetNode {
  const selections = set.selections.flatMap((selection): readonly SelectionNode[] => {
    if (selection.kind === Kind.FIELD) return isIntrospection(selection) ? [] : [selection];
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
    const selectionSet = withoutIntrospection(selection.selectionSet);
    return selectionSet.selections.length === 0 ? [] : [{ ...selection, selectionSet }];
  });
  return { ...set, selections };
}

/** Only the root has them; fragments there are on the root type. */
function introspectionFields(set: SelectionSetNode): readonly FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return isIntrospection(selection) ? [selection] : [];
    return selection.kind === Kind.INLINE_FRAGMENT ? introspectionFields(selection.selectionSet) : [];
  });
}

function isIntrospection({ name }: FieldNode): boolean {
  return name.value === SchemaMetaFieldDef.name || name.value === TypeMetaFieldDef.name;
}

function variablesOf(fields: readonly FieldNode[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const field of fields) visit(field, { Variable: ({ name }) => void names.add(name.value) });
  return names;
}
