import { Supergraph } from '@apollo/federation-internals';
import {
  execute,
  type FieldDefinitionNode,
  type GraphQLObjectType,
  isAbstractType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { Ask, GatewayAnswer } from '../gateway-under-test';
import { plainly } from './local-world';
import { fieldSetsOf, isRow, linked, parseFieldSet, type Row, type Values, type World } from './world';

/** The oracle: the schema that clients see over the rows of a world, plain graphql-js, no federation at all. */
export function createWorldMonolith(world: World, supergraphSdl: string): Ask {
  const schema = Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
  const reader = new RowReader(world);
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isAbstractType(type)) type.resolveType = (row: Row) => row.__typename;
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields()))
      field.resolve = (row: Row, args: Values) => reader.read(type, row, field.name, args);
  }
  return async (query, variables = {}) => {
    const result = await execute({
      schema,
      document: parse(query),
      variableValues: variables,
      rootValue: { __typename: 'Root' } satisfies Row,
    });
    const answer = { data: result.data, errors: result.errors ?? [] };
    // Objects of graphql-js have no prototype; through JSON they are as a client sees them.
    return JSON.parse(JSON.stringify(answer)) as GatewayAnswer;
  };
}

class RowReader {
  /** What a field's `@requires` asks for, by coordinate. */
  private readonly requires: ReadonlyMap<string, SelectionSetNode>;

  constructor(private readonly world: World) {
    this.requires = readRequires(world);
  }

  read(type: GraphQLObjectType, row: Row, name: string, args: Values): unknown {
    return this.readAs([type.name, ...type.getInterfaces().map((one) => one.name)], row, name, args);
  }

  /** @param names the type and its interfaces: a rule of an interface object holds for every type of it. */
  private readAs(names: readonly string[], row: Row, name: string, args: Values): unknown {
    const coordinates = names.map((one) => `${one}.${name}`);
    const rule = first(coordinates, (one) => this.world.rules[one]) ?? plainly(name);
    const required = first(coordinates, (one) => this.requires.get(one));
    return rule(required === undefined ? row : this.evaluate(required, row), args);
  }

  /** What a gateway would hand to the subgraph that requires the selection. */
  private evaluate(set: SelectionSetNode, row: Row): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (selection.typeCondition?.name.value === row.__typename)
          Object.assign(values, this.evaluate(selection.selectionSet, row));
      } else if (selection.kind === Kind.FIELD) {
        const args = Object.fromEntries(
          (selection.arguments ?? []).map(({ name, value }) => [
            name.value,
            'value' in value ? value.value : null,
          ]),
        );
        const names = [row.__typename, ...interfacesOf(row)];
        const value = this.readAs(names, row, selection.name.value, args);
        values[selection.name.value] = this.below(selection.selectionSet, value);
      }
    }
    return values;
  }

  private below(set: SelectionSetNode | undefined, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.below(set, one));
    if (value instanceof Error) return null;
    return set !== undefined && isRow(value) ? this.evaluate(set, value) : value;
  }
}

function interfacesOf(row: Row): readonly string[] {
  // Written by the worlds: names.
  return (row['$interfaces'] ?? []) as readonly string[];
}

function first<Result>(names: readonly string[], find: (name: string) => Result | undefined) {
  for (const name of names) {
    const found = find(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function readRequires({ subgraphs }: World): ReadonlyMap<string, SelectionSetNode> {
  const found = new Map<string, SelectionSetNode>();
  for (const typeDefs of Object.values(subgraphs)) {
    const read = (typeName: string, fields: readonly FieldDefinitionNode[] = []): void => {
      for (const field of fields)
        for (const set of fieldSetsOf(field, 'requires'))
          found.set(`${typeName}.${field.name.value}`, parseFieldSet(set));
    };
    visit(parse(linked(typeDefs)), {
      ObjectTypeDefinition: ({ name, fields }) => read(name.value, fields),
      ObjectTypeExtension: ({ name, fields }) => read(name.value, fields),
    });
  }
  return found;
}
