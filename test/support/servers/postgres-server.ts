import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { findProgram } from './find-program';
import { type Account, freePort, type ServerAddress, startKeptServer } from './start-kept-server';

const USER = 'lienthong';
const PASSWORD = 'chỉ-để-thử-9';

const program = (name: string) =>
  findProgram({ name, folders: ['/usr/lib/postgresql/*/bin'], debianPackage: 'postgresql' });

/**
 * PostgreSQL with a data folder of its own. Its texts are ordered by the rules of Vietnamese, as in a system whose administrator
 * chose the locale of the country, so that nothing may count on bytewise order. It asks for a password, and forgets in a crash.
 */
export async function startPostgresServer(
  folder: string,
  ownerPid: number,
  { keepsFolder = false }: { readonly keepsFolder?: boolean } = {},
): Promise<ServerAddress> {
  const account = unprivileged();
  mkdirSync(folder, { recursive: true });
  const data = join(folder, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) createData(folder, data, account);
  const port = await freePort();
  const address = { host: '127.0.0.1', port, user: USER, password: PASSWORD };
  const settings = [
    `listen_addresses=127.0.0.1`,
    `port=${port}`,
    `unix_socket_directories=`,
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=200',
    'shared_buffers=256MB',
    'max_wal_size=4GB',
    'autovacuum=off',
  ];
  const keeperPid = await startKeptServer({
    command: program('postgres'),
    args: ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    folder,
    keepsFolder,
    account,
    stopSignal: 'SIGINT',
    ownerPid,
    ping: async () => {
      const client = new Client({ ...address, database: 'postgres' });
      await client.connect();
      await client.end();
    },
  });
  return { ...address, keeperPid };
}

function createData(folder: string, data: string, account: Account | null): void {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, PASSWORD);
  if (account !== null) [folder, passwordFile].forEach((path) => chownSync(path, account.uid, account.gid));
  const initdb = [
    ...['-D', data, '-U', USER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--no-sync'],
    ...['--encoding=UTF8', '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=vi-VN'],
  ];
  execFileSync(program('initdb'), initdb, { cwd: folder, stdio: 'pipe', ...account });
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const known = ['postgres', 'nobody'].map(accountOf).find((account) => account !== null);
  if (known === undefined)
    throw new Error('PostgreSQL does not run as root, and there is no user "postgres" or "nobody"');
  return known;
}

function accountOf(user: string): Account | null {
  const id = (flag: string) => Number(execFileSync('id', [flag, user], { stdio: 'pipe' }).toString());
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}
