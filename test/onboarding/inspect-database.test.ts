import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { runOnboard } from '../../subgraphs/onboarding/run-onboard';
import type { TableLayoutName } from '../../subgraphs/province/province-layout';
import { systemDossierMapping } from '../../subgraphs/province/system-layout';
import { writeDossiers, writeProcedures } from '../../subgraphs/province/write-system';
import type { DossierMapping } from '../../subgraphs/sources/dossiers/dossier-mapping';
import { parseSystemMapping, readSystemMapping } from '../../subgraphs/sources/mapping/read-system-mapping';
import { openSqliteDossiers } from '../../subgraphs/sources/sql/open-dossier-source';
import { recordedIo } from '../support/command-io';
import { createTestProvince } from '../support/test-province';

const { agencies, calendar, dossiers, procedures } = createTestProvince({ seed: 'inspect', count: 1_500 });

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'lienthong-inspect-'))));
afterAll(() => rmSync(folder, { recursive: true }));

let made = 0;
function database(fill: (database: DatabaseSync) => void): string {
  const file = join(folder, `system-${(made += 1)}.sqlite`);
  const opened = new DatabaseSync(file);
  fill(opened);
  opened.close();
  return file;
}

async function inspect(...args: readonly string[]) {
  const io = recordedIo({ cwd: folder });
  const code = await runOnboard(['inspect', ...args], io);
  return { code, out: io.out(), err: io.err() };
}

async function rowsBy(file: string, mapping: DossierMapping) {
  const opened = new DatabaseSync(file, { readOnly: true });
  await using source = openSqliteDossiers({ database: opened, mapping, calendar });
  return await source.source.findByCodes(dossiers.slice(0, 300).map(({ code }) => code));
}

describe('a database of a known layout', () => {
  it.each<TableLayoutName>(['A', 'B', 'D'])(
    '%s is recognised, and the mapping reads its rows as they are',
    async (layout) => {
      const file = database((opened) => writeDossiers({ database: opened, layout, agencies, dossiers }));
      const out = join(folder, `${layout}.yaml`);

      const { code, err } = await inspect(file, '--out', out);

      expect(code).toBe(0);
      expect(err).toContain(`Layout ${layout}: `);
      const mapping = readSystemMapping(out);
      if (mapping.kind !== 'sql' || mapping.dossiers === undefined) throw new Error('no dossiers');
      const receivers = mapping.agencies;
      const expected = await rowsBy(file, systemDossierMapping(layout, agencies, receivers));
      expect(expected.length).toBeGreaterThan(250);
      // What the layout calls an agency that handles nothing here is in no row.
      expect(await rowsBy(file, mapping.dossiers)).toEqual(expected);
    },
  );

  it.each<TableLayoutName>(['A', 'B', 'D'])('%s shows no name of an applicant', async (layout) => {
    const file = database((opened) => writeDossiers({ database: opened, layout, agencies, dossiers }));

    const { out, err } = await inspect(file, '--json');

    for (const { applicant, code } of dossiers) {
      expect(out).not.toContain(applicant);
      expect(out).not.toContain(code);
    }
    expect(err).not.toContain(dossiers[0]?.applicant);
  });

  it.each<TableLayoutName>(['A', 'B', 'D'])('%s: its catalogue is found, with its words', async (layout) => {
    const file = database((opened) => writeProcedures({ database: opened, layout, procedures }));

    const { code, out } = await inspect(file, '--agencies', 'H23.X04', '--system', 'so-tu-phap');

    expect(code).toBe(0);
    const mapping = parseSystemMapping('out', out);
    expect(mapping.agencies).toEqual(['H23.X04']);
    expect(mapping.procedures?.columns).toMatchObject(
      {
        A: { code: 'MaTTHC', name: 'TenTTHC', field: 'LinhVucChinh' },
        B: { code: 'MA', name: 'TEN', field: 'NHOMTHUTUCHANHCHINH' },
        D: { code: 'serviceCode', name: 'serviceName', field: 'domainName' },
      }[layout],
    );
    expect(Object.keys(mapping.procedures?.channelTimes ?? {})).toEqual(['DIRECT', 'ONLINE', 'POSTAL']);
    expect(Object.keys(mapping.procedures?.words.channels ?? {}).sort()).toEqual([
      'DIRECT',
      'ONLINE',
      'POSTAL',
    ]);
  });

  it('leaves out the agencies that were not asked for, and says so', async () => {
    const file = database((opened) => writeDossiers({ database: opened, layout: 'B', agencies, dossiers }));

    const { out } = await inspect(file, '--agencies', '000.00.X04.H23');

    const { dossiers: mapped } = parseSystemMapping('out', out);
    expect(mapped?.receivingAgency).toMatchObject({ values: { 'Sở Tư pháp Hải Dương': 'H23.X04' } });
    expect(out).toContain('"Sở Y tế Hải Dương"');
    expect(out).toContain('not among the agencies that were asked for');
  });
});

