/**
 * How the gateway's process is started. V8 takes the machine's size as leave to collect seldom: under load the gateway grew to
 * 400 MiB of which 55 were alive. A gigabyte is still far more than its largest answers need. The young generation holds what
 * fifty answers of 80 KB in flight need: with 16 MiB it was copied and promoted half-done, at twice the CPU a request.
 */
export const GATEWAY_HEAP = '--max-semi-space-size=24 --max-old-space-size=1024';

/** The same for `NODE_OPTIONS`; what the operator has put there comes later and wins. */
export function withGatewayHeap(nodeOptions: string | undefined): string {
  return [GATEWAY_HEAP, nodeOptions].filter((part) => part !== undefined && part !== '').join(' ');
}
