import { errors } from 'undici';
import type { SubgraphCallFailure } from './subgraph-call-error';

/**
 * What went wrong with a call, before it is known for whom and after how long. The message goes to clients as it is in
 * SubgraphCallError, so it holds nothing that the system wrote; that is in the cause, for the log.
 */
export class CallFailure {
  constructor(
    readonly kind: SubgraphCallFailure,
    readonly message: string,
    readonly cause?: unknown,
  ) {}
}

/** An answer arrived and is no GraphQL answer. `because` may be shown, `found` is for the log. */
export function notGraphql(statusCode: number, because?: string, found?: string): CallFailure {
  const kind = statusCode >= 500 ? 'UNAVAILABLE' : 'BAD_RESPONSE';
  const answered = `The system answered HTTP ${statusCode} without a GraphQL answer`;
  const message = because === undefined ? answered : `${answered}: ${because}`;
  return new CallFailure(kind, message, found === undefined ? undefined : new Error(found));
}

export function tooLong(maxBodyBytes: number): CallFailure {
  return new CallFailure('BAD_RESPONSE', `The system answered more than ${maxBodyBytes} bytes`);
}

/** What undici says of a call whose answer did not arrive whole. */
export function brokenExchange(cause: unknown): CallFailure {
  return isBrokenHttp(cause)
    ? new CallFailure('BAD_RESPONSE', 'The system answered broken HTTP', cause)
    : new CallFailure('UNAVAILABLE', 'The system could not be reached', cause);
}

function isBrokenHttp(cause: unknown): boolean {
  return (
    cause instanceof errors.HTTPParserError ||
    cause instanceof errors.HeadersOverflowError ||
    cause instanceof errors.ResponseContentLengthMismatchError
  );
}
