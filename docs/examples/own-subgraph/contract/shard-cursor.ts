import { compareBytewise } from './bytewise';
import { InvalidCursorError } from './invalid-cursor-error';

export type PositionValue = string | number | null;

/** Where a row stands in an order, said so completely that rows of different systems can be compared by it alone. */
export interface ShardPosition {
  /** Name of the order; ends in `_ASC` or `_DESC`. */
  readonly order: string;
  /** What the order compares: instants as ISO UTC, text as its sort key, nulls where a row has nothing. */
  readonly values: readonly PositionValue[];
  /** Canonical code of the agency that the row counts for. */
  readonly agency: string;
  /** The row's own code. */
  readonly code: string;
}

/** Long enough for the sort key of any name we have seen, short enough to cost nothing. */
const MAX_CURSOR_LENGTH = 16_384;
const BASE64URL = /^[A-Za-z0-9_-]+$/;

/** The cursor between gateway and shard: unsigned base64url JSON `[order, ...values, agency, code]`. */
export function encodeShardCursor(position: ShardPosition): string {
  return Buffer.from(JSON.stringify(toTuple(position))).toString('base64url');
}

/** Reads what a shard, or a client talking to a shard, sent. Throws InvalidCursorError. */
export function decodeShardCursor(text: string): ShardPosition {
  if (text.length > MAX_CURSOR_LENGTH || !BASE64URL.test(text)) throw new InvalidCursorError('GARBLED');
  const position = fromTuple(parseJson(Buffer.from(text, 'base64url')));
  if (position === null) throw new InvalidCursorError('GARBLED');
  return position;
}

/** The position as it travels. */
export function toTuple({ order, values, agency, code }: ShardPosition): readonly PositionValue[] {
  return [order, ...values, agency, code];
}

/** The position in a decoded tuple; null when it is none. */
export function fromTuple(tuple: unknown): ShardPosition | null {
  if (!Array.isArray(tuple) || !tuple.every(isPositionValue)) return null;
  const order = tuple[0];
  const agency = tuple.at(-2);
  const code = tuple.at(-1);
  if (tuple.length < 3 || typeof order !== 'string' || typeof agency !== 'string' || typeof code !== 'string')
    return null;
  return isOrderName(order) ? { order, values: tuple.slice(1, -2), agency, code } : null;
}

/**
 * Which of two positions of one order comes first. `_ASC` and `_DESC` turn the values only: nulls are last in both, and ties
 * go by agency, then code, ascending. Text compares bytewise, numbers as numbers (and before text, should a field mix them).
 * Positions of different orders cannot be compared; that is the caller's bug and throws.
 */
export function comparePositions(a: ShardPosition, b: ShardPosition): number {
  if (a.order !== b.order) throw new Error(`Positions of different orders: "${a.order}" and "${b.order}"`);
  const direction = a.order.endsWith('_DESC') ? -1 : 1;
  const length = Math.max(a.values.length, b.values.length);
  for (let i = 0; i < length; i++) {
    const difference = compareValues(a.values[i] ?? null, b.values[i] ?? null, direction);
    if (difference !== 0) return difference;
  }
  return compareBytewise(a.agency, b.agency) || compareBytewise(a.code, b.code);
}

function compareValues(a: PositionValue, b: PositionValue, direction: 1 | -1): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return direction * compareKnown(a, b);
}

function compareKnown(a: string | number, b: string | number): number {
  if (typeof a === 'number') return typeof b === 'number' ? Math.sign(a - b) : -1;
  return typeof b === 'number' ? 1 : compareBytewise(a, b);
}

function isPositionValue(value: unknown): value is PositionValue {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

function isOrderName(text: string): boolean {
  return text.endsWith('_ASC') || text.endsWith('_DESC');
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined; // Any unreadable text is the same to the caller: not a position.
  }
}