const STRANGER = `
  CREATE TABLE tbl_ho_so (
    id INTEGER PRIMARY KEY, so_ho_so TEXT, ma_tthc TEXT, ho_ten TEXT, so_cccd TEXT, sdt TEXT, dia_chi TEXT,
    don_vi TEXT, trang_thai TEXT, ngay_tiep_nhan TEXT, ngay_hen_tra TEXT, ngay_hoan_thanh TEXT, hinh_thuc_nop TEXT, da_xoa INTEGER
  );
  CREATE TABLE nguoi_dung (id INTEGER PRIMARY KEY, ten_dang_nhap TEXT, mat_khau TEXT);
  INSERT INTO nguoi_dung VALUES (1, 'tuan.nv', 'mat-khau-that');
`;

function strangerWith(rows: readonly (readonly string[])[]): string {
  return database((opened) => {
    opened.exec(STRANGER);
    const insert = opened.prepare(
      `INSERT INTO tbl_ho_so (so_ho_so, ma_tthc, ho_ten, so_cccd, sdt, dia_chi, don_vi, trang_thai, ngay_tiep_nhan, ngay_hen_tra, ngay_hoan_thanh, hinh_thuc_nop, da_xoa)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
    );
    for (const row of rows) insert.run(...row);
  });
}

const NAMES = ['Nguyễn Văn Tuấn', 'Trần Thị Bích', 'Lê Hoàng Nam'];
const SAMPLE_ROWS = Array.from({ length: 30 }, (_, i) => [
  `HS/2024/${i}`,
  '1.001193',
  NAMES[i % 3] ?? '',
  `03020401${String(1000 + i)}`,
  `09123456${10 + i}`,
  `Số ${i}, phố Quang Trung`,
  ['SO TU PHAP', 'UBND huyện Nam Sách'][i % 2] ?? '',
  ['Đang xử lý', 'Đã trả kết quả', 'Chờ lãnh đạo ký'][i % 3] ?? '',
  '05/06/2024 08:30:00',
  '20/06/2024',
  ['', '19/06/2024'][i % 2] ?? '',
  ['Trực tiếp', 'Trực tuyến'][i % 2] ?? '',
]);

describe('a database of a stranger', () => {
  it('is mapped by the names of its columns and by what stands in them', async () => {
    const { code, out, err } = await inspect(strangerWith(SAMPLE_ROWS));

    expect(code).toBe(0);
    expect(err).toContain('none of the known ones');
    const mapping = parseSystemMapping('out', out);
    expect(mapping.agencies).toEqual(['H23.X04', 'H23.X43']);
    expect(mapping).toMatchObject({ kind: 'sql', mode: 'copy' });
    expect(mapping.dossiers).toMatchObject({
      table: 'tbl_ho_so',
      code: 'so_ho_so',
      procedure: { column: 'ma_tthc' },
      receivingAgency: {
        column: 'don_vi',
        values: { 'SO TU PHAP': 'H23.X04', 'UBND huyện Nam Sách': 'H23.X43' },
      },
      channel: { column: 'hinh_thuc_nop', values: { 'Trực tiếp': 'DIRECT', 'Trực tuyến': 'ONLINE' } },
      dates: {
        received: { column: 'ngay_tiep_nhan', format: 'vietnamese' },
        due: { column: 'ngay_hen_tra', format: 'vietnamese' },
        finished: { column: 'ngay_hoan_thanh', format: 'vietnamese', nullAs: '' },
      },
      deleted: { column: 'da_xoa', type: 'number', values: [1] },
    });
    expect(mapping.dossiers?.status.values).toEqual([
      { when: ['Đang xử lý'], status: 4 },
      { when: ['Đã trả kết quả'], status: 10 },
    ]);
  });

  it('lists the status words that it does not know with counts and a guess, and guesses none into the mapping', async () => {
    const { out } = await inspect(strangerWith(SAMPLE_ROWS));

    expect(out).toMatch(/# unsure: these values have no status yet/);
    expect(out).toContain(`"Chờ lãnh đạo ký" (10 rows), perhaps: - { when: ["Chờ lãnh đạo ký"], status: 4 }`);
  });

  it('shows of people only the shape', async () => {
    const { out } = await inspect(strangerWith(SAMPLE_ROWS), '--json');

    expect(out).toContain('N••••• V•• T•••');
    expect(out).toContain('03••••••••29');
    for (const personal of [...SAMPLE_ROWS.flatMap((row) => row.slice(2, 6)), 'tuan.nv', 'mat-khau-that'])
      expect(out).not.toContain(personal);
  });

  it('masks a person that stands where a word of the office should', async () => {
    const strange = SAMPLE_ROWS.map((row, i) =>
      row.map((value, place) => (place === 7 && i > 27 ? 'Phạm Thị Cúc 0912345678' : value)),
    );

    const { out } = await inspect(strangerWith(strange));

    expect(out).not.toContain('Phạm Thị Cúc');
    expect(out).not.toContain('0912345678');
  });

  it('masks logins in a column of agencies, and remarks in a column of statuses', async () => {
    const strange = SAMPLE_ROWS.map((row, i) =>
      row.map((value, place) => {
        if (place === 6) return i % 2 === 0 ? 'tuan.nv' : 'Sở Tư pháp';
        return place === 7 ? `cô Cúc đến lần ${i}` : value;
      }),
    );

    const { out } = await inspect(strangerWith(strange), '--json');

    expect(out).toContain('Sở Tư pháp');
    expect(out).not.toContain('tuan.nv');
    expect(out).not.toContain('Cúc');
  });

  it('takes 1900-01-01 for no date', async () => {
    const file = database((opened) => {
      opened.exec(
        'CREATE TABLE ho_so (ma_ho_so TEXT, trang_thai INTEGER, ngay_tiep_nhan TEXT, hen_tra TEXT)',
      );
      opened.exec(
        "INSERT INTO ho_so VALUES ('a', 4, '2024-06-05 08:00:00', '1900-01-01 00:00:00'), ('b', 4, '2024-06-05 08:00:00', '2024-07-05 08:00:00')",
      );
    });

    const { out } = await inspect(file, '--agencies', 'H23.X04');

    expect(parseSystemMapping('out', out).dossiers).toMatchObject({
      receivingAgency: { constant: 'H23.X04' },
      dates: { due: { column: 'hen_tra', nullAs: '1900-01-01 00:00:00', earliest: '1900-01-02' } },
    });
  });

  it('says what it does not find', async () => {
    const file = database((opened) => opened.exec('CREATE TABLE cau_hinh (khoa TEXT, gia_tri TEXT)'));

    const { code, err, out } = await inspect(file);

    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain('The 1 tables of');
  });
});

describe('what cannot be looked at', () => {
  it('is a database without tables', async () => {
    const { code, err } = await inspect(database(() => undefined));

    expect(code).toBe(1);
    expect(err).toContain('There is no table in');
  });

  it('is a file that is no database', async () => {
    const file = join(folder, 'text.sqlite');
    writeFileSync(file, 'Đây không phải là cơ sở dữ liệu.'.repeat(100));

    const { code, err } = await inspect(file);

    expect(code).toBe(3);
    expect(err).toContain('cannot be read as a SQLite database');
  });

  it.each([
    [['oracle://u@h/d'], '"oracle:" is not known; there are postgres://'],
    [['missing.sqlite'], 'There is no file or folder "missing.sqlite"'],
    [['postgres://h/d'], 'The address of a database is postgres://user@host/database'],
    [[], 'URL is missing'],
    [['text.docx'], 'There is no file or folder'],
    [['sqlite:x.db', '--agencies', 'H23.X99'], '"H23.X99" is no code of the province'],
    [['sqlite:x.db', '--system', 'So Y te'], '--system: must be a short name'],
  ])('%j is wrong usage', async (args, message) => {
    const { code, err } = await inspect(...args);

    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('is a server where nothing listens; the password is not repeated', async () => {
    const { code, err, out } = await inspect('postgres://u:hush-hush@127.0.0.1:1/d', '--json');

    expect(code).toBe(3);
    expect(err).toContain('Nothing listens at postgres://u@127.0.0.1:1/d');
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'SOURCE_UNREACHABLE' } });
    expect(err + out).not.toContain('hush-hush');
  });

  it('is overwriting a mapping that somebody may have worked on', async () => {
    const file = strangerWith(SAMPLE_ROWS);
    const out = join(folder, 'mine.yaml');
    writeFileSync(out, 'mine');

    const { code, err } = await inspect(file, '--out', out);

    expect(code).toBe(2);
    expect(err).toContain('is there already');
    expect(readFileSync(out, 'utf8')).toBe('mine');
  });
});
