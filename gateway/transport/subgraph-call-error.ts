/** UNAVAILABLE: no connection, or HTTP 5xx without GraphQL. TIMEOUT: too late, or the caller gave up. BAD_RESPONSE: an answer, but not GraphQL. */
export type SubgraphCallFailure = 'UNAVAILABLE' | 'TIMEOUT' | 'BAD_RESPONSE';

/**
 * The one way a call to a system fails. The message may be shown to a client: it never carries a host, a URL or anything
 * the system wrote. What really happened is in `cause`, for the log.
 */
export class SubgraphCallError extends Error {
  override readonly name = 'SubgraphCallError';

  constructor(
    readonly kind: SubgraphCallFailure,
    message: string,
    readonly tookMs: number,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }
}
