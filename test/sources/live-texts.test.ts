import { DatabaseSync } from 'node:sqlite';
import { parseDossierMapping } from '../../subgraphs/sources/dossiers/dossier-mapping';
import { holidayShifts } from '../../subgraphs/sources/sql/holiday-shifts';
import { withFoldedTexts } from '../../subgraphs/sources/sql/live/folded-values';
import { openLive } from '../../subgraphs/sources/sql/live/open-live-dossiers';
import { SQLITE_DIALECT } from '../../subgraphs/sources/sql/dialects/sqlite-dialect';
import { type OpenSqlDatabase, openSqlDatabase } from '../../subgraphs/sources/sql/open-sql-database';
import { openSqliteDatabase } from '../../subgraphs/sources/sql/sqlite-database';
import { SERVER_START_MS } from '../support/servers/shared-server';
import { mariadbDatabase, postgresDatabase, type TestDatabase } from '../support/servers/test-databases';

const NOW = '2024-06-28T03:00:00Z';

/** Agencies, statuses, channels and procedures as people type them. */
const MAPPING = parseDossierMapping({
  table: 'hs',
  code: 'ma',
  procedure: { column: 'thu_tuc', byName: { decided: { 'Việc khác': null, KH: '1.2' } } },
  receivingAgency: {
    column: 'don_vi',
    match: 'folded',
    values: { 'Sở Tư pháp': 'H23.X04', 'Huyện Hoà Bình': 'H23.X05' },
  },
  channel: { column: 'kenh', match: 'folded', values: { 'Trực tuyến': 'ONLINE', 'Trực tiếp': 'DIRECT' } },
  status: {
    columns: ['tt', 'phu'],
    match: 'folded',
    values: [
      { when: ['Đã xong', null], status: 9 },
      { when: ['Đã xong'], status: 10 },
      { when: ['Đang xử lý'], status: 4 },
    ],
  },
  dates: { received: { column: 'nhan', format: 'local-text' } },
});

const ROWS: readonly (readonly (string | null)[])[] = [
  ['1', 'Sở Tư pháp', 'Trực tuyến', 'Đã xong', null, 'Đăng ký khai sinh'],
  ['2', 'SO TU PHAP', 'TRUC TUYEN', 'ĐÃ XONG', 'x', 'đăng ký khai sinh'],
  ['3', 'Sở Tư pháp'.normalize('NFD'), 'Trực tiếp', 'Đang xử lý ', null, 'KH'],
  ['4', 'Huyện Hòa Bình', 'trực  tiếp', 'dang xu ly', null, 'Việc khác'],
  ['5', 'Sở Tài chính', 'Trực tiếp', 'Đã xong', null, null],
];

const CREATE =
  'CREATE TABLE hs (ma varchar(9), don_vi varchar(99), kenh varchar(99), tt varchar(99), phu varchar(99), thu_tuc varchar(99), nhan varchar(19))';

const procedureOf = (name: string) => (name.toLowerCase() === 'đăng ký khai sinh' ? '1.1' : null);

async function onServer(server: TestDatabase): Promise<OpenSqlDatabase> {
  const { dialect, host, port, user, password, database } = server;
  await server.sql(CREATE);
  for (const row of ROWS)
    await insert((text, values) => server.sql(text, values), row, dialect === 'postgres');
  await server.sql('CREATE INDEX hs_don_vi ON hs (don_vi)');
  const connection = {
    ...{ dialect, host, port, user, database, password: { env: 'PASSWORD' }, tls: 'off' as const, pool: 4 },
    ...{ connectTimeoutMs: 5_000, statementTimeoutMs: 10_000 },
  };
  return openSqlDatabase(connection, { env: { PASSWORD: password }, baseFolder: '.' });
}

