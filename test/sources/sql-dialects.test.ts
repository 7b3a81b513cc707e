import { DummyDriver, Kysely, MssqlAdapter, MssqlIntrospector, MssqlQueryCompiler } from 'kysely';
import { createWorkingCalendar, type Holiday } from '../../schema/calendar';
import type { DateFormat, DossierMapping } from '../../subgraphs/sources/dossiers/dossier-mapping';
import type { PerformanceQuery } from '../../subgraphs/sources/dossiers/dossier-query';
import { layoutAMapping } from '../../subgraphs/sources/layouts/layout-a';
import { MSSQL_DIALECT } from '../../subgraphs/sources/sql/dialects/mssql-dialect';
import { holidayShifts } from '../../subgraphs/sources/sql/holiday-shifts';
import type { LiveDossiers } from '../../subgraphs/sources/sql/live/live-dossiers';
import { openLive } from '../../subgraphs/sources/sql/live/open-live-dossiers';
import { openSqliteDossiers } from '../../subgraphs/sources/sql/open-dossier-source';
import { openSqlDatabase } from '../../subgraphs/sources/sql/open-sql-database';
import { SqlDossierSource } from '../../subgraphs/sources/sql/sql-dossier-source';
import { layoutDatabase, layoutRows, type TableRow } from '../support/dossier-layouts';
import { randomDossiers } from '../support/random-dossiers';
import { insertRows } from '../support/server-layouts';
import { SERVER_START_MS } from '../support/servers/shared-server';
import { mariadbDatabase, postgresDatabase, type TestDatabase } from '../support/servers/test-databases';

const NOW = '2024-06-28T03:00:00Z';
const HOLIDAYS: readonly Holiday[] = [
  { date: '2024-04-30', kind: 'off' },
  { date: '2024-05-11', kind: 'work' },
];
const dossiers = randomDossiers(200, 5);
const plain = layoutAMapping({
  agencies: { '10': 'H23.X01', '11': 'H23.X02', '12': 'H23.X03', '13': 'H23.X04' },
});

/** The type of a column by how a mapping says that it keeps dates. */
const TYPES = {
  'local-text': { postgres: 'varchar(19)', mariadb: 'varchar(19)' },
  'local-compact': { postgres: 'char(14)', mariadb: 'char(14)' },
  'epoch-ms': { postgres: 'bigint', mariadb: 'bigint' },
  'epoch-s': { postgres: 'numeric(12)', mariadb: 'decimal(12)' },
  timestamp: { postgres: 'timestamp', mariadb: 'datetime' },
  timestamptz: { postgres: 'timestamptz', mariadb: 'timestamp NULL' },
  date: { postgres: 'date', mariadb: 'date' },
} as const satisfies Partial<Record<DateFormat, Record<TestDatabase['dialect'], string>>>;
const FORMATS = Object.keys(TYPES) as readonly (keyof typeof TYPES)[];

function withFormat(format: DateFormat): DossierMapping {
  const text = JSON.stringify(plain).replaceAll('"local-text"', JSON.stringify(format));
  return JSON.parse(text) as DossierMapping; // The same mapping with another word in it.
}

/** Tables that have just what the mapping names. */
async function createTables(database: TestDatabase, format: keyof typeof TYPES): Promise<void> {
  const quote = (name: string) => (database.dialect === 'postgres' ? `"${name}"` : `\`${name}\``);
  const date = TYPES[format][database.dialect];
  const create = (table: string, columns: Record<string, string>) =>
    `CREATE TABLE ${quote(table)} (${Object.entries(columns)
      .map(([name, type]) => `${quote(name)} ${type}`)
      .join(', ')})`;
  const dates = (...names: string[]) => Object.fromEntries(names.map((name) => [name, date]));
  const text = 'varchar(60)';
  await database.sql(
    [
      create('Business_HoSos', {
        ...{ MaHoSo: text, MaHoSoKhac: text, SoBienNhan: text, MaTTHC: text, MaLinhVuc: text },
        ...{ DonViId: 'numeric(9)', DonViXuLyId: 'integer', KenhThucHien: text, TrangThaiHoSoId: text },
        ...dates('NgayNopHoSo', 'NgayTiepNhan', 'NgayHenTra', 'NgayKetThucXuLy', 'NgayTra', 'NgayTuChoi'),
        ...{ IsDeleted: 'integer', DuLieuMau: 'integer' },
      }),
      create('Business_HoSoBoSungs', {
        MaHoSo: text,
        ...dates('NgayBoSung', 'NgayTiepNhanBoSung', 'NgayHenTraTruoc', 'NgayHenTraMoi'),
      }),
      create('Business_QuaTrinhXuLyHoSos', {
        ...{ MaHoSo: text, TrangThai: text, PhongBan: text },
        ...dates('ThoiGian', 'NgayHetHanBuocXuLy'),
      }),
      create('Catalog_LinhVucs', { MaLinhVuc: text, TenLinhVuc: text }),
    ].join(';'),
  );
}

