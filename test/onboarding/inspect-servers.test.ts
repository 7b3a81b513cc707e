import { runOnboard } from '../../subgraphs/onboarding/run-onboard';
import { parseSystemMapping } from '../../subgraphs/sources/mapping/read-system-mapping';
import { recordedIo } from '../support/command-io';
import { SERVER_START_MS } from '../support/servers/shared-server';
import { mariadbDatabase, postgresDatabase, type TestDatabase } from '../support/servers/test-databases';

async function inspect(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const io = recordedIo({ env });
  const code = await runOnboard(['inspect', ...args], io);
  return { code, out: io.out(), err: io.err() };
}

function address({ dialect, user, password, host, port, database }: TestDatabase): string {
  return `${dialect}://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
}

/** Layout A as its PostgreSQL twin: schemas, timestamps of the database's own type, a table that names the agencies. */
const LAYOUT_A = `
  CREATE SCHEMA "Business"; CREATE SCHEMA "Catalog";
  CREATE TABLE "Business"."HoSos" (
    "Id" bigserial PRIMARY KEY, "MaHoSo" varchar(50) NOT NULL UNIQUE, "MaHoSoKhac" text, "MaTTHC" text, "MaLinhVuc" text, "DonViId" int,
    "DonViXuLyId" int, "KenhThucHien" text, "ChuHoSo" text, "SoGiayToChuHoSo" text, "NgayNopHoSo" timestamp, "NgayTiepNhan" timestamp,
    "NgayHenTra" timestamp, "NgayKetThucXuLy" timestamp, "NgayTra" timestamptz, "NgayTuChoi" date, "TrangThaiHoSoId" int,
    "TepDinhKem" bytea, "IsDeleted" int NOT NULL DEFAULT 0);
  CREATE TABLE "Business"."HoSoBoSungs" ("MaHoSo" text, "NgayBoSung" timestamp, "NgayTiepNhanBoSung" timestamp,
    "NgayHenTraTruoc" timestamp, "NgayHenTraMoi" timestamp);
  CREATE TABLE "Catalog"."LinhVucs" ("MaLinhVuc" text PRIMARY KEY, "TenLinhVuc" text);
  CREATE TABLE "Groups" ("Id" int PRIMARY KEY, "MaDinhDanh" text, "TenDonVi" text);
  INSERT INTO "Groups" VALUES (14, '000.00.X04.H23', 'Sở Tư pháp'), (17, NULL, 'SỞ Y TẾ');
  INSERT INTO "Catalog"."LinhVucs" VALUES ('LV1', 'Hộ tịch');
  INSERT INTO "Business"."HoSos" ("MaHoSo", "MaTTHC", "MaLinhVuc", "DonViId", "DonViXuLyId", "KenhThucHien", "ChuHoSo", "SoGiayToChuHoSo",
    "NgayNopHoSo", "NgayTiepNhan", "NgayHenTra", "TrangThaiHoSoId")
  SELECT 'HS-' || n, '1.001193', 'LV1', 14 + 3 * (n % 2), 14, '1', 'Nguyễn Văn Tuấn', '0302040' || (10000 + n),
    '2024-06-05 08:00', '2024-06-05 09:00', '2024-06-12 09:00', 4 FROM generate_series(1, 40) n;
  INSERT INTO "Business"."HoSoBoSungs" VALUES ('HS-1', '2024-06-06 08:00', NULL, NULL, NULL);
  CREATE VIEW bao_cao_ho_so AS SELECT 1 / (n - n) AS ma_ho_so FROM generate_series(1, 3) n`;

/** Layout B: ids of type double, 1753 for no date, words for statuses, names for agencies and procedures. */
const LAYOUT_B = `
  CREATE TABLE cmon_hosotthccong (ID DOUBLE PRIMARY KEY, MASOHOSO VARCHAR(50), MASOBIENNHAN VARCHAR(50), TENTHUTUCHANHCHINH VARCHAR(500),
    HOTENNGUOINOPHOSO VARCHAR(200), HINHTHUCNOP VARCHAR(50), NGAYNOPHOSO DATETIME, NGAYNHANHOSO DATETIME, NGAYHENTRAKETQUA DATETIME,
    NGAYXULYXONG DATETIME, NGAYTRAKETQUA DATETIME, TRANGTHAIHOSO VARCHAR(100), TENCOQUANTIEPNHAN VARCHAR(200), DAXOA INT DEFAULT 0);
  CREATE TABLE cmon_thutuchanhchinh (MA VARCHAR(20), TEN VARCHAR(500), LEPHI VARCHAR(20), DONVILEPHI VARCHAR(20));
  INSERT INTO cmon_thutuchanhchinh VALUES ('1.001193', 'Đăng ký khai sinh', '50.000', 'đồng');
  INSERT INTO cmon_hosotthccong VALUES
    (1, 'A1', NULL, 'Đăng ký khai sinh', 'Nguyễn Văn Tuấn', 'Trực tiếp', '2024-06-05 08:00:00', '2024-06-05 09:00:00', '2024-06-12 09:00:00',
      '1753-01-01 00:00:00', '1753-01-01 00:00:00', 'Đang xử lý', 'Sở Tư pháp', 0),
    (2, 'A2', NULL, 'Đăng ký khai sinh', 'Trần Thị Bích', 'Trực tuyến', '2024-06-05 08:00:00', '2024-06-05 09:00:00', '2024-06-12 09:00:00',
      '2024-06-10 09:00:00', '2024-06-10 09:00:00', 'Đã trả kết quả', 'Sở Tư pháp', 0)`;

describe('inspect on PostgreSQL', () => {
  it(
    'finds layout A in its schemas, the agencies by their table, and keeps the password out',
    async () => {
      await using db = await postgresDatabase();
      await db.sql(LAYOUT_A);

      const { code, out, err } = await inspect([address(db), '--system', 'so-tu-phap']);

      expect(code).toBe(0);
      expect(err).toContain('Layout A: ');
      expect(out + err).not.toContain(db.password);
      expect(out).not.toContain('Nguyễn Văn Tuấn');
      expect(out).toContain(
        'bao_cao_ho_so was not looked into: The database refused a query: division by zero',
      );
      expect(out).toContain('LIENTHONG_SO_TU_PHAP_PASSWORD');
      expect(parseSystemMapping('out', out)).toMatchObject({
        kind: 'sql',
        mode: 'live',
        agencies: ['H23.X04', 'H23.X17'],
        connection: {
          dialect: 'postgres',
          port: db.port,
          password: { env: 'LIENTHONG_SO_TU_PHAP_PASSWORD' },
        },
        dossiers: {
          table: 'Business.HoSos',
          field: {
            column: 'MaLinhVuc',
            through: [{ table: 'Catalog.LinhVucs', match: 'MaLinhVuc', value: 'TenLinhVuc' }],
          },
          receivingAgency: {
            column: 'DonViId',
            type: 'number',
            values: { '14': 'H23.X04', '17': 'H23.X17' },
          },
          dates: {
            received: { column: 'NgayTiepNhan', format: 'timestamp' },
            returned: { column: 'NgayTra', format: 'timestamptz' },
            refused: { column: 'NgayTuChoi', format: 'date' },
          },
          supplements: { table: 'Business.HoSoBoSungs', dossier: 'MaHoSo', refersTo: 'MaHoSo' },
        },
      });
    },
    SERVER_START_MS,
  );

  it(
    'reads the password from the environment, and says that a wrong one, a wrong user or a wrong database is wrong',
    async () => {
      await using db = await postgresDatabase();
      const without = address(db).replace(/:[^:@]*@/, '@');
      const name = ['--system', 'x', '--json'];

      const good = await inspect([without, ...name], { LIENTHONG_X_PASSWORD: db.password });
      const wrong = await inspect([without, ...name], { LIENTHONG_X_PASSWORD: 'sai-mat-khau' });
      const noDatabase = await inspect([`${address(db)}_khac`, ...name]);

      expect(good).toMatchObject({
        code: 1,
        err: expect.stringContaining('There is no table in PostgreSQL') as string,
      });
      expect(wrong).toMatchObject({
        code: 3,
        err: expect.stringContaining('does not let the user') as string,
      });
      expect(wrong.err + wrong.out).not.toContain('sai-mat-khau');
      expect(noDatabase).toMatchObject({
        code: 3,
        err: expect.stringContaining('The server has no database') as string,
      });
    },
    SERVER_START_MS,
  );
});

describe('inspect on MariaDB', () => {
  it(
    'finds layout B: 1753 for no date, words for statuses, procedures through the catalogue',
    async () => {
      await using db = await mariadbDatabase();
      await db.sql(LAYOUT_B);

      const { code, out, err } = await inspect([address(db)]);

      expect(code).toBe(0);
      expect(err).toContain('Layout B: ');
      expect(out + err).not.toContain(db.password);
      for (const name of ['Nguyễn Văn Tuấn', 'Trần Thị Bích']) expect(out).not.toContain(name);
      expect(parseSystemMapping('out', out)).toMatchObject({
        kind: 'sql',
        agencies: ['H23.X04'],
        connection: { dialect: 'mariadb' },
        dossiers: {
          table: 'cmon_hosotthccong',
          procedure: {
            column: 'TENTHUTUCHANHCHINH',
            through: [{ table: 'cmon_thutuchanhchinh', match: 'TEN', value: 'MA' }],
          },
          receivingAgency: { values: { 'Sở Tư pháp': 'H23.X04' } },
          dates: { finished: { column: 'NGAYXULYXONG', format: 'timestamp', nullAs: '1753-01-01 00:00:00' } },
          deleted: { column: 'DAXOA', type: 'number', values: [1] },
        },
        procedures: {
          table: 'cmon_thutuchanhchinh',
          money: { kind: 'text', min: 'LEPHI', unit: 'DONVILEPHI' },
        },
      });
    },
    SERVER_START_MS,
  );

  it(
    'says that a wrong password is wrong',
    async () => {
      await using db = await mariadbDatabase();

      const wrong = await inspect([address({ ...db, password: 'sai-mat-khau' })]);

      expect(wrong).toMatchObject({
        code: 3,
        err: expect.stringContaining('does not let the user') as string,
      });
      expect(wrong.err).not.toContain('sai-mat-khau');
    },
    SERVER_START_MS,
  );
});
