import { createHash } from 'node:crypto';

/** Arguments that choose the page, not the rows. */
const PAGING = new Set(['first', 'after']);
/** 96 bits: nobody can search for a collision, because the cursor around the hash is signed. */
const HASH_BYTES = 12;

/**
 * A short hash of a field's coerced arguments without `first` and `after`. The order of names does not matter, and a null is the
 * same as an absent argument or input field (GraphQL clients send either); the order of a list does matter.
 */
export function hashArguments(args: Readonly<Record<string, unknown>>): string {
  const lasting = Object.fromEntries(Object.entries(args).filter(([name]) => !PAGING.has(name)));
  const digest = createHash('sha256')
    .update(JSON.stringify(canonical(lasting)))
    .digest();
  return digest.subarray(0, HASH_BYTES).toString('base64url');
}

function canonical(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
  const entries = Object.entries(value)
    .filter(([, item]) => item !== null && item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, item]) => [name, canonical(item)]));
}
