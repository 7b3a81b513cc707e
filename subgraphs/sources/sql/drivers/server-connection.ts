import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { Environment } from '../../../../schema/runtime/environment';
import type { SqlConnection } from '../../mapping/connections';
import { readSecret } from '../../mapping/secret';

export type ServerConnection = Exclude<SqlConnection, { readonly dialect: 'sqlite' }>;

export interface DriverOptions {
  readonly env: Environment;
  readonly baseFolder: string;
}

/** How much longer than the server we wait for an answer that the server should have given up by then. */
export const GRACE_MS = 1_000;

/**
 * Read anew for every connection, so that a rotated password needs no restart; a file is found from the mapping's folder. Undefined where
 * the mapping names none.
 */
export function passwordOf(
  { password }: ServerConnection,
  { env, baseFolder }: DriverOptions,
): string | undefined {
  if (password === undefined) return undefined;
  return readSecret('file' in password ? { file: resolve(baseFolder, password.file) } : password, env);
}

export interface TlsOptions {
  readonly rejectUnauthorized: boolean;
  readonly ca?: string;
}

/** null: in the clear. */
export function tlsOf({ tls, ca }: ServerConnection, { baseFolder }: DriverOptions): TlsOptions | null {
  if (tls === 'off') return null;
  if (ca === undefined) return { rejectUnauthorized: tls === 'verify' };
  const file = isAbsolute(ca) ? ca : join(baseFolder, ca);
  return { rejectUnauthorized: tls === 'verify', ca: readFileSync(file, 'utf8') };
}
