import type { GraphQLFormattedError } from 'graphql';
import { createRemoteFetcher } from '../../gateway/execution/remote-fetcher';
import type { RequestContext } from '../../gateway/execution/request-context';
import { Operations, type OperationsOptions } from '../../gateway/operation/operations';
import { type AdoptedSupergraph, adoptSupergraph } from '../../gateway/supergraph/adopted-supergraph';
import type { SubgraphCaller } from '../../gateway/transport/call-subgraph';
import { readSubgraphAnswer } from '../../gateway/transport/subgraph-answer';
import { SubgraphCallError } from '../../gateway/transport/subgraph-call-error';
import { Cancellation } from '../../schema/runtime/cancellation';
import { HeavyWork } from '../../schema/runtime/heavy-work';
import { createLogger } from '../../schema/runtime/logger';

export interface SubgraphRequest {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly isMutation: boolean;
  readonly cancellation: Cancellation | undefined;
}

/** Asks one subgraph; the answer is whatever would be in its body, right or wrong. SubgraphCallError is a call that failed. */
export type CallSubgraph = (subgraph: string, request: SubgraphRequest) => Promise<unknown>;

export interface GatewayAnswer {
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors: readonly GraphQLFormattedError[];
}

export type Ask = (
  query: string,
  variables?: Readonly<Record<string, unknown>>,
  options?: { readonly cancellation?: Cancellation },
) => Promise<GatewayAnswer>;

export interface GatewayUnderTest {
  readonly supergraph: AdoptedSupergraph;
  readonly operations: Operations;
  readonly query: Ask;
  /** What the gateway logged as its own faults. */
  readonly faults: readonly string[];
}

type Limits = Pick<
  OperationsOptions,
  'maxTokens' | 'maxDepth' | 'maxSelections' | 'maxPlanningMs' | 'maxBytes'
>;

const LIMITS: Limits = {
  maxTokens: 1_000_000,
  maxDepth: 1000,
  maxSelections: 100_000,
  maxPlanningMs: 10_000,
  maxBytes: 1 << 26,
};

/** The whole engine over subgraphs in this process: real planning, real execution, real bodies, no sockets. */
export function createGatewayUnderTest(
  supergraphSdl: string,
  callSubgraph: CallSubgraph,
  limits: Partial<Limits> = {},
): GatewayUnderTest {
  const faults: string[] = [];
  const logger = createLogger({ level: 'error', write: (line) => void faults.push(line) });
  const supergraph = adoptSupergraph(supergraphSdl);
  const caller = createCaller(callSubgraph);
  const operations = new Operations({
    heavyWork: new HeavyWork(),
    ...LIMITS,
    ...limits,
    supergraph,
    fetcherOf: (subgraph) =>
      createRemoteFetcher({ subgraph, url: () => subgraph, caller, callTimeoutMs: 60_000, logger }),
    logger,
  });
  return {
    supergraph,
    operations,
    faults,
    query: (query, variables = {}, options = {}) => askOperations(operations, query, variables, options),
  };
}

/** A caller whose addresses are the subgraphs' names; answers go through JSON, as on the wire. */
function createCaller(callSubgraph: CallSubgraph): SubgraphCaller {
  return {
    call: async ({ url, body, isMutation, cancellation }) => {
      // The engine writes the body.
      const { query, variables } = JSON.parse(body) as Pick<SubgraphRequest, 'query' | 'variables'>;
      const given = await callSubgraph(url, { query, variables, isMutation, cancellation });
      const answer = readSubgraphAnswer(JSON.parse(JSON.stringify(given)));
      if (answer === null) throw new SubgraphCallError('BAD_RESPONSE', 'The system answered no GraphQL', 0);
      return answer;
    },
    close: () => Promise.resolve(),
  };
}

export async function askOperations(
  operations: Operations,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  { cancellation = new Cancellation() }: { readonly cancellation?: Cancellation } = {},
): Promise<GatewayAnswer> {
  const context: RequestContext = {
    requestId: 'test',
    deadlineAt: performance.now() + 60_000,
    now: '2024-06-28T03:00:00Z',
    completeness: 'any',
    viewerClass: null,
    cancellation,
    shardReport: null,
  };
  const prepared = operations.prepare(query, undefined);
  if ('errors' in prepared) return { errors: prepared.errors.map((error) => error.toJSON()) };
  const checked = prepared.coerceVariables({ ...variables });
  if ('errors' in checked) return { errors: checked.errors.map((error) => error.toJSON()) };
  const { data, errors } = await prepared.execute(checked.variables, context);
  // Objects of the answer through JSON, as a client sees them.
  return JSON.parse(JSON.stringify({ data, errors: errors ?? [] })) as GatewayAnswer;
}
