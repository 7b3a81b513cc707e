import { constants } from 'node:buffer';
import { HeavyWork } from '../../schema/runtime/heavy-work';
import { Pools } from './pools';
import { createSend } from './send';
import { SharedCalls } from './shared-calls';
import type { SubgraphAnswer } from './subgraph-answer';
import type { SubgraphCall } from './subgraph-call';
import { Waiter } from './waiter';

export { SubgraphCallError } from './subgraph-call-error';
export type { SubgraphAnswer } from './subgraph-answer';
export type { SubgraphCall } from './subgraph-call';

export interface SubgraphCaller {
  /**
   * The system's GraphQL answer, errors included; it is the caller's own to change. Rejects with SubgraphCallError and
   * nothing else.
   */
  call(request: SubgraphCall): Promise<SubgraphAnswer>;
  /** Calls under way fail as UNAVAILABLE, and so do those that come after. */
  close(): Promise<void>;
}

export interface PooledCaller extends SubgraphCaller {
  /** Ends the connections to all other addresses when their calls are done. One that is asked again is connected anew. */
  closeOthers(urls: Iterable<string>): void;
}

export interface SubgraphCallerOptions {
  /** An answer longer than this, decompressed, is a failure; its rest is never read. */
  readonly maxBodyBytes?: number;
  readonly connectionsPerOrigin?: number;
  /** Identical reads in flight share one call; see SharedCalls. */
  readonly sharesReads?: boolean;
  /** Where long answers are parsed in turn with others. */
  readonly heavyWork?: HeavyWork;
}

const DEFAULT_MAX_BODY_BYTES = 32 * 1024 * 1024;
const DEFAULT_CONNECTIONS_PER_ORIGIN = 128;

/** Calls to systems over GraphQL-over-HTTP, with one keep-alive pool per origin. */
export function createSubgraphCaller(options: SubgraphCallerOptions = {}): PooledCaller {
  const pools = new Pools({
    connectionsPerOrigin: options.connectionsPerOrigin ?? DEFAULT_CONNECTIONS_PER_ORIGIN,
  });
  // An answer is parsed from one string.
  const maxBodyBytes = Math.min(options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES, constants.MAX_STRING_LENGTH);
  const send = createSend(pools, maxBodyBytes);
  const shared = new SharedCalls(send);
  const begin = options.sharesReads === true ? shared.start.bind(shared) : send;
  const heavyWork = options.heavyWork ?? new HeavyWork();
  return {
    call: (request) =>
      new Promise((resolve, reject) => new Waiter(request, heavyWork, resolve, reject).start(begin)),
    closeOthers: (urls) => pools.closeOthers(urls),
    close: () => pools.close(),
  };
}
