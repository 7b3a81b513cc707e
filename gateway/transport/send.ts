import { CallFailure } from './call-failure';
import { Exchange, type Receiver } from './exchange';
import type { Pools } from './pools';
import { toRequestHeaders } from './request-headers';
import type { SubgraphCall } from './subgraph-call';

/** Sends a call's request. The receiver hears what comes of it, at once when it cannot even be sent. */
export type Send = (request: SubgraphCall, receiver: Receiver) => Exchange;

export function createSend(pools: Pools, maxBodyBytes: number): Send {
  return (request, receiver) => {
    const exchange = new Exchange(receiver, maxBodyBytes);
    try {
      const { pool, path } = pools.endpointOf(request.url);
      const headers = toRequestHeaders(request.headers);
      pool.dispatch({ path, method: 'POST', headers, body: request.body }, exchange);
    } catch (error) {
      receiver.failed(new CallFailure('UNAVAILABLE', 'The system could not be reached', error));
    }
    return exchange;
  };
}
