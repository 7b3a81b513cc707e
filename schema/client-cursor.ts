import { createHmac, timingSafeEqual } from 'node:crypto';

import { InvalidCursorError } from './invalid-cursor-error';
import { fromTuple, toTuple } from './shard-cursor';
import type { ShardPosition } from './shard-cursor';

export { hashArguments } from './arguments-hash';

/** Everything a later page must know of the first, sealed so that a client can only hand it back. */
export interface ClientCursor {
  /** The last row the client has seen. */
  readonly position: ShardPosition;
  /** Schema coordinate of the connection, such as `Agency.dossiers`. */
  readonly coordinate: string;
  /** Key of the object the connection hangs on; null at the root. */
  readonly parent: string | null;
  /** `hashArguments` of the field. */
  readonly argumentsHash: string;
  /** The instant pinned by the first page (`lienthong-now`). */
  readonly now: string;
  /** Shards that gave nothing to an earlier page. */
  readonly missing: readonly string[];
}

export interface CursorKey {
  readonly id: string;
  readonly secret: string;
}

export interface CursorSigner {
  seal(cursor: ClientCursor): string;
  /** Throws InvalidCursorError: GARBLED, EDITED, FOREIGN or OTHER_VERSION. */
  open(text: string): ClientCursor;
}

const VERSION = 1;
const MAC_BYTES = 16;
const MAX_CURSOR_LENGTH = 32_768;
const BASE64URL = /^[A-Za-z0-9_-]+$/;

/**
 * Seals and opens client cursors: base64url of one version byte, 16 bytes of HMAC-SHA256 and compact JSON with the key's id
 * inside. The first key signs, all verify: to rotate, put the new key first and drop the old one when its cursors may die.
 */
export function createCursorSigner(keys: readonly CursorKey[]): CursorSigner {
  const [signing] = keys;
  if (signing === undefined) throw new Error('A cursor signer needs at least one key');
  const macKeys = new Map(keys.map(({ id, secret }) => [id, deriveMacKey(secret)]));
  if (macKeys.size !== keys.length) throw new Error('Two cursor keys have the same id');
  const signingKey = deriveMacKey(signing.secret);

  return {
    seal(cursor) {
      const payload = Buffer.from(JSON.stringify(toPayload(signing.id, cursor)));
      return Buffer.concat([Buffer.of(VERSION), macOf(payload, signingKey), payload]).toString('base64url');
    },
    open(text) {
      const bytes = readBytes(text);
      if (bytes[0] !== VERSION) throw new InvalidCursorError('OTHER_VERSION');
      const payload = bytes.subarray(1 + MAC_BYTES);
      const [keyId, ...content] = readPayload(payload);
      const macKey = typeof keyId === 'string' ? macKeys.get(keyId) : undefined;
      if (macKey === undefined) throw new InvalidCursorError('FOREIGN');
      const isGenuine = timingSafeEqual(macOf(payload, macKey), bytes.subarray(1, 1 + MAC_BYTES));
      if (!isGenuine) throw new InvalidCursorError('EDITED');
      return fromContent(content);
    },
  };
}

/** Refuses a genuine cursor that is used in another place than the one whose answer gave it. Throws InvalidCursorError. */
export function requireCursorFits(
  cursor: ClientCursor,
  place: Pick<ClientCursor, 'coordinate' | 'parent' | 'argumentsHash'>,
): void {
  if (cursor.coordinate !== place.coordinate) throw new InvalidCursorError('OTHER_COORDINATE');
  if (cursor.parent !== place.parent) throw new InvalidCursorError('OTHER_PARENT');
  if (cursor.argumentsHash !== place.argumentsHash) throw new InvalidCursorError('OTHER_ARGUMENTS');
}

/** The secret may serve other purposes too; what is signed here must not be valid there. */
function deriveMacKey(secret: string): Buffer {
  return createHmac('sha256', secret).update('lienthong client cursor').digest();
}

function macOf(payload: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key).update(Buffer.of(VERSION)).update(payload).digest().subarray(0, MAC_BYTES);
}

function toPayload(keyId: string, cursor: ClientCursor): readonly unknown[] {
  const { position, coordinate, parent, argumentsHash, now, missing } = cursor;
  return [keyId, coordinate, parent, argumentsHash, now, missing, toTuple(position)];
}

function readBytes(text: string): Buffer {
  if (text.length > MAX_CURSOR_LENGTH || !BASE64URL.test(text)) throw new InvalidCursorError('GARBLED');
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length <= 1 + MAC_BYTES) throw new InvalidCursorError('GARBLED');
  // The last character has bits that no byte uses; without this an edit there would go unseen.
  if (bytes.toString('base64url') !== text) throw new InvalidCursorError('EDITED');
  return bytes;
}

function readPayload(payload: Buffer): readonly unknown[] {
  try {
    const content: unknown = JSON.parse(payload.toString('utf8'));
    if (Array.isArray(content)) return content;
  } catch {
    // Not JSON: the same answer as JSON that is no list.
  }
  throw new InvalidCursorError('GARBLED');
}

/** Only we can have signed it, so a wrong form is not an edit but a cursor of some other build. */
function fromContent([
  coordinate,
  parent,
  argumentsHash,
  now,
  missing,
  tuple,
]: readonly unknown[]): ClientCursor {
  const position = fromTuple(tuple);
  if (
    typeof coordinate !== 'string' ||
    (parent !== null && typeof parent !== 'string') ||
    typeof argumentsHash !== 'string' ||
    typeof now !== 'string' ||
    !isTextList(missing) ||
    position === null
  ) {
    throw new InvalidCursorError('OTHER_VERSION');
  }
  return { position, coordinate, parent, argumentsHash, now, missing };
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
