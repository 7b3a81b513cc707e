import type { IncomingHttpHeaders } from 'node:http';
import {
  COMPLETENESS_HEADER,
  DEADLINE_HEADER,
  readCompleteness,
  readDeadlineMs,
} from '../../schema/wire-headers';
import type { RequestContext, ResponseReport } from '../execution/request-context';

export interface RequestContextOptions {
  readonly deadlineMs: number;
  /** The province's clock, ISO UTC in whole seconds. */
  readonly now: () => string;
  readonly createReport: () => ResponseReport | null;
}

/** @throws BadInputError naming the header and its value. */
export function readRequestContext(
  headers: IncomingHttpHeaders,
  { requestId, cancellation }: Pick<RequestContext, 'requestId' | 'cancellation'>,
  { deadlineMs, now, createReport }: RequestContextOptions,
): RequestContext {
  const asked = headers[DEADLINE_HEADER];
  const completeness = headers[COMPLETENESS_HEADER];
  const budgetMs = asked === undefined ? deadlineMs : Math.min(deadlineMs, readDeadlineMs(String(asked)));
  return {
    requestId,
    deadlineAt: performance.now() + budgetMs,
    now: now(),
    completeness: completeness === undefined ? 'any' : readCompleteness(String(completeness)),
    cancellation,
    viewerClass: viewerClassOf(headers),
    shardReport: createReport(),
  };
}

/** Until rights exist, all who show no credentials see the same; nobody shares with one who does. */
function viewerClassOf({ authorization, cookie }: IncomingHttpHeaders): string | null {
  return authorization === undefined && cookie === undefined ? 'anonymous' : null;
}
