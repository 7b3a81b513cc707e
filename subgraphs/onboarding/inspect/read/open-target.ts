import { relative } from 'node:path';
import type { Environment } from '../../../../schema/runtime/environment';
import { UsageError } from '../../terminal/usage-error';
import { openDocument, openHttp, type HttpOptions } from './document-system';
import type { InspectedSystem } from './inspected-table';
import { openMariadbSystem } from './mariadb-system';
import { type Target, withoutPassword } from './parse-target';
import { openPostgresSystem } from './postgres-system';
import type { ServerAddress } from './server-address';
import { openSheetSystem } from './sheet-system';
import { openSqliteSystem } from './sqlite-system';

export interface OpenOptions {
  readonly system: string;
  readonly env: Environment;
  /** The folder of the mapping: files are named from there. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** @throws UsageError or SourceProblem */
export async function openTarget(target: Target, options: OpenOptions): Promise<InspectedSystem> {
  switch (target.kind) {
    case 'server': {
      const address = serverAddress(target, options);
      return target.dialect === 'postgres' ? openPostgresSystem(address) : openMariadbSystem(address);
    }
    case 'sqlite':
      return openSqliteSystem(target.file, relative(options.folder, target.file));
    case 'sheet':
      return openSheetSystem(target, options.folder);
    case 'document':
      return openDocument(target.file, relative(options.folder, target.file));
    case 'http':
      return openHttp(target.url, httpOptions(options));
  }
}

/** The variable that holds a secret of a system. */
function secretVariable(system: string, what: 'PASSWORD' | 'TOKEN'): string {
  return `LIENTHONG_${system.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}_${what}`;
}

function httpOptions({ system, env, signal }: OpenOptions): HttpOptions {
  const passwordVariable = secretVariable(system, 'PASSWORD');
  const tokenVariable = secretVariable(system, 'TOKEN');
  return {
    password: env[passwordVariable],
    passwordVariable,
    token: env[tokenVariable],
    tokenVariable,
    signal,
  };
}

type ServerTarget = Extract<Target, { kind: 'server' }>;

function serverAddress({ dialect, url }: ServerTarget, { system, env }: OpenOptions): ServerAddress {
  const variable = secretVariable(system, 'PASSWORD');
  const password = url.password === '' ? env[variable] : decodeURIComponent(url.password);
  const port = url.port === '' ? undefined : Number(url.port);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const database = decodeURIComponent(url.pathname.slice(1));
  const user = decodeURIComponent(url.username);
  const tls = tlsOf(url);
  const isLocal = ['localhost', '127.0.0.1', '::1'].includes(host);
  return {
    host,
    port,
    database,
    user,
    password: password === '' ? undefined : password,
    tls,
    shown: withoutPassword(url).replace(/\?.*$/, '').replace(':***@', '@'),
    connection: {
      dialect,
      host,
      ...(port === undefined ? {} : { port }),
      database,
      user,
      ...(password === undefined ? {} : { password: { env: variable } }),
      ...(tls === 'off' ? {} : { tls }),
    },
    doubts: [
      ...(password === undefined
        ? []
        : [`the password is not written here: put it into the environment variable ${variable}`]),
      ...(tls === 'off' && !isLocal ? ['no encryption: set "tls: verify" unless this is a closed net'] : []),
    ],
  };
}

/** As libpq and the MySQL clients say it: `?sslmode=verify-full`. */
function tlsOf(url: URL): 'off' | 'require' | 'verify' {
  const mode = url.searchParams.get('sslmode') ?? url.searchParams.get('tls') ?? 'off';
  switch (mode) {
    case 'off':
    case 'disable':
    case 'allow':
    case 'prefer':
      return 'off';
    case 'require':
      return 'require';
    case 'verify':
    case 'verify-ca':
    case 'verify-full':
      return 'verify';
    default:
      throw new UsageError(`sslmode must be disable, require or verify-full, got "${mode}"`);
  }
}
