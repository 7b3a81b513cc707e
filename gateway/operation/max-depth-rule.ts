import {
  type ASTVisitor,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

/** Refuses operations whose fields are nested deeper than the limit, fragments followed. */
export function createMaxDepthRule(maxDepth: number): ValidationRule {
  return (context): ASTVisitor => {
    const depthOf = createDepthCounter(context);
    return {
      OperationDefinition: (operation) => {
        const depth = depthOf(operation.selectionSet);
        if (depth <= maxDepth) return;
        const name = operation.name === undefined ? 'The operation' : `Operation "${operation.name.value}"`;
        const message = `${name} nests fields ${depth} deep; at most ${maxDepth} are allowed`;
        context.reportError(
          new GraphQLError(message, {
            nodes: operation,
            extensions: { validationErrorCode: 'MAX_DEPTH_EXCEEDED' },
          }),
        );
      },
    };
  };
}

function createDepthCounter(context: ValidationContext): (selections: SelectionSetNode) => number {
  const fragmentDepths = new Map<string, number>();
  const fragmentDepth = (name: string): number => {
    const known = fragmentDepths.get(name);
    if (known !== undefined) return known;
    // A circle counts as nothing here: another rule refuses it.
    fragmentDepths.set(name, 0);
    const fragment = context.getFragment(name);
    const depth = fragment ? depthOf(fragment.selectionSet) : 0;
    fragmentDepths.set(name, depth);
    return depth;
  };
  const depthOf = ({ selections }: SelectionSetNode): number => {
    let deepest = 0;
    for (const selection of selections) {
      const depth =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? fragmentDepth(selection.name.value)
          : (selection.selectionSet === undefined ? 0 : depthOf(selection.selectionSet)) +
            (selection.kind === Kind.FIELD ? 1 : 0);
      if (depth > deepest) deepest = depth;
    }
    return deepest;
  };
  return depthOf;
}
