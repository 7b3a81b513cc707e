import { compareBytewise } from '../../../schema/bytewise';
import { MAX_EXAMPLES } from './make-finding';
import type { Occurrences } from './system-facts';

/** Drivers give great numbers as text. */
export function numberOf(value: unknown): number {
  return Number(value ?? 0);
}

/** Texts that were compared by their bytes come as bytes from some drivers. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
    ? String(value)
    : null;
}

export function sortedCodes(codes: readonly (string | null)[]): readonly string[] {
  const there = codes.filter((code): code is string => code !== null && code !== '');
  return [...new Set(there)].sort(compareBytewise);
}

export function occurrences(codes: readonly string[]): Occurrences {
  const once = sortedCodes(codes);
  return { count: once.length, examples: once.slice(0, MAX_EXAMPLES) };
}
