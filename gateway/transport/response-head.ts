import type { IncomingHttpHeaders } from 'node:http';
import { type CallFailure, notGraphql, tooLong } from './call-failure';

const MEDIA_TYPES: ReadonlySet<string> = new Set(['application/json', 'application/graphql-response+json']);
/** What nearly every answer says, letter by letter: spares the parsing. */
const COMMON_CONTENT_TYPES: ReadonlySet<string> = new Set([
  ...MEDIA_TYPES,
  ...[...MEDIA_TYPES].map((mediaType) => `${mediaType}; charset=utf-8`),
]);
const CHARSET = /^charset="?([^"]*)"?$/;
/** ASCII is a part of UTF-8. */
const CHARSETS: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii']);
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Why the body is not worth reading, or null when it may hold a GraphQL answer. */
export function refuseHead(
  statusCode: number,
  headers: IncomingHttpHeaders,
  maxBodyBytes: number,
): CallFailure | null {
  if (REDIRECTS.has(statusCode)) {
    return notGraphql(statusCode, 'redirects are not followed', `It redirects to ${headers.location}`);
  }
  const contentType = headers['content-type'];
  if (!COMMON_CONTENT_TYPES.has(contentType ?? '') && !isGraphql(contentType)) {
    return notGraphql(statusCode, undefined, `Its content type is ${contentType ?? 'missing'}`);
  }
  const announced = headers['content-length'];
  return announced !== undefined && Number(announced) > maxBodyBytes ? tooLong(maxBodyBytes) : null;
}

/** One of the two media types of GraphQL over HTTP, in UTF-8. */
function isGraphql(contentType: string | undefined): boolean {
  if (contentType === undefined) return false;
  const [mediaType = '', ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase());
  if (!MEDIA_TYPES.has(mediaType)) return false;
  const charset = parameters
    .map((parameter) => CHARSET.exec(parameter)?.[1])
    .find((name) => name !== undefined);
  return charset === undefined || CHARSETS.has(charset);
}
