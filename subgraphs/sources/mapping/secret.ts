import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Environment } from '../../../schema/runtime/environment';

/** A secret never stands in a mapping: an environment variable or a file holds it. */
export const secretSchema = z.union(
  [
    z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of a variable') }),
    z.strictObject({ file: z.string().min(1) }),
  ],
  { error: 'must say where the secret is kept: { env: NAME } or { file: PATH }' },
);

export type Secret = z.infer<typeof secretSchema>;

/** Names the variable or file that has no secret; never the secret. */
export class MissingSecretError extends Error {}

/** Read anew on every connection, so that a rotated password needs no restart. @throws MissingSecretError */
export function readSecret(secret: Secret, env: Environment): string {
  if ('env' in secret) {
    const value = env[secret.env];
    if (value === undefined || value === '')
      throw new MissingSecretError(
        `The environment variable ${secret.env} is not set, and a password is kept there`,
      );
    return value;
  }
  let text: string;
  try {
    text = readFileSync(secret.file, 'utf8').trimEnd();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MissingSecretError(`The secret file ${secret.file} cannot be read: ${reason}`, { cause });
  }
  if (text === '') throw new MissingSecretError(`The secret file ${secret.file} is empty`);
  return text;
}
