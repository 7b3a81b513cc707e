import type { ClientErrorCode } from './client-error-codes';
import { BadInputError } from './runtime/coded-error';

export const MIN_PAGE_SIZE = 1;
export const MAX_PAGE_SIZE = 200;
export const DEFAULT_PAGE_SIZE = 20;

export class PageSizeError extends BadInputError {
  constructor(readonly value: unknown) {
    super(
      `"first" must be a whole number from ${MIN_PAGE_SIZE} to ${MAX_PAGE_SIZE}, got ${typeof value === 'number' ? value : JSON.stringify(value)}`,
      'INVALID_PAGE_SIZE' satisfies ClientErrorCode,
    );
  }
}

/** The page size asked for; absent and null mean the default. Throws PageSizeError. */
export function readPageSize(first: unknown): number {
  if (first === undefined || first === null) return DEFAULT_PAGE_SIZE;
  const isInRange =
    typeof first === 'number' && Number.isInteger(first) && first >= MIN_PAGE_SIZE && first <= MAX_PAGE_SIZE;
  if (!isInRange) throw new PageSizeError(first);
  return first;
}