async function insert(
  run: (text: string, values: readonly (string | null)[]) => unknown,
  row: readonly (string | null)[],
  isNumbered: boolean,
): Promise<void> {
  const marks = Array.from({ length: 7 }, (_, i) => (isNumbered ? `$${i + 1}` : '?')).join(', ');
  await run(`INSERT INTO hs (ma, don_vi, kenh, tt, phu, thu_tuc, nhan) VALUES (${marks})`, [
    ...row,
    '2024-06-03 08:00:00',
  ]);
}

async function inMemory(): Promise<OpenSqlDatabase> {
  const sqlite = new DatabaseSync(':memory:');
  sqlite.exec(CREATE);
  for (const row of ROWS) await insert((text, values) => sqlite.prepare(text).run(...values), row, false);
  const functions = { working_day_number: () => 0 };
  const kysely = openSqliteDatabase({ database: sqlite, functions });
  return { kysely, dialect: SQLITE_DIALECT, place: 'SQLite', [Symbol.asyncDispose]: () => kysely.destroy() };
}

describe.each([
  ['PostgreSQL', postgresDatabase],
  ['MariaDB', mariadbDatabase],
  ['SQLite', null],
])('in %s', (_, open) => {
  it(
    'texts that differ in case, accents or form mean what the named ones do, and names of procedures their codes',
    async () => {
      await using server = await (open?.() ?? null);
      const database = server === null ? await inMemory() : await onServer(server);
      await using live = await openLive(database, MAPPING, { holidays: [], procedureOf });
      expect(live.problems()).toEqual([]);
      const page = async (criteria: object) => {
        const rows = await live.page({ criteria, order: 'RECEIVED_ASC', after: null, limit: 99, now: NOW });
        expect(await live.count({ criteria, now: NOW })).toBe(rows.length);
        return rows;
      };
      const rows = await page({});
      expect(
        rows.map(({ code, receivingAgency, channel, status, procedure }) => [
          ...[code, receivingAgency, channel, status, procedure],
        ]),
      ).toEqual([
        ['1', 'H23.X04', 'ONLINE', 9, '1.1'],
        ['2', 'H23.X04', 'ONLINE', 10, '1.1'],
        ['3', 'H23.X04', 'DIRECT', 4, '1.2'],
        ['4', 'H23.X05', 'DIRECT', 4, null],
      ]);
      const codes = async (criteria: object) => (await page(criteria)).map(({ code }) => code);
      expect(await codes({ agencies: ['H23.X04'] })).toEqual(['1', '2', '3']);
      expect(await codes({ statuses: [4] })).toEqual(['3', '4']);
      expect(await codes({ statuses: [10] })).toEqual(['2']);
      expect(await codes({ channels: ['ONLINE'] })).toEqual(['1', '2']);
      expect(await codes({ procedures: ['1.1'] })).toEqual(['1', '2']);
      const figures = await live.performance({
        ...{ criteria: {}, clock: 'LOCAL', from: null, to: null, now: NOW },
        ...{ splitBy: 'agency', groupBy: 'procedure' },
      });
      const received = figures.map(({ split, key, counts }) => `${split} ${key}: ${counts.received}`);
      expect(received.toSorted()).toEqual(['H23.X04 1.1: 2', 'H23.X04 1.2: 1', 'H23.X05 null: 1']);
    },
    SERVER_START_MS,
  );
});

it('takes a text near two of different meaning for neither', () => {
  const values = withFoldedTexts({ 'Đã trả': 'a', 'Da tra': 'b', Xong: 'c' }, ['DA TRA', 'XONG', 'lạ']);
  expect(values).toEqual({ 'Đã trả': 'a', 'Da tra': 'b', Xong: 'c', XONG: 'c' });
});

it('counts only what changes a plain week as a holiday', () => {
  const shifts = holidayShifts([
    { date: '2024-04-30', kind: 'off' },
    { date: '2024-05-12', kind: 'off' },
    { date: '2024-05-11', kind: 'work' },
    { date: '2024-05-13', kind: 'work' },
  ]);
  expect(shifts).toEqual({ off: [19843], worked: [19854] });
});
