import { Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { type GraphQLSchema, parse, print } from 'graphql';
import { createHash } from 'node:crypto';
import { nameRequiredFields, type RequiredFields } from './required-arguments';
import { readSubgraphFacts, type SubgraphFacts } from './subgraph-facts';

/** A supergraph in force: everything that preparing an operation needs of it. */
export interface AdoptedSupergraph {
  /** Names the file's text. */
  readonly version: string;
  /** As handed to ApolloGateway: the file's, with the names of required fields added. */
  readonly sdl: string;
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  /** What subgraphs see, `@inaccessible` elements too. */
  readonly fullSchema: GraphQLSchema;
  /** The subgraphs' names and the addresses they were composed with; null without one. */
  readonly subgraphs: ReadonlyMap<string, string | null>;
  readonly supergraph: Supergraph;
  readonly planner: QueryPlanner;
  readonly requiredFields: RequiredFields;
  readonly facts: SubgraphFacts;
}

/**
 * Plans are chosen among at most this many; a hundred times more make a plan hardly better and an operation of a few hundred
 * fields take seconds.
 */
const MAX_EVALUATED_PLANS = 1000;
/** Ways to reach one field, over all subgraphs and types; beyond it the operation is refused. */
const MAX_PATHS = 5000;

/** @throws what Apollo's packages throw for a supergraph that is none. */
export function adoptSupergraph(composedSdl: string): AdoptedSupergraph {
  const { document, requiredFields } = nameRequiredFields(parse(composedSdl, { noLocation: true }));
  const sdl = requiredFields.byName.size === 0 ? composedSdl : print(document);
  const supergraph = Supergraph.build(sdl, { validateSupergraph: true });
  return {
    version: createHash('sha256').update(composedSdl).digest('hex').slice(0, 12),
    sdl,
    supergraph,
    subgraphs: new Map(supergraph.subgraphsMetadata().map(({ name, url }) => [name, url ? url : null])),
    apiSchema: supergraph.apiSchema().toGraphQLJSSchema(),
    fullSchema: supergraph.schema.toGraphQLJSSchema(),
    planner: new QueryPlanner(supergraph, {
      reuseQueryFragments: false,
      debug: { maxEvaluatedPlans: MAX_EVALUATED_PLANS, pathsLimit: MAX_PATHS },
    }),
    requiredFields,
    facts: readSubgraphFacts(document),
  };
}
