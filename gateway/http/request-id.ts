import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const PROPER = /^[\w.:-]{1,128}$/;

/** The id under which a request is found in every log: the one a proxy gave it when that is harmless, else a new one. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && PROPER.test(given) ? given : randomUUID();
}
