import type { GraphQLDataSource } from '@apollo/gateway';
import { type GraphQLError, type GraphQLFormattedError, OperationTypeNode } from 'graphql';
import { DEADLINE_HEADER, NOW_HEADER } from '../../schema/wire-headers';
import type { Logger } from '../../schema/runtime/logger';
import type { SubgraphAnswer, SubgraphCaller } from '../transport/call-subgraph';
import { SubgraphCallError } from '../transport/subgraph-call-error';
import type { RequestContext } from './request-context';
import { toClientError, withoutInternals } from './subgraph-errors';
import { timeLeftMs } from './time-left';

export interface RemoteDataSourceOptions {
  readonly subgraph: string;
  /** Asked for at each call, because a registry may move a subgraph while the gateway runs. */
  readonly url: () => string | null;
  readonly caller: SubgraphCaller;
  readonly callTimeoutMs: number;
  readonly logger: Logger;
}

type ProcessOptions = Parameters<GraphQLDataSource['process']>[0];
type ProcessResult = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** One subgraph behind one address: the whole vertical direction, without shards. */
export function createRemoteDataSource(options: RemoteDataSourceOptions): GraphQLDataSource {
  return {
    process: async (request) => {
      try {
        return toResult(await callRemote(options, request));
      } catch (error) {
        if (!(error instanceof SubgraphCallError)) throw error;
        logFailure(options, request, error);
        throw toClientError(options.subgraph, error);
      }
    },
  };
}

function logFailure(
  { logger, subgraph }: RemoteDataSourceOptions,
  request: ProcessOptions,
  error: SubgraphCallError,
): void {
  const { requestId } = contextOf(request);
  const { kind, message, tookMs, cause } = error;
  const because = cause instanceof Error ? cause.message : cause;
  logger.warn('A call to a subgraph failed', {
    requestId,
    subgraph,
    kind,
    tookMs,
    reason: message,
    cause: because,
  });
}

/** Our server makes the context of every operation that reaches a data source (http/graphql-endpoint.ts). */
function contextOf(request: ProcessOptions): RequestContext {
  return request.context as RequestContext;
}

async function callRemote(
  options: RemoteDataSourceOptions,
  request: ProcessOptions,
): Promise<SubgraphAnswer> {
  const { query = '', operationName, variables = {} } = request.request;
  const url = options.url();
  if (url === null) throw new SubgraphCallError('UNAVAILABLE', 'The system has no address', 0);
  const context = contextOf(request);
  const timeoutMs = Math.min(options.callTimeoutMs, timeLeftMs(context.deadlineAt));
  return options.caller.call({
    url,
    query,
    ...(operationName !== undefined && { operationName }),
    variables,
    headers: {
      [DEADLINE_HEADER]: String(Math.max(1, Math.floor(timeoutMs))),
      [NOW_HEADER]: context.now,
      'x-request-id': context.requestId,
    },
    timeoutMs,
    // A mutation that has started is not cut off because its client went away.
    ...(!isMutation(request) && { signal: context.signal }),
  });
}

function isMutation(request: ProcessOptions): boolean {
  const { operation = undefined } = 'incomingRequestContext' in request ? request.incomingRequestContext : {};
  return operation?.operation === OperationTypeNode.MUTATION;
}

function toResult({ data, errors }: SubgraphAnswer): ProcessResult {
  return {
    ...(data !== undefined && { data }),
    ...(errors !== undefined && { errors: errors.map(withoutInternals).map(asGatewayError) }),
  };
}

/** ApolloGateway's type asks for the errors' class; it only reads message, path and extensions. */
function asGatewayError(error: GraphQLFormattedError): GraphQLError & GraphQLFormattedError {
  return error as GraphQLError & GraphQLFormattedError;
}
