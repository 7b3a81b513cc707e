import { hash } from 'node:crypto';

/** 48 bits of a content, as a whole number: enough to see that a row is not what it was. */
export function contentHash(content: string): number {
  return Number.parseInt(hash('sha1', content, 'hex').slice(0, 12), 16);
}
