import { DEADLINE_HEADER, NOW_HEADER } from '../../../schema/wire-headers';
import type { Cancellation } from '../../../schema/runtime/cancellation';
import { SubgraphCallError, type SubgraphAnswer, type SubgraphCaller } from '../../transport/call-subgraph';
import type { ShardedSubgraph } from '../registry/registry';
import type { ShardErrorCode, ShardFailure } from '../gather/shard-failure';
import type { CallShard, ShardCall } from './sharding-context';

export interface ShardCallerOptions {
  readonly caller: SubgraphCaller;
  readonly subgraph: ShardedSubgraph;
  /** Milliseconds that a call may take of the request's deadline. */
  readonly remainingMs: () => number;
  /** The most that one call may take, so that one slow system leaves time for the rest of the plan. */
  readonly callTimeoutMs: number;
  readonly requestId: string;
  readonly viewerClass: string | null;
  readonly cancellation: Cancellation;
  readonly onFailure: (shard: string, failure: ShardFailure, cause: unknown) => void;
}

const CODES: Readonly<Record<SubgraphCallError['kind'], ShardErrorCode>> = {
  UNAVAILABLE: 'SHARD_UNAVAILABLE',
  TIMEOUT: 'SHARD_TIMEOUT',
  BAD_RESPONSE: 'SHARD_BAD_RESPONSE',
};

/** Decided by the registry, not by the system: nothing has failed. */
const DRAINING: ShardFailure = { code: 'SHARD_DRAINING', tookMs: null };

/** Calls shards for one request. Replicas share the load by chance; a read that could not reach one tries the next. */
export function createShardCaller(options: ShardCallerOptions): CallShard {
  return async (call) => {
    const shard = options.subgraph.shards[call.shard];
    if (!shard) throw new TypeError(`There is no shard ${call.shard}`);
    if (shard.isDraining) return DRAINING;
    const startedAt = performance.now();
    let failure: ShardFailure = { code: 'SHARD_UNAVAILABLE', tookMs: 0 };
    for (const url of rotated(shard.urls)) {
      const result = await tryUrl(options, call, url, startedAt);
      if (!(result instanceof SubgraphCallError)) return result;
      failure = { code: CODES[result.kind], tookMs: Math.round(performance.now() - startedAt) };
      options.onFailure(shard.name, failure, result.cause ?? result);
      if (call.isMutation || result.kind !== 'UNAVAILABLE') break;
    }
    return failure;
  };
}

async function tryUrl(
  { caller, remainingMs, callTimeoutMs, requestId, viewerClass, cancellation }: ShardCallerOptions,
  call: ShardCall,
  url: string,
  startedAt: number,
): Promise<SubgraphAnswer | SubgraphCallError> {
  const timeoutMs = Math.floor(Math.min(callTimeoutMs - (performance.now() - startedAt), remainingMs()));
  try {
    return await caller.call({
      url,
      body: `${call.document.bodyStart}${JSON.stringify(call.variables)}}`,
      headers: {
        [DEADLINE_HEADER]: String(Math.max(1, timeoutMs)),
        [NOW_HEADER]: call.now,
        'x-request-id': requestId,
      },
      timeoutMs,
      isMutation: call.isMutation,
      viewerClass,
      // A mutation that has started is not cut off because its client went away.
      ...(!call.isMutation && { cancellation }),
    });
  } catch (error) {
    if (error instanceof SubgraphCallError) return error;
    throw error;
  }
}

function rotated(urls: readonly string[]): readonly string[] {
  const start = urls.length < 2 ? 0 : Math.floor(Math.random() * urls.length);
  return [...urls.slice(start), ...urls.slice(0, start)];
}
