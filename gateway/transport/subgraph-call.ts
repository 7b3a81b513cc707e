import type { Cancellation } from '../../schema/runtime/cancellation';

export interface SubgraphCall {
  readonly url: string;
  /** The request's JSON text: `{"query":…,"variables":…}`, sent as it is. */
  readonly body: string;
  /** Lower case names, besides content-type, accept and accept-encoding, which are the transport's. */
  readonly headers: Readonly<Record<string, string>>;
  /** Covers everything: waiting for a connection, the headers, and the last byte of the body. */
  readonly timeoutMs: number;
  readonly isMutation: boolean;
  /** Who may see the same answers; calls of null are never shared. */
  readonly viewerClass: string | null;
  readonly cancellation?: Cancellation;
}
