import { statSync } from 'node:fs';
import { extname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../../terminal/usage-error';

/** What the command was pointed at. */
export type Target =
  | { readonly kind: 'server'; readonly dialect: 'postgres' | 'mariadb' | 'mysql'; readonly url: URL }
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'sheet'; readonly path: string; readonly isFolder: boolean }
  /** A description of a service, or the service itself: told by what it answers. */
  | { readonly kind: 'document'; readonly file: string }
  | { readonly kind: 'http'; readonly url: URL };

const KNOWN =
  'postgres://user@host/db, mariadb://…, mysql://…, sqlite:FILE, http(s)://…, an OpenAPI or WSDL file, an XLSX or CSV file, or a folder of them';

const SERVERS = {
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
  'mariadb:': 'mariadb',
  'mysql:': 'mysql',
} as const;

/** @throws UsageError that never repeats a password. */
export function parseTarget(text: string, cwd: string): Target {
  const scheme = /^([a-z][a-z0-9+.-]+:)/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === 'sqlite:') return { kind: 'sqlite', file: resolve(cwd, text.slice('sqlite:'.length)) };
  if (scheme === 'file:') return fileTarget(fileURLToPath(text), text);
  if (scheme === undefined || isAbsolute(text)) return fileTarget(resolve(cwd, text), text);
  const url = parseUrl(text);
  if (scheme === 'http:' || scheme === 'https:') return { kind: 'http', url };
  const dialect = Object.entries(SERVERS).find(([protocol]) => protocol === scheme)?.[1];
  if (dialect === undefined) throw new UsageError(`"${scheme}" is not known; there are ${KNOWN}`);
  if (url.hostname === '' || url.pathname.length < 2 || url.username === '')
    throw new UsageError(
      `The address of a database is ${dialect}://user@host/database, got ${withoutPassword(url)}`,
    );
  return { kind: 'server', dialect, url };
}

function parseUrl(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new UsageError(
      `The address is not one: ${text.replace(/:[^:@/]*@/, ':…@')}. Letters such as # and / in a password are written %23 and %2F`,
    );
  }
}

export function withoutPassword(url: URL): string {
  const shown = new URL(url);
  if (shown.password !== '') shown.password = '***';
  for (const name of [...shown.searchParams.keys()])
    if (/pass|token|secret|key/i.test(name)) shown.searchParams.set(name, '***');
  return shown.href;
}

function fileTarget(path: string, given: string): Target {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new UsageError(`There is no file or folder "${given}"; known are ${KNOWN}`);
  if (stat.isDirectory()) return { kind: 'sheet', path, isFolder: true };
  switch (extname(path).toLowerCase()) {
    case '.sqlite':
    case '.sqlite3':
    case '.db':
      return { kind: 'sqlite', file: path };
    case '.xlsx':
    case '.csv':
      return { kind: 'sheet', path, isFolder: false };
    case '.json':
    case '.yaml':
    case '.yml':
    case '.wsdl':
    case '.xml':
      return { kind: 'document', file: path };
    default:
      throw new UsageError(`What is "${given}"? Known are ${KNOWN}`);
  }
}
