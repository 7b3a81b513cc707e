import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLFieldResolver, GraphQLScalarType, type GraphQLSchema, parse } from 'graphql';
import { buildSchemaSync, type ContainerType, createResolversMap } from 'type-graphql';
import { DATE, DATE_TIME } from './scalars';

/** What a request brings: the one instant that is "now" in every system that answers it. */
export interface RequestContext {
  readonly now: string;
}

/**
 * Stands for a type of the contract. The contract (contract/*.graphql) says what every field and argument is and graphql-js holds every
 * request against it, so the classes need not repeat it.
 */
export const FromContract = new GraphQLScalarType({ name: 'FromContract' });

export type Reference = Readonly<Record<string, unknown>>;

export interface SubgraphParts {
  /** SDL of the contract, as it stands in its file: directives of federation and of shards included. */
  readonly sdl: string;
  /** Instances of type-graphql resolver classes. */
  readonly resolvers: readonly object[];
  /** Entities that only the gateway asks for, by `_entities`. */
  readonly entities: readonly NewableFunction[];
  /** By entity: the row that a representation names, null when it is not here. */
  readonly references: Readonly<
    Record<string, (reference: Reference, context: RequestContext) => object | null>
  >;
}

/** The contract, with type-graphql's resolvers behind its fields. */
export function buildSubgraph({ sdl, resolvers, entities, references }: SubgraphParts): GraphQLSchema {
  const instances = new Map<unknown, object>(resolvers.map((one) => [one.constructor, one]));
  const classes = [...instances.keys()] as [NewableFunction, ...NewableFunction[]]; // A subgraph has at least one.
  const container: ContainerType = { get: (cls: unknown) => instances.get(cls) };
  const own = buildSchemaSync({
    resolvers: classes,
    container,
    orphanedTypes: [...entities],
    validate: false,
  });
  const { FromContract: _, ...map } = createResolversMap(own) as Record<string, ResolversOfType>;
  for (const [entity, find] of Object.entries(references))
    map[entity] = {
      ...map[entity],
      __resolveReference: async (reference: Reference, context: RequestContext) => find(reference, context),
    };
  return buildSubgraphSchema([
    { typeDefs: parse(sdl), resolvers: { ...map, Date: DATE, DateTime: DATE_TIME } },
  ]);
}

// Of createResolversMap: functions of fields, by type.
type ResolversOfType = Record<
  string,
  GraphQLFieldResolver<unknown, RequestContext> | ((reference: Reference, context: RequestContext) => unknown)
>;
