import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, type GraphQLSchema, parse } from 'graphql';
import { createGatewayUnderTest, type GatewayUnderTest, type SubgraphRequest } from './gateway-under-test';
import { composeSupergraph } from './plain-supergraph';
import { linked } from './worlds/world';

type Row = Readonly<Record<string, unknown>>;
/** Of a field, `__resolveReference` or `__resolveType`. */
type Resolver = (parent: Row, args: Row) => unknown;
type TypeResolvers = Readonly<Record<string, Resolver>>;
export type Resolvers = Readonly<Record<string, TypeResolvers>>;

export interface SmallSubgraph {
  /** Without the `@link` line. */
  readonly typeDefs: string;
  readonly resolvers?: Resolvers;
}

export interface AskedRequest extends SubgraphRequest {
  readonly subgraph: string;
}

export interface SmallFederation extends Pick<GatewayUnderTest, 'query' | 'faults' | 'operations'> {
  /** What subgraphs were asked, in order. */
  readonly calls: readonly AskedRequest[];
  readonly supergraphSdl: string;
  /** Representations of the last request to a subgraph. */
  representationsTo(subgraph: string): readonly Row[];
}

/** A gateway over the subgraphs of one test: composed, planned and run for real, in this process. */
export function createFederation(
  subgraphs: Readonly<Record<string, SmallSubgraph>>,
  limits: Parameters<typeof createGatewayUnderTest>[2] = {},
): SmallFederation {
  const calls: AskedRequest[] = [];
  const schemas = new Map<string, GraphQLSchema>();
  for (const [name, { typeDefs, resolvers = {} }] of Object.entries(subgraphs))
    schemas.set(name, buildSubgraphSchema({ typeDefs: parse(linked(typeDefs)), resolvers: resolvers }));
  const supergraphSdl = composeSupergraph(
    Object.fromEntries(Object.entries(subgraphs).map(([name, { typeDefs }]) => [name, linked(typeDefs)])),
  );
  const gateway = createGatewayUnderTest(
    supergraphSdl,
    async (subgraph, request) => {
      calls.push({ ...request, subgraph });
      const schema = schemas.get(subgraph);
      if (schema === undefined) throw new TypeError(`There is no subgraph "${subgraph}"`);
      return graphql({ schema, source: request.query, variableValues: request.variables });
    },
    limits,
  );
  return {
    query: gateway.query,
    faults: gateway.faults,
    operations: gateway.operations,
    calls,
    supergraphSdl,
    representationsTo: (subgraph) => {
      const last = calls.findLast((one) => one.subgraph === subgraph);
      // Written by the engine: lists of objects.
      return (last?.variables['representations'] ?? []) as readonly Row[];
    },
  };
}

export function subgraphsAsked({ calls }: SmallFederation): readonly string[] {
  return calls.map(({ subgraph }) => subgraph);
}
