import {
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getVariableValues,
  isEnumType,
  isListType,
  isNonNullType,
  typeFromAST,
  isInputType,
  type VariableDefinitionNode,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/** Either the variables, as they go to the subgraphs, or the client's mistakes. */
export type CheckedVariables =
  { readonly variables: Variables } | { readonly errors: readonly GraphQLError[] };

/**
 * Checks what a client gives for an operation's variables. They go on to the subgraphs as they were given: each subgraph coerces
 * them by the same types, and defaults stand in the text that it gets.
 */
export type VariablesCheck = (given: Variables) => CheckedVariables;

export function compileVariables(
  definitions: readonly VariableDefinitionNode[],
  schema: GraphQLSchema,
): VariablesCheck {
  if (definitions.length === 0) return () => ({ variables: NOTHING });
  const quick = definitions.map((definition) => quickCheck(definition, schema));
  return (given) => {
    if (quick.every((check) => check(given))) return { variables: given };
    const { errors } = getVariableValues(schema, definitions, given);
    return errors === undefined ? { variables: given } : { errors: errors.map(asBadInput) };
  };
}

const NOTHING: Variables = {};

/** As Apollo Server names them. */
function asBadInput(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, {
    ...(error.nodes !== undefined && { nodes: error.nodes }),
    originalError: error.originalError,
    extensions: { ...error.extensions, code: 'BAD_USER_INPUT' },
  });
}

type Check = (given: Variables) => boolean;
type ValueCheck = (value: unknown) => boolean;

/** True for values that are plainly right; all others go through graphql-js, which says what is wrong. */
function quickCheck({ variable, type, defaultValue }: VariableDefinitionNode, schema: GraphQLSchema): Check {
  const name = variable.name.value;
  const inputType = typeFromAST(schema, type);
  const isOptional = defaultValue !== undefined || !isNonNullType(inputType);
  const isRight = isInputType(inputType) ? valueCheck(inputType) : () => false;
  return (given) => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    return value === undefined ? isOptional : isRight(value);
  };
}

function valueCheck(type: GraphQLInputType): ValueCheck {
  if (isNonNullType(type)) {
    const check = valueCheck(type.ofType);
    return (value) => value !== null && check(value);
  }
  if (isListType(type)) {
    const check = valueCheck(type.ofType);
    return (value) => value === null || (Array.isArray(value) && value.every(check));
  }
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map((value) => value.name));
    return (value) => value === null || (typeof value === 'string' && names.has(value));
  }
  const check = SCALARS.get(type.name);
  return check === undefined ? () => false : (value) => value === null || check(value);
}

const SCALARS: ReadonlyMap<string, ValueCheck> = new Map<string, ValueCheck>([
  ['String', (value) => typeof value === 'string'],
  ['ID', (value) => typeof value === 'string'],
  ['Boolean', (value) => typeof value === 'boolean'],
  ['Float', (value) => typeof value === 'number' && Number.isFinite(value)],
  ['Int', (value) => typeof value === 'number' && (value | 0) === value],
]);
