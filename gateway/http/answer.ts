import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from '../../schema/runtime/logger';
import type { OperationResult } from '../execution/operation-result';
import { internalError } from './internal-error';
import type { AnswerMediaType } from './media-type';

/** What goes out over HTTP. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Buffer;
  /** Beyond those that every answer carries: name, value, name, value. */
  readonly headers?: readonly string[];
}

const INTERNAL = 'INTERNAL_SERVER_ERROR';

/** The one place where a result becomes the bytes that a client gets. */
export function writeBody({ errors, data, extensions, bytes }: OperationResult): string | Buffer {
  if (bytes !== undefined) return bytes;
  return `${JSON.stringify({ errors, data, extensions })}\n`;
}

/** The one hand on every answer, whichever lane it comes by: status and headers of a result written already. */
export function toAnswer(result: OperationResult, body: string | Buffer, mediaType: AnswerMediaType): Answer {
  const { contentType } = mediaType;
  if (result.data !== undefined) return { status: 200, contentType, body };
  const codes = new Set(result.errors?.map(codeOf));
  for (const { code, status, headers } of STATUSES) {
    if (codes.has(code)) return { status, contentType, body, headers };
  }
  return { status: mediaType.mistakeStatus, contentType, body };
}

/** As Apollo's clients expect them: 200, so that no proxy takes the question for a failure, and never kept. */
const NOT_KEPT = ['cache-control', 'private, no-cache, must-revalidate'];

const STATUSES: readonly {
  readonly code: string;
  readonly status: number;
  readonly headers: readonly string[];
}[] = [
  { code: INTERNAL, status: 500, headers: [] },
  { code: 'METHOD_NOT_ALLOWED', status: 405, headers: ['allow', 'POST'] },
  { code: 'PERSISTED_QUERY_NOT_FOUND', status: 200, headers: NOT_KEPT },
  { code: 'PERSISTED_QUERY_NOT_SUPPORTED', status: 200, headers: NOT_KEPT },
];

/** Whether an error is a fault inside, which no client is told more of than where to find it in the log. */
export function isInternal(error: GraphQLFormattedError): boolean {
  return codeOf(error) === INTERNAL;
}

/** A subgraph's error without a code is a fault too: nobody knows what it shows. */
function codeOf({ extensions }: GraphQLFormattedError): unknown {
  return extensions?.['code'] ?? INTERNAL;
}

/** The result with its faults logged and hidden behind the request's id; their places stay. */
export function hideFaults(result: OperationResult, requestId: string, logger: Logger): OperationResult {
  if (result.errors?.some(isInternal) !== true) return result;
  const errors = result.errors.map((error) => {
    if (!isInternal(error)) return error;
    if (!isHidden(error, requestId)) logger.error('An operation failed inside', { requestId, error });
    return { ...internalError(requestId), ...(error.path !== undefined && { path: error.path }) };
  });
  // What was written in pieces shows them: it is written anew.
  const { bytes: _shown, ...rest } = result;
  return { ...rest, errors };
}

/** The engine hides its own faults, and has logged them with their cause. */
function isHidden({ path, extensions }: GraphQLFormattedError, requestId: string): boolean {
  return path === undefined && extensions?.['requestId'] === requestId;
}
