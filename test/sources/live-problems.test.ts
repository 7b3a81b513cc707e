import { sql } from 'kysely';
import type { SqlSystem } from '../../subgraphs/sources/mapping/system-mapping';
import { SourceProblem } from '../../subgraphs/sources/source-problem';
import type { LiveDossiers } from '../../subgraphs/sources/sql/live/live-dossiers';
import { openSqlDatabase } from '../../subgraphs/sources/sql/open-sql-database';
import { sampleDossier } from '../support/dossier-layouts';
import {
  openServerLayout,
  SERVER_LAYOUT_NAMES,
  serverLayout,
  type ServerLayout,
} from '../support/server-layouts';
import { startBreakableProxy } from '../support/servers/breakable-proxy';
import { SERVER_START_MS } from '../support/servers/shared-server';

const NOW = '2024-06-28T03:00:00Z';
const CODE = 'H23.X01-240603-0001';

const SERVERS = {
  'A on PostgreSQL': {
    table: 'business."HoSos"',
    returned: '"NgayTra"',
    returnedType: 'timestamp',
    received: '"NgayTiepNhan"',
    rename: (from: string, to: string) => `ALTER TABLE business."HoSos" RENAME COLUMN ${from} TO ${to}`,
    slowView: `DROP TABLE business."HoSoBoSungs"; CREATE VIEW business."HoSoBoSungs" AS
      SELECT 'x' || pg_sleep(60)::text AS "MaHoSo", now()::timestamp AS "NgayBoSung", now()::timestamp AS "NgayTiepNhanBoSung",
        now()::timestamp AS "NgayHenTraTruoc", now()::timestamp AS "NgayHenTraMoi"`,
  },
  'B on MariaDB': {
    table: 'cmon_hosotthccong',
    returned: 'NGAYTRAKETQUA',
    returnedType: 'datetime',
    received: 'NGAYNHANHOSO',
    rename: (from: string, to: string) => `ALTER TABLE cmon_hosotthccong RENAME COLUMN ${from} TO ${to}`,
    slowView: `DROP TABLE cmon_nhomthutuchanhchinh; CREATE VIEW cmon_nhomthutuchanhchinh AS SELECT 0 AS ID, CONCAT('x', SLEEP(60)) AS TEN`,
  },
} as const;

type ServerConnection = Exclude<SqlSystem['connection'], { dialect: 'sqlite' }>;

function changed({ system }: ServerLayout, changes: Partial<ServerConnection>): SqlSystem {
  // The fixtures are of servers.
  return { ...system, connection: { ...(system.connection as ServerConnection), ...changes } };
}

const find = (live: LiveDossiers) => live.findByCodes([CODE]);
const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof SourceProblem ? error : null),
  );

