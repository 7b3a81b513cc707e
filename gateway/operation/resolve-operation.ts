import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** One operation with nothing left to decide: no fragment spreads, no `@skip`, no `@include`. */
export interface ResolvedOperation {
  readonly operation: OperationDefinitionNode;
  readonly selectionSet: SelectionSetNode;
}

/**
 * The Boolean variables that `@skip` and `@include` of an operation read, in the fragments that it uses too: one set of values makes
 * one resolved operation.
 */
export function conditionVariables(
  operation: OperationDefinitionNode,
  document: DocumentNode,
): readonly string[] {
  const names = new Set<string>();
  const fragments = new Map(fragmentsOf(document));
  const visit = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      for (const directive of selection.directives ?? []) {
        const value = conditionOf(directive);
        if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
      }
      if (selection.kind !== Kind.FRAGMENT_SPREAD) {
        if (selection.selectionSet) visit(selection.selectionSet);
        continue;
      }
      const fragment = fragments.get(selection.name.value);
      // Each fragment once, however often it is used.
      fragments.delete(selection.name.value);
      if (fragment !== undefined) visit(fragment.selectionSet);
    }
  };
  visit(operation.selectionSet);
  return [...names];
}

/**
 * Decides the conditions and opens the fragments of a valid operation, so that planner, steps and answer all see the same
 * plain fields.
 *
 * @throws GraphQLError with code OPERATION_TOO_COMPLEX when more than `maxSelections` are left, because fragments that name each
 * other grow without bound, or when they nest too deeply.
 */
export function resolveOperation(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  conditions: ReadonlyMap<string, boolean>,
  maxSelections: number,
): ResolvedOperation {
  const resolver = new Resolver(fragmentsOf(document), conditions, maxSelections);
  return { operation, selectionSet: resolver.resolve(operation.selectionSet) };
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
}

/** Fragments that name each other nest without brackets; what plans and answers follow them by recursion. */
const MAX_NESTING = 500;

/** For whoever asked for too much: the message says of what. */
export function tooComplex(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'OPERATION_TOO_COMPLEX' } });
}

class Resolver {
  private count = 0;
  private nesting = 0;

  constructor(
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly conditions: ReadonlyMap<string, boolean>,
    private readonly maxSelections: number,
  ) {}

  resolve(set: SelectionSetNode): SelectionSetNode {
    this.nesting += 1;
    if (this.nesting > MAX_NESTING)
      throw tooComplex(`The operation nests fields and fragments more than ${MAX_NESTING} deep`);
    const resolved = this.resolveAll(set);
    this.nesting -= 1;
    return resolved;
  }

  private resolveAll(set: SelectionSetNode): SelectionSetNode {
    return { kind: Kind.SELECTION_SET, selections: set.selections.flatMap((one) => this.resolveOne(one)) };
  }

  private resolveOne(selection: SelectionNode): readonly SelectionNode[] {
    this.take();
    if (!this.isIncluded(selection.directives)) return [];
    const directives =
      selection.directives?.filter((directive) => conditionOf(directive) === undefined) ?? [];
    switch (selection.kind) {
      case Kind.FIELD:
        return [this.resolveField(selection, directives)];
      case Kind.INLINE_FRAGMENT:
        return fragment({ ...selection, directives, selectionSet: this.resolve(selection.selectionSet) });
      case Kind.FRAGMENT_SPREAD: {
        const definition = this.fragments.get(selection.name.value);
        if (definition === undefined) return [];
        const { typeCondition, selectionSet } = definition;
        return fragment({
          kind: Kind.INLINE_FRAGMENT,
          typeCondition,
          directives,
          selectionSet: this.resolve(selectionSet),
        });
      }
    }
  }

  private resolveField(field: FieldNode, directives: readonly DirectiveNode[]): FieldNode {
    const { selectionSet } = field;
    return {
      ...field,
      directives,
      ...(selectionSet !== undefined && { selectionSet: this.resolve(selectionSet) }),
    };
  }

  private isIncluded(directives: readonly DirectiveNode[] = []): boolean {
    return directives.every((directive) => {
      const condition = conditionOf(directive);
      if (condition === undefined) return true;
      const value =
        condition.kind === Kind.VARIABLE
          ? this.conditions.get(condition.name.value) === true
          : condition.kind === Kind.BOOLEAN && condition.value;
      return directive.name.value === 'skip' ? !value : value;
    });
  }

  private take(): void {
    this.count += 1;
    if (this.count <= this.maxSelections) return;
    throw tooComplex(
      `The operation selects more than ${this.maxSelections} fields and fragments once its fragments are opened`,
    );
  }
}

/** Nothing is left of a fragment whose fields are all skipped. */
function fragment(
  node: SelectionNode & { readonly selectionSet: SelectionSetNode },
): readonly SelectionNode[] {
  return node.selectionSet.selections.length === 0 ? [] : [node];
}

function conditionOf({ name, arguments: given }: DirectiveNode) {
  if (name.value !== 'skip' && name.value !== 'include') return undefined;
  return given?.find((argument) => argument.name.value === 'if')?.value;
}
