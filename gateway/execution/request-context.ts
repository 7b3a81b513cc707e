import type { Completeness } from '../../schema/wire-headers';
import type { Cancellation } from '../../schema/runtime/cancellation';

/** What a request learnt while it ran and the answer must say: the value of `extensions.shards`, or undefined when there is none. */
export interface ResponseReport {
  /** @param toClientPath writes a path of the plan's data as the client selected it, `@` for list indices. */
  extensions(toClientPath: (path: readonly string[]) => readonly string[]): unknown;
  /** An empty one for another operation of the same request. */
  another(): ResponseReport;
}

/** One client request, from the edge to the last call to a system. */
export interface RequestContext<Report extends ResponseReport = ResponseReport> {
  readonly requestId: string;
  /** On the clock of `performance.now()`, in ms. Nothing may be waited for beyond it. */
  readonly deadlineAt: number;
  /** The request's one instant, ISO UTC in whole seconds: the only "now" that any system sees. */
  readonly now: string;
  readonly completeness: Completeness;
  /** Who may share an answer with whom; null shares with nobody (a request with Authorization or Cookie). */
  readonly viewerClass: string | null;
  /** Cancelled when nobody waits for the answer any more. */
  readonly cancellation: Cancellation;
  /** Null when the gateway has no shards. */
  readonly shardReport: Report | null;
}
