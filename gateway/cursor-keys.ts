import { createHash, randomBytes } from 'node:crypto';
import type { CursorKey } from '../schema/client-cursor';
import type { EnvironmentReader } from '../schema/runtime/environment';

const MIN_SECRET_LENGTH = 16;

/**
 * The keys that sign cursors, from the environment alone so that they never stand in a file that is shown around:
 * LIENTHONG_SECRET signs, LIENTHONG_SECRET_PREVIOUS is still accepted while a new one is brought in. Without a secret a
 * random one serves this process: its cursors end with it, and no second gateway would accept them.
 */
export function readCursorKeys(reader: EnvironmentReader, gateways: number): readonly CursorKey[] {
  const current = readSecret(reader, 'LIENTHONG_SECRET');
  const previous = readSecret(reader, 'LIENTHONG_SECRET_PREVIOUS');
  if (current === undefined && gateways > 1) {
    reader.refuse(`LIENTHONG_SECRET must be set: ${gateways} gateways have to accept each other's cursors`);
  }
  const secrets = new Set([
    current ?? randomBytes(32).toString('base64url'),
    ...(previous === undefined ? [] : [previous]),
  ]);
  return [...secrets].map((secret) => ({ id: idOf(secret), secret }));
}

function readSecret(reader: EnvironmentReader, name: string): string | undefined {
  const secret = reader.readOptionalText(name);
  if (secret !== undefined && secret.length < MIN_SECRET_LENGTH) {
    reader.refuse(`${name} must have at least ${MIN_SECRET_LENGTH} characters, got ${secret.length}`);
  }
  return secret;
}

/** Names the key without telling anything useful about it; the same on every gateway that has the secret. */
function idOf(secret: string): string {
  return createHash('sha256').update(`lienthong cursor key id\n${secret}`).digest('base64url').slice(0, 8);
}
