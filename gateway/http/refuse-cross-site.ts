import type { IncomingHttpHeaders } from 'node:http';
import type { CorsPolicy } from './cors-policy';
import { RequestError } from './request-error';

/** Headers that no page can make a browser send to another site without asking that site beforehand. */
const FORCING_PREFLIGHT = ['apollo-require-preflight', 'x-apollo-operation-name'] as const;

/**
 * Keeps pages of other sites from asking in a visitor's name (docs/http.md says why this rule is enough). For GET alone: a POST has
 * to be application/json, which no page may send to another site without asking beforehand.
 *
 * @throws RequestError for a request that a browser may have sent for a page of another site.
 */
export function refuseCrossSite(headers: IncomingHttpHeaders, cors: CorsPolicy): void {
  if (FORCING_PREFLIGHT.some((name) => headers[name] !== undefined && headers[name] !== '')) return;
  if (headers['content-type'] !== undefined && isJson(headers['content-type'])) return;
  if (headers.origin !== undefined && cors.allows(headers.origin)) return;
  if (!mayBeCrossSite(headers)) return;
  throw new RequestError(
    400,
    'BAD_REQUEST',
    'The request was taken for Cross-Site Request Forgery (CSRF): a page of another site can make a browser send it. ' +
      'Send a POST with content-type application/json, or add the header apollo-require-preflight: true',
  );
}

function isJson(contentType: string): boolean {
  return /^application\/json\s*(?:;|$)/i.test(contentType);
}

function mayBeCrossSite(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  // Browsers say it themselves, and no page can change it: `none` is what a person typed.
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  // Browsers do not say it to plain http:// addresses, and old ones never; no page can hide the browser's name.
  return (
    headers.origin !== undefined ||
    headers.referer !== undefined ||
    headers.cookie !== undefined ||
    /\b(?:Mozilla|Opera)\//.test(headers['user-agent'] ?? '')
  );
}
