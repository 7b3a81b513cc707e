import { sampleDossier } from '../../support/dossier-layouts';
import { isWhole, type OnboardedSystem, startOnboardedSystem } from '../../support/onboarded-system';
import { serverLayout, type ServerLayout } from '../../support/server-layouts';
import { SERVER_START_MS } from '../../support/servers/shared-server';

const RETURNED = '2024-06-20T02:00:00.000Z';
const PASSWORD = 'mat-khau-cua-tai-khoan-doc';

let server: ServerLayout;
let role: string;
let system: OnboardedSystem;

beforeEach(async () => {
  server = await serverLayout('A on PostgreSQL', [
    sampleDossier({ code: 'H23.X01-240603-0001', returnedAt: RETURNED }),
    sampleDossier({ code: 'H23.X01-240603-0002', returnedAt: RETURNED }),
  ]);
  const { host, port, database } = server.database;
  role = `doc_${database}`;
  await server.database.sql(`CREATE ROLE ${role} LOGIN PASSWORD '${PASSWORD}';
    GRANT USAGE ON SCHEMA business, catalog TO ${role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA business GRANT SELECT ON TABLES TO ${role};
    GRANT SELECT ON ALL TABLES IN SCHEMA business, catalog TO ${role}`);
  system = await startOnboardedSystem({
    fixture: 'layout-a-postgres',
    connection: { host, port, database, user: role, password: { file: 'mat-khau' }, statementTimeoutMs: 300 },
    files: { 'mat-khau': `${PASSWORD}\n` },
  });
}, SERVER_START_MS);

afterEach(async () => {
  await system[Symbol.asyncDispose]();
  await server.database.sql(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  await server[Symbol.asyncDispose]();
});

const whole = { total: 2, missing: [], stale: [] };

it('a password that was changed: the system is missing as refused, and whole again with the right one', async () => {
  expect(await system.ask()).toMatchObject(whole);
  await server.database.sql(`ALTER ROLE ${role} PASSWORD 'khac'`);
  await server.database.sql(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${role}'`,
  );

  const seen = await system.see(({ missing }) => missing.includes('SHARD_UNAVAILABLE SOURCE_REFUSED'));
  const { exitCode, report } = await system.check();
  await server.database.sql(`ALTER ROLE ${role} PASSWORD '${PASSWORD}'`);

  expect(seen.total).toBeNull();
  expect([exitCode, report.findings.map(({ code }) => code)]).toEqual([3, ['SOURCE_REFUSED']]);
  expect(JSON.stringify(report)).not.toContain(PASSWORD);
  expect(await system.see(isWhole)).toMatchObject(whole);
});

it('a column that vanished: its field is empty, the system is said to lack it, and has it again when it is back', async () => {
  expect(await system.ask()).toMatchObject(whole);
  await server.database.sql('ALTER TABLE business."HoSos" RENAME COLUMN "NgayTra" TO "NgayTraCu"');

  const seen = await system.see(({ stale }) => stale.length > 0);
  const { exitCode, report } = await system.check();
  await server.database.sql('ALTER TABLE business."HoSos" RENAME COLUMN "NgayTraCu" TO "NgayTra"');

  expect(seen).toMatchObject({ total: 2, missing: [], stale: ['SOURCE_NO_COLUMN'] });
  expect(report.findings[0]).toMatchObject({ code: 'SOURCE_NO_COLUMN' });
  expect(report.findings[0]?.place).toContain('NgayTra (dossiers.dates.returned)');
  expect(exitCode).toBe(1);
});

it('a table that is gone: the system is missing for that reason, and whole when it is there again', async () => {
  expect(await system.ask()).toMatchObject(whole);
  await server.database.sql('ALTER TABLE business."HoSos" RENAME TO "HoSoCu"');

  const seen = await system.see(({ missing }) => missing.length > 0);
  const { exitCode, report } = await system.check();
  await server.database.sql('ALTER TABLE business."HoSoCu" RENAME TO "HoSos"');

  expect(seen).toMatchObject({ total: null, missing: ['SHARD_UNAVAILABLE SOURCE_NO_TABLE'] });
  expect(report.findings[0]).toMatchObject({ code: 'SOURCE_NO_TABLE' });
  expect(report.findings[0]?.place).toContain('HoSos (dossiers.table)');
  expect(exitCode).toBe(1);
  expect(await system.see(isWhole)).toMatchObject(whole);
});

it('a view that takes a minute: the system is missing as too slow, and whole when it is a table again', async () => {
  expect(await system.ask()).toMatchObject(whole);
  await server.database.sql(`ALTER TABLE business."HoSos" RENAME TO "HoSoBang";
    CREATE VIEW business."HoSos" AS SELECT * FROM business."HoSoBang" WHERE pg_sleep(60) IS NOT NULL`);

  const seen = await system.see(({ missing }) => missing.length > 0);
  await server.database.sql('DROP VIEW business."HoSos"; ALTER TABLE business."HoSoBang" RENAME TO "HoSos"');

  expect(seen).toMatchObject({ total: null, missing: ['SHARD_TIMEOUT SOURCE_TIMEOUT'] });
  expect(await system.see(isWhole)).toMatchObject(whole);
});
