import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  type FieldDefinitionNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql';
import type { CallSubgraph } from '../gateway-under-test';
import {
  fieldSetsOf,
  type FieldRule,
  isRow,
  linked,
  parseFieldSet,
  type Row,
  type Values,
  type World,
} from './world';

/** A row in the hands of a subgraph, with what the gateway gave of it. */
interface Held {
  readonly row: Row;
  readonly given: Values;
}

type FieldsNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode | InterfaceTypeDefinitionNode;
type Resolvers = Record<string, Record<string, GraphQLFieldResolver<unknown, unknown>>>;

/** The subgraphs of a world: each a federated schema of `@apollo/subgraph`, asked as over the wire but in this process. */
export function openWorld(world: World): CallSubgraph {
  const schemas = new Map(
    Object.entries(world.subgraphs).map(([name, typeDefs]) => [name, openSubgraph(world, linked(typeDefs))]),
  );
  return async (name, { query, variables }) => {
    const schema = schemas.get(name);
    if (schema === undefined) throw new TypeError(`"${name}" is no subgraph of ${world.name}`);
    const document = parse(query);
    const mistakes = validate(schema, document);
    if (mistakes.length > 0) return { errors: mistakes.map((error) => error.toJSON()) };
    const result = await execute({ schema, document, variableValues: variables, rootValue: ROOT });
    return JSON.parse(JSON.stringify(result)) as unknown;
  };
}

const ROOT: Held = { row: { __typename: 'Root' }, given: {} };

function openSubgraph(world: World, typeDefs: string): GraphQLSchema {
  const document = parse(typeDefs);
  const resolvers: Resolvers = {};
  for (const definition of document.definitions) {
    if (hasFields(definition)) resolvers[definition.name.value] = resolversOf(world, definition);
    if (definition.kind === Kind.UNION_TYPE_DEFINITION)
      resolvers[definition.name.value] = { __resolveType: typeOf };
  }
  // Its type of resolvers knows no __resolveReference with one parameter; it calls them so.
  return buildSubgraphSchema({ typeDefs: document, resolvers: resolvers });
}

function hasFields(definition: { readonly kind: Kind }): definition is FieldsNode {
  return (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
    definition.kind === Kind.OBJECT_TYPE_EXTENSION ||
    definition.kind === Kind.INTERFACE_TYPE_DEFINITION
  );
}

function resolversOf(world: World, definition: FieldsNode): Resolvers[string] {
  const keys = fieldSetsOf(definition, 'key').map(parseFieldSet);
  const resolvers: Resolvers[string] = {};
  if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION) resolvers['__resolveType'] = typeOf;
  else
    for (const field of definition.fields ?? [])
      resolvers[field.name.value] = resolverOf(world, definition.name.value, field);
  if (keys.length > 0) resolvers['__resolveReference'] = (given) => refer(world, keys, given as Values);
  return resolvers;
}

function typeOf(held: unknown): string {
  // Every object that leaves a resolver here is held.
  return (held as Held).row.__typename;
}

function resolverOf(world: World, typeName: string, field: FieldDefinitionNode) {
  const name = field.name.value;
  const isComputed = fieldSetsOf(field, 'requires').length > 0;
  const rule = world.rules[`${typeName}.${name}`] ?? plainly(name);
  return (parent: unknown, args: Values): unknown => {
    const { row, given } = parent as Held;
    return hold(rule(isComputed ? given : row, args));
  };
}

export function plainly(name: string): FieldRule {
  return (values) => values[name] ?? null;
}

function hold(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hold);
  return isRow(value) ? ({ row: value, given: {} } satisfies Held) : value;
}

/** The entity that a representation means: by the first key of which it has all. */
function refer(world: World, keys: readonly SelectionSetNode[], given: Values): Held | null {
  const key = keys.find((one) => hasAll(one, given));
  if (key === undefined)
    throw new TypeError(`No key of ${String(given['__typename'])} in ${JSON.stringify(given)}`);
  const row = world.entities.find((one) => isNamed(one, given) && agrees(key, one, given));
  return row === undefined ? null : { row, given };
}

/** An interface's name in a representation means any of its types: keys of a world are unlike each other. */
function isNamed(row: Row, given: Values): boolean {
  const name = given['__typename'];
  return row.__typename === name || (Array.isArray(row['$interfaces']) && row['$interfaces'].includes(name));
}

function hasAll(key: SelectionSetNode, given: Values): boolean {
  return key.selections.every((one) => one.kind === Kind.FIELD && given[one.name.value] !== undefined);
}

function agrees(key: SelectionSetNode, one: Values, other: Values): boolean {
  return key.selections.every((selection) => {
    if (selection.kind !== Kind.FIELD) return false;
    const [mine, theirs] = [one[selection.name.value], other[selection.name.value]];
    if (selection.selectionSet === undefined) return String(mine) === String(theirs);
    // An object of a key is an object on both sides.
    return agrees(selection.selectionSet, mine as Values, theirs as Values);
  });
}
