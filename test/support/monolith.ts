import { Supergraph } from '@apollo/federation-internals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  coerceInputValue,
  defaultFieldResolver,
  execute,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  parse,
  validate,
  type DocumentNode,
  type GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { projectRoot } from '../../schema/runtime/project-root';
import type { LocalSubgraph } from './local-subgraph';
import { openAgencies, openSystem } from './local-systems';
import { splitProvince, type SystemShare } from './split-province';
import type { TestProvince } from './test-province';

export interface MonolithAnswer {
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly GraphQLError[];
}

export interface MonolithQuery {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly now?: string;
}

/** The oracle: one schema, one system with all the rows, plain graphql-js. No gateway, no planner, no shards. */
export interface Monolith {
  readonly schema: GraphQLSchema;
  query(document: string | DocumentNode, options?: MonolithQuery): Promise<MonolithAnswer>;
}

/** @param share the rows it has; all of the province's when it is not given. */
export function createMonolith(province: TestProvince, share?: SystemShare): Monolith {
  const [whole] = share ? [share] : splitProvince(province, { systems: 1 });
  if (!whole) throw new TypeError('A split into one system has one share');
  const subgraphs = new Map([
    ['agencies', openAgencies(province)],
    ...openSystem(province, { ...whole, layout: 'A' }),
  ]);
  const schema = joinSchemas(subgraphs);
  return {
    schema,
    query: async (document, { variables = {}, now = province.now } = {}) => {
      const parsed = typeof document === 'string' ? parse(document) : document;
      const mistakes = validate(schema, parsed);
      if (mistakes.length > 0) return { data: undefined, errors: mistakes };
      const contexts = new Map([...subgraphs].map(([name, one]) => [name, one.createContext({ now })]));
      const { data, errors } = await execute({
        schema,
        document: parsed,
        variableValues: variables,
        contextValue: contexts,
      });
      // Objects of graphql-js have no prototype; through JSON they are as a client sees them.
      return {
        data: data && (JSON.parse(JSON.stringify(data)) as Record<string, unknown>),
        errors: errors ?? [],
      };
    },
  };
}

/** An object of the monolith: whose it is, and the value that the subgraph's own resolvers know. */
interface Owned {
  readonly subgraph: string;
  readonly value: unknown;
}

type Contexts = ReadonlyMap<string, unknown>;

/** The supergraph's API schema, each field resolved by the subgraph that owns it. */
function joinSchemas(subgraphs: ReadonlyMap<string, LocalSubgraph>): GraphQLSchema {
  const sdl = readFileSync(join(projectRoot(), 'schema', 'supergraph.graphql'), 'utf8');
  const schema = Supergraph.build(sdl).apiSchema().toGraphQLJSSchema();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const owners = [...subgraphs].flatMap(([subgraph, { schema: own }]) => {
        const found = objectType(own, type.name)?.getFields()[field.name];
        return found ? [{ subgraph, schema: own, field: found }] : [];
      });
      if (owners.length === 0) throw new TypeError(`No subgraph has ${type.name}.${field.name}`);
      field.resolve = resolverOf(type, owners, subgraphs);
    }
  }
  return schema;
}

interface Owner {
  readonly subgraph: string;
  readonly schema: GraphQLSchema;
  readonly field: GraphQLField<unknown, unknown>;
}

function resolverOf(
  type: GraphQLObjectType,
  owners: readonly Owner[],
  subgraphs: ReadonlyMap<string, LocalSubgraph>,
) {
  return async (
    parent: Owned | undefined,
    args: Readonly<Record<string, unknown>>,
    contexts: Contexts,
    info: GraphQLResolveInfo,
  ): Promise<unknown> => {
    const [first] = owners;
    const owner = owners.find(({ subgraph }) => subgraph === parent?.subgraph) ?? first;
    if (!owner) throw new TypeError('A field has an owner');
    const value =
      parent === undefined || parent.subgraph === owner.subgraph
        ? parent?.value
        : await refer(type.name, parent, owner, contexts, subgraphs, info);
    // The entity is not known there: nor are its fields.
    if (value === null) return null;
    const resolve = owner.field.resolve ?? defaultFieldResolver;
    const given = await resolve(value, toOwnArguments(owner.field, args), contexts.get(owner.subgraph), info);
    return owned(given, owner.field.type, owner.subgraph);
  };
}

const KEYS: Readonly<Record<string, string>> = {
  Agency: 'code',
  ComponentSite: 'slug',
  Procedure: 'code',
  Dossier: 'code',
};

/** The entity as another subgraph knows it, through that subgraph's own `_entities`. */
async function refer(
  typeName: string,
  parent: Owned,
  { schema, subgraph }: Owner,
  contexts: Contexts,
  subgraphs: ReadonlyMap<string, LocalSubgraph>,
  info: GraphQLResolveInfo,
): Promise<unknown> {
  const key = KEYS[typeName];
  const origin = subgraphs.get(parent.subgraph)?.schema;
  const keyField = key && origin ? objectType(origin, typeName)?.getFields()[key] : undefined;
  if (key === undefined || !keyField) throw new TypeError(`"${typeName}" has no key`);
  const resolve = keyField.resolve ?? defaultFieldResolver;
  const value: unknown = await resolve(parent.value, {}, contexts.get(parent.subgraph), {
    ...info,
    fieldName: key,
  });
  const entities = objectType(schema, 'Query')?.getFields()['_entities']?.resolve;
  const found: unknown = await entities?.(
    undefined,
    { representations: [{ __typename: typeName, [key]: value }] },
    contexts.get(subgraph),
    { ...info, schema, cacheControl: undefined } as GraphQLResolveInfo,
  );
  return Array.isArray(found) ? ((await found[0]) ?? null) : null;
}

/** Enum values and scalars as the subgraph's own schema reads them. */
function toOwnArguments(
  { args: known }: GraphQLField<unknown, unknown>,
  args: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    known.flatMap(({ name, type }) => (name in args ? [[name, coerceInputValue(args[name], type)]] : [])),
  );
}

/** Leaves as they leave the subgraph, objects with their owner. */
async function owned(given: unknown, type: GraphQLOutputType, subgraph: string): Promise<unknown> {
  const value = await given;
  if (value === null || value === undefined || value instanceof Error) return value;
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const items: Promise<unknown>[] = [];
    // graphql-js has checked nothing yet: a list field's value is iterable or the subgraph has a fault.
    for (const item of value as Iterable<unknown>) items.push(owned(item, nullable.ofType, subgraph));
    return Promise.all(items);
  }
  const named = getNamedType(type);
  return isLeafType(named) ? named.serialize(value) : ({ subgraph, value } satisfies Owned);
}

function objectType(schema: GraphQLSchema, name: string): GraphQLObjectType | undefined {
  const type = schema.getType(name);
  return isObjectType(type) ? type : undefined;
}
