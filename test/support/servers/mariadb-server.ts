import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { findProgram } from './find-program';
import { freePort, type ServerAddress, startKeptServer } from './start-kept-server';

const USER = 'lienthong';
const PASSWORD = 'chỉ-để-thử-9';

const program = (name: string) =>
  findProgram({
    name,
    folders: ['/usr/sbin', '/usr/bin', '/usr/local/mysql/bin'],
    debianPackage: 'mariadb-server',
  });

/** MariaDB with a data folder of its own. Its texts compare as it does by default: without case and accents. */
export async function startMariadbServer(folder: string, ownerPid: number): Promise<ServerAddress> {
  mkdirSync(folder, { recursive: true });
  const data = join(folder, 'data');
  const isRoot = process.getuid?.() === 0;
  const asRoot = isRoot ? ['--user=root'] : [];
  execFileSync(
    program('mariadb-install-db'),
    [
      '--no-defaults',
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      ...asRoot,
    ],
    { cwd: folder, stdio: 'pipe' },
  );
  const initFile = join(folder, 'init.sql');
  writeFileSync(
    initFile,
    `CREATE USER IF NOT EXISTS '${USER}'@'%' IDENTIFIED BY '${PASSWORD}';\nGRANT ALL ON *.* TO '${USER}'@'%' WITH GRANT OPTION;\n`,
  );
  const port = await freePort();
  const address = { host: '127.0.0.1', port, user: USER, password: PASSWORD };
  const settings = [
    `--datadir=${data}`,
    `--port=${port}`,
    `--socket=${join(folder, 's.sock')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--init-file=${initFile}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    '--character-set-server=utf8mb4',
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-buffer-pool-size=512M',
    '--innodb-log-file-size=512M',
    '--max-connections=200',
  ];
  const keeperPid = await startKeptServer({
    command: program('mariadbd'),
    args: ['--no-defaults', ...settings, ...asRoot],
    folder,
    account: null,
    stopSignal: 'SIGTERM',
    ownerPid,
    ping: async () => {
      const connection = await createConnection({ ...address, charset: 'utf8mb4' });
      await connection.end();
    },
  });
  return { ...address, keeperPid };
}