describe.each([
  ['PostgreSQL', postgresDatabase],
  ['MariaDB', mariadbDatabase],
])('%s', (_, open) => {
  it.each(FORMATS)(
    'answers by dates kept as %s what SQLite answers by texts',
    async (format) => {
      await using database = await open();
      const mapping = withFormat(format);
      await createTables(database, format);
      await insertRows(database, await nativeRows(database, layoutRows('A', mapping, dossiers)));
      await using live = await liveOn(database, mapping);
      const calendar = createWorkingCalendar(HOLIDAYS);
      // Days alone are less than what a text tells, so they are compared with days.
      const same = format === 'date' ? withFormat('date') : plain;
      await using sqlite = openSqliteDossiers({ ...sqliteOf(same), mapping: same, calendar });
      for (const order of ['RECEIVED_DESC', 'DUE_ASC'] as const) {
        const query = { criteria: {}, order, after: null, limit: 999, now: NOW };
        expect(await live.page(query)).toEqual(await sqlite.source.page(query));
      }
      for (const clock of ['LOCAL', 'NATIONAL'] as const) {
        const query: PerformanceQuery = {
          ...{ criteria: {}, clock, from: '2024-04-01', to: '2024-06-15', now: NOW },
          ...{ splitBy: null, groupBy: 'month' },
        };
        const byKey = (a: { key: string | null }, b: { key: string | null }) =>
          `${a.key}`.localeCompare(`${b.key}`);
        expect((await live.performance(query)).toSorted(byKey)).toEqual(
          (await sqlite.source.performance(query)).toSorted(byKey),
        );
      }
    },
    SERVER_START_MS,
  );
});

/** MariaDB reads a moment by the clock of the session, and knows no offset in a text. */
async function nativeRows(database: TestDatabase, rows: readonly TableRow[]): Promise<readonly TableRow[]> {
  if (database.dialect === 'postgres') return rows;
  await database.sql(`SET time_zone = '+07:00'`);
  const local = (value: unknown) => (typeof value === 'string' ? value.replace(/\+07:00$/, '') : value);
  return rows.map(({ table, row }) => ({
    table,
    // Texts stay texts, and nothing else is touched.
    row: Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, local(value)]),
    ) as TableRow['row'],
  }));
}

async function liveOn(
  { dialect, host, port, user, password, database: name }: TestDatabase,
  mapping: DossierMapping,
): Promise<LiveDossiers> {
  const database = await openSqlDatabase(
    {
      ...{ dialect, host, port, user, database: name, password: { env: 'PASSWORD' }, tls: 'off', pool: 4 },
      ...{ connectTimeoutMs: 5_000, statementTimeoutMs: 10_000 },
    },
    { env: { PASSWORD: password }, baseFolder: '.' },
  );
  return openLive(database, mapping, { holidays: HOLIDAYS });
}

/** SQLite takes the rows of any format into its columns of texts. */
function sqliteOf(mapping: DossierMapping) {
  const { database } = layoutDatabase('A', []);
  database.exec('DELETE FROM Catalog_LinhVucs');
  for (const { table, row } of layoutRows('A', mapping, dossiers)) {
    const columns = Object.keys(row);
    const marks = columns.map(() => '?').join(', ');
    database
      .prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`)
      .run(...Object.values(row));
  }
  return { database };
}

describe('SQL Server', () => {
  it('is asked in its own words', async () => {
    const kysely = new Kysely<Record<never, never>>({
      dialect: {
        createAdapter: () => new MssqlAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (db) => new MssqlIntrospector(db),
        createQueryCompiler: () => new MssqlQueryCompiler(),
      },
    });
    const asked: string[] = [];
    const source = new SqlDossierSource(
      async (statement) => {
        asked.push(statement.compile(kysely).sql.replaceAll(/\s+/g, ' '));
        return [];
      },
      withFormat('timestamp'),
      {
        dialect: MSSQL_DIALECT,
        shifts: holidayShifts(HOLIDAYS),
        kindOf: (_table, column) => (column === 'MaHoSo' ? 'text' : null),
        procedureNames: new Map(),
      },
    );
    await source.page({ criteria: {}, order: 'DUE_ASC', after: null, limit: 20, now: NOW });
    await source.findByCodes(['x']);
    const period = { from: '2024-01-01', to: null, now: NOW };
    await source.performance({
      criteria: {},
      clock: 'NATIONAL',
      ...period,
      splitBy: 'agency',
      groupBy: 'month',
    });
    expect(asked[0]).toMatch(/ORDER BY "d"\."NgayHenTra" ASC OFFSET @\d+ ROWS FETCH NEXT @\d+ ROWS ONLY$/);
    expect(asked[1]).toContain('COLLATE Latin1_General_100_BIN2');
    expect(asked.at(-2)).toMatch(/\("d"\."MaHoSo" = @1 AND CONVERT\(nvarchar\(4000\), "d"\."MaHoSo"\)/);
    expect(asked.at(-1)).toContain("DATEDIFF(day, CAST('1970-01-01' AS date)");
    for (const text of asked) expect(text).not.toMatch(/\bLIMIT\b|\bTRUE\b|\bFALSE\b|\|\||::/);
  });

  it('says what to install when its drivers are not there', async () => {
    const connection = {
      ...({ dialect: 'mssql', host: 'x', database: 'x', user: 'x', tls: 'off', pool: 1 } as const),
      ...{ connectTimeoutMs: 1_000, statementTimeoutMs: 1_000 },
    };
    await expect(openSqlDatabase(connection, { env: {}, baseFolder: '.' })).rejects.toThrow(
      'npm install tedious tarn',
    );
  });
});
