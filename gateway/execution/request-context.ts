import type { Completeness } from '../../schema/wire-headers';

/** What a request learnt while it ran and the answer must say: the value of `extensions.shards`, or undefined when there is none. */
export interface ResponseReport {
  extensions(): unknown;
}

/** One client request, from the edge to the last call to a system. */
export interface RequestContext<Report extends ResponseReport = ResponseReport> {
  readonly requestId: string;
  /** On the clock of `performance.now()`, in ms. Nothing may be waited for beyond it. */
  readonly deadlineAt: number;
  /** The request's one instant, ISO UTC in whole seconds: the only "now" that any system sees. */
  readonly now: string;
  readonly completeness: Completeness;
  /** Aborted when the client has hung up. */
  readonly signal: AbortSignal;
  /** Null when the gateway has no shards. */
  readonly shardReport: Report | null;
}
