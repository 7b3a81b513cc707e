/** Why a system's part of an answer is missing. Codes are API (README, "Errors"); none is ever reused. */
export type ShardErrorCode =
  | 'SHARD_UNAVAILABLE'
  | 'SHARD_TIMEOUT'
  | 'SHARD_BAD_RESPONSE'
  | 'SHARD_FOREIGN_ROW'
  | 'SHARD_UNSORTED'
  | 'SHARD_DUPLICATE_ROW'
  | 'SHARD_FIELD_UNSUPPORTED'
  | 'SHARD_DRAINING'
  | 'SHARD_NONE';

export interface ShardFailure {
  readonly code: ShardErrorCode;
  /** Milliseconds until the failure was known; null where no call was made. */
  readonly tookMs: number | null;
  /** The code by which the system itself says why, when what it asks for its rows is at fault: one of `SOURCE_…`. */
  readonly reason?: string;
}

const SENTENCES: Readonly<Record<ShardErrorCode, string>> = {
  SHARD_UNAVAILABLE: 'is not available',
  SHARD_TIMEOUT: 'did not answer in time',
  SHARD_BAD_RESPONSE: 'gave an answer that cannot be read',
  SHARD_FOREIGN_ROW: 'gave rows of an agency it does not hold; its rows were left out',
  SHARD_UNSORTED: 'gave a page that is out of order; its rows were left out',
  SHARD_DUPLICATE_ROW: 'gave a row that an earlier system also holds; the earlier one is shown',
  SHARD_FIELD_UNSUPPORTED: 'does not know a field that was asked for',
  SHARD_DRAINING: 'is being taken out of service and is no longer asked',
  SHARD_NONE: 'is missing: no system holds the rows of these agencies',
};

export function describeFailure(
  shard: string | null,
  code: ShardErrorCode,
  agencies: readonly string[],
): string {
  const sentence = SENTENCES[code];
  if (shard === null) return `A system ${sentence}: ${agencies.join(', ')}`;
  return `System "${shard}" ${sentence}`;
}
