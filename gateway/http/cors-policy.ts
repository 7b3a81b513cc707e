import cors from 'cors';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { COMPLETENESS_HEADER, DEADLINE_HEADER } from '../../schema/wire-headers';

/** Resolves to true when the request was a preflight and is answered. Without origins nothing is allowed and nothing is added. */
export type CorsPolicy = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export function createCorsPolicy(origins: readonly string[]): CorsPolicy {
  if (origins.length === 0) return () => Promise.resolve(false);
  const apply = cors<IncomingMessage>({
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'POST'],
    allowedHeaders: [
      'content-type',
      'apollo-require-preflight',
      'x-request-id',
      DEADLINE_HEADER,
      COMPLETENESS_HEADER,
    ],
    exposedHeaders: ['x-request-id'],
    maxAge: 86_400,
    credentials: false,
  });
  return (request, response) =>
    new Promise((resolve, reject) => {
      response.once('finish', () => resolve(true));
      apply(request, response, (error?: unknown) => {
        if (error === undefined) resolve(false);
        else reject(new Error('The CORS rules could not be applied', { cause: error }));
      });
    });
}
