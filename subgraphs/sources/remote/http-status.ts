import { SourceProblem, type SourceProblemCode } from '../source-problem';

/** @throws SourceProblem for a status that is not 2xx. `said` is what the service adds, already fit to be shown. */
export function requireGoodStatus(status: number, place: string, said = ''): void {
  if (status >= 200 && status < 300) return;
  throw new SourceProblem(
    codeOf(status),
    `${place}: the service answers with HTTP ${status}${said === '' ? '' : `, ${said}`}${advice(status)}`,
    place,
  );
}

function codeOf(status: number): SourceProblemCode {
  if (status === 401 || status === 403) return 'SOURCE_REFUSED';
  if (status === 408 || status === 504) return 'SOURCE_TIMEOUT';
  // Too many requests, and what a proxy says of a service that is not up: gone a moment later.
  return status === 429 || status === 502 || status === 503 ? 'SOURCE_UNREACHABLE' : 'SOURCE_BAD_ANSWER';
}

function advice(status: number): string {
  if (status === 401 || status === 403)
    return '; check the credentials in connection.auth, and the rights of the account';
  return status === 404 ? '; check the address and the path in the mapping' : '';
}

/** How an answer that should be data looks like a page for people: a log-in form, an error of the proxy. */
export function looksLikeHtml(text: string): boolean {
  return /^\s*(<!doctype html|<html|<head|<body)/i.test(text.slice(0, 500));
}
