import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { type GraphQLFormattedError, parse } from 'graphql';
import { createHash } from 'node:crypto';
import type { Ask, CallSubgraph, GatewayAnswer } from './gateway-under-test';

export interface StockGateway extends AsyncDisposable {
  readonly query: Ask;
}

const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** The oracle: planner and executor of `@apollo/gateway` as they are, over the same subgraphs. */
export async function startStockGateway(
  supergraphSdl: string,
  callSubgraph: CallSubgraph,
): Promise<StockGateway> {
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
  const gateway = new ApolloGateway({
    supergraphSdl: async () => ({ supergraphSdl }),
    logger: SILENT,
    buildService: ({ name }) => ({
      process: async ({ request }) => {
        const { query = '', variables = {} } = request;
        const isMutation = query.startsWith('mutation');
        const sent = JSON.parse(JSON.stringify(variables)) as Record<string, unknown>;
        const answer = await callSubgraph(name, {
          query,
          variables: sent,
          isMutation,
          cancellation: undefined,
        });
        // What a GraphQL answer is, the subgraph of a test knows.
        return answer as Awaited<ReturnType<GraphQLDataSource['process']>>;
      },
    }),
  });
  const { executor } = await gateway.load();
  return {
    query: async (query, variables = {}) => {
      const context = {
        request: { query, variables },
        document: parse(query),
        queryHash: createHash('sha256').update(query).digest('hex'),
        logger: SILENT,
        metrics: {},
      };
      // The executor reads no more of a request's context than this.
      const result = await executor(context as unknown as Parameters<typeof executor>[0]);
      return toAnswer(JSON.parse(JSON.stringify(result)));
    },
    [Symbol.asyncDispose]: () => gateway.stop(),
  };
}

/** It tells wrong nulls apart from errors, in an extension: here they are errors like the rest. */
function toAnswer(result: unknown): GatewayAnswer {
  // The executor's result, which is a GraphQL answer.
  const {
    data,
    errors = [],
    extensions,
  } = result as {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly GraphQLFormattedError[];
    readonly extensions?: { readonly valueCompletion?: readonly GraphQLFormattedError[] };
  };
  return { data, errors: [...errors, ...(extensions?.valueCompletion ?? [])] };
}

function ignore(): void {
  return undefined;
}