describe.each(SERVER_LAYOUT_NAMES)('%s', (name) => {
  const sqlOf = SERVERS[name];
  let server: ServerLayout;

  beforeEach(async () => {
    server = await serverLayout(name, [
      sampleDossier({ code: CODE, returnedAt: '2024-06-20T02:00:00.000Z', field: 'Hộ tịch' }),
    ]);
  }, SERVER_START_MS);
  afterEach(() => server[Symbol.asyncDispose]());

  it('with a wrong password is refused by name and place, without the password', async () => {
    await using live = await openServerLayout(server, [], { env: { TEST_PASSWORD: 'sai-mat-khau' } });
    const problem = await problemOf(find(live));
    expect(problem?.code).toBe('SOURCE_REFUSED');
    expect(problem?.message).toMatch(
      new RegExp(`"${server.database.database}" at 127\\.0\\.0\\.1:.*check user`),
    );
    expect(problem?.message).not.toContain('sai-mat-khau');
    expect(live.problems().map(({ code }) => code)).toEqual(['SOURCE_REFUSED']);
  });

  it('without its password says which variable is missing, and goes on once it is set', async () => {
    const env: Record<string, string> = {};
    await using live = await openServerLayout(server, [], { env });
    expect((await problemOf(find(live)))?.message).toMatch(/TEST_PASSWORD is not set/);
    env['TEST_PASSWORD'] = server.database.password;
    expect(await find(live)).toHaveLength(1);
    expect(live.problems()).toEqual([]);
  });

  it('where nobody listens cannot be reached', async () => {
    await using proxy = await startBreakableProxy(server.database);
    await proxy.cut();
    await using live = await openServerLayout({ ...server, system: changed(server, { port: proxy.port }) });
    expect((await problemOf(find(live)))?.code).toBe('SOURCE_UNREACHABLE');
  });

  it('fails while its server is away, and heals by itself when it is back', async () => {
    await using proxy = await startBreakableProxy(server.database);
    await using live = await openServerLayout({ ...server, system: changed(server, { port: proxy.port }) });
    expect(await find(live)).toHaveLength(1);
    await proxy.cut();
    expect((await problemOf(find(live)))?.code).toBe('SOURCE_UNREACHABLE');
    await proxy.mend();
    expect(await find(live)).toHaveLength(1);
    expect(live.problems()).toEqual([]);
  });

  it('does not wait for a server that went silent, nor take a late answer for that to another question', async () => {
    await using proxy = await startBreakableProxy(server.database);
    const system = changed(server, { port: proxy.port, statementTimeoutMs: 200, connectTimeoutMs: 500 });
    await using live = await openServerLayout({ ...server, system });
    expect(await find(live)).toHaveLength(1);
    proxy.swallow();
    expect((await problemOf(find(live)))?.code).toBe('SOURCE_TIMEOUT');
    await proxy.mend();
    expect(await find(live)).toHaveLength(1);
  });

  it('is read in sessions that cannot write', async () => {
    const { system, env } = server;
    await using database = await openSqlDatabase(system.connection, { env, baseFolder: '.' });
    const write = sql.raw(`DELETE FROM ${sqlOf.table}`).execute(database.kysely);
    await expect(write).rejects.toThrow(/read.only/i);
  });

  it('answers a field empty whose column vanished, says so, and has it again when it is back', async () => {
    await using live = await openServerLayout(server);
    await server.database.sql(sqlOf.rename(sqlOf.returned, 'cu'));
    expect((await find(live)).map(({ returnedAt }) => returnedAt)).toEqual([null]);
    const [problem] = live.problems();
    expect(problem?.code).toBe('SOURCE_NO_COLUMN');
    expect(problem?.message).toContain(
      `no column ${sqlOf.returned.replaceAll('"', '').replace(/.*/, '"$&"')}`,
    );
    expect(problem?.message).toContain('dossiers.dates.returned');
    await server.database.sql(sqlOf.rename('cu', sqlOf.returned));
    await live.refresh();
    expect((await find(live)).map(({ returnedAt }) => returnedAt)).toEqual(['2024-06-20T02:00:00.000Z']);
    expect(live.problems()).toEqual([]);
  });

  it('does not go on without the date of receipt, and heals by itself', async () => {
    await using live = await openServerLayout(server);
    await server.database.sql(sqlOf.rename(sqlOf.received, 'cu'));
    const problem = await problemOf(find(live));
    expect(problem?.code).toBe('SOURCE_NO_COLUMN');
    expect(problem?.place).toContain(sqlOf.received.replaceAll('"', ''));
    await server.database.sql(sqlOf.rename('cu', sqlOf.received));
    expect(await find(live)).toHaveLength(1);
    expect(live.problems()).toEqual([]);
  });

  it('without its table says which', async () => {
    const { system } = server;
    const dossiers = system.dossiers && { ...system.dossiers, table: 'khong_co' };
    await using live = await openServerLayout({ ...server, system: { ...system, dossiers } });
    const problem = await problemOf(find(live));
    expect(problem).toMatchObject({ code: 'SOURCE_NO_TABLE', place: 'khong_co' });
  });

  it('gives up on a view that takes a minute, while other questions go on', async () => {
    await server.database.sql(sqlOf.slowView);
    await using live = await openServerLayout({
      ...server,
      system: changed(server, { statementTimeoutMs: 300 }),
    });
    const slow = name.startsWith('A')
      ? live.supplements([CODE])
      : live.count({ criteria: { fields: ['x0'] }, now: NOW });
    const [problem, count] = await Promise.all([
      problemOf(slow),
      live.count({ criteria: { agencies: ['H23.X01'] }, now: NOW }),
    ]);
    expect(String(problem)).toContain('in time');
    expect(problem?.code).toBe('SOURCE_TIMEOUT');
    expect(count).toBe(1);
  });
});
