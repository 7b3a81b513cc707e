import { type GraphQLError, OperationTypeNode } from 'graphql';
import { DEADLINE_HEADER, NOW_HEADER } from '../../schema/wire-headers';
import type { Logger } from '../../schema/runtime/logger';
import type { SubgraphCaller } from '../transport/call-subgraph';
import { SubgraphCallError } from '../transport/subgraph-call-error';
import { type BodyWriter, compileBody } from './request-body';
import type { RequestContext } from './request-context';
import { toClientError } from './subgraph-errors';

import type { FetchAnswer, FetchInput, SubgraphFetcher } from './subgraph-fetcher';
import { timeLeftMs } from './time-left';

export interface RemoteFetcherOptions {
  readonly subgraph: string;
  /** Asked for at each call, because a registry may move a subgraph while the gateway runs: each request has its own. */
  readonly url: (context: RequestContext) => string | null;
  readonly caller: SubgraphCaller;
  readonly callTimeoutMs: number;
  readonly logger: Logger;
}

/** One subgraph behind one address: the whole vertical direction, without shards. */
export function createRemoteFetcher(options: RemoteFetcherOptions): SubgraphFetcher {
  return {
    joinsEntities: true,
    prepare: (document) => {
      const writeBody = compileBody(document);
      const isMutation = document.operation === OperationTypeNode.MUTATION;
      return { send: (input, context) => call(options, { writeBody, isMutation }, input, context) };
    },
  };
}

interface PreparedCall {
  readonly writeBody: BodyWriter;
  readonly isMutation: boolean;
}

async function call(
  options: RemoteFetcherOptions,
  { writeBody, isMutation }: PreparedCall,
  input: FetchInput,
  context: RequestContext,
): Promise<FetchAnswer> {
  try {
    const url = options.url(context);
    if (url === null) throw new SubgraphCallError('UNAVAILABLE', 'The system has no address', 0);
    const timeoutMs = Math.min(options.callTimeoutMs, timeLeftMs(context.deadlineAt));
    return await options.caller.call({
      url,
      body: writeBody(input),
      headers: {
        [DEADLINE_HEADER]: String(Math.max(1, Math.floor(timeoutMs))),
        [NOW_HEADER]: context.now,
        'x-request-id': context.requestId,
      },
      timeoutMs,
      isMutation,
      viewerClass: context.viewerClass,
      // A mutation that has started is not cut off because its client went away.
      ...(!isMutation && { cancellation: context.cancellation }),
    });
  } catch (error) {
    throw error instanceof SubgraphCallError ? tellFailure(options, context, error) : error;
  }
}

function tellFailure(
  { logger, subgraph }: RemoteFetcherOptions,
  { requestId }: RequestContext,
  error: SubgraphCallError,
): GraphQLError {
  const { kind, message, tookMs, cause } = error;
  const because = cause instanceof Error ? cause.message : cause;
  const facts = { requestId, subgraph, kind, tookMs, reason: message, cause: because };
  logger.warn('A call to a subgraph failed', facts);
  return toClientError(subgraph, error);
}
