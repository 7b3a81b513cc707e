import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';
import { createSheetReader } from '../../subgraphs/sources/sheet/sheet-reader';
import { plainDossiers, SheetPasses, temporaryFolder } from '../support/sheet-folder';

const HEADER = 'Mã hồ sơ,Ngày tiếp nhận,Trạng thái\n';

async function taken(bytes: string | Uint8Array, from = '{ files: "*.csv" }') {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'hoso.csv'), bytes);
  const reader = createSheetReader(plainDossiers(from), { baseFolder: folder.path, clock: Date.now });
  const { records, problems, failure } = await new SheetPasses(reader).take('full');
  return {
    rows: records.map(({ record }) => Object.values(record)),
    places: records.map(({ place }) => place),
    problems,
    failure,
  };
}

describe('a CSV', () => {
  it.each([
    ['a comma', HEADER + 'H23-1,03/06/2024,"Đang chờ, xử lý"\n'],
    ['a semicolon', 'Mã hồ sơ;Ngày tiếp nhận;Trạng thái\r\nH23-1;03/06/2024;Đang chờ, xử lý\r\n'],
    ['a tab', 'Mã hồ sơ\tNgày tiếp nhận\tTrạng thái\nH23-1\t03/06/2024\tĐang chờ, xử lý'],
    [
      'a bar',
      'Sở Tư pháp, tỉnh Hải Dương, năm 2024\nMã hồ sơ|Ngày tiếp nhận|Trạng thái\nH23-1|03/06/2024|Đang chờ, xử lý\n',
    ],
  ])('may part its fields by %s', async (_, text) => {
    expect((await taken(text)).rows).toEqual([['03/06/2024', 'H23-1', 'Đang chờ, xử lý']]);
  });

  it.each([
    ['UTF-8', Buffer.from(HEADER + 'H23-1,03/06/2024,Đã xử lý\n')],
    ['UTF-8 with a mark', Buffer.from('\ufeff' + HEADER + 'H23-1,03/06/2024,Đã xử lý\n')],
    ['UTF-8 in NFD', Buffer.from((HEADER + 'H23-1,03/06/2024,Đã xử lý\n').normalize('NFD'))],
    ['UTF-16LE with a mark', Buffer.from('\ufeff' + HEADER + 'H23-1,03/06/2024,Đã xử lý\n', 'utf16le')],
    ['UTF-16LE without', Buffer.from(HEADER + 'H23-1,03/06/2024,Đã xử lý\n', 'utf16le')],
  ])('may be of %s', async (_, bytes) => {
    expect((await taken(bytes)).rows).toEqual([['03/06/2024', 'H23-1', 'Đã xử lý']]);
  });

  it('may be of Windows-1258, whose tones stand apart from their vowels', async () => {
    using folder = temporaryFolder();
    copyFileSync(
      join(projectRoot(), 'test', 'fixtures', 'hoso-windows-1258.csv'),
      join(folder.path, 'hoso.csv'),
    );
    const reader = createSheetReader(plainDossiers('{ files: "*.csv" }'), {
      baseFolder: folder.path,
      clock: Date.now,
    });

    const { records, failure } = await new SheetPasses(reader).take();

    expect(failure).toBeUndefined();
    expect(records.map(({ record }) => record['Trạng thái'])).toEqual([
      'Đang xử lý ở đường Lê Lợi',
      'Đã trả kết quả, Kim Thành',
    ]);
  });

  it('is refused in letters that cannot be told: TCVN3, damaged UTF-8, no text at all', async () => {
    // "Sở Tư pháp" and more in the letters of the font .VnTime.
    const tcvn3 = Buffer.from(
      'M\xb7 h\xe5 s\xac,Ng\xb5y ti\xd5p nh\xcbn,Tr\xb9ng th\xb8i\nH23-1,03/06/2024,S\xeb T\xad ph\xb8p x\xb8c nh\xcbn\n',
      'latin1',
    );
    const damaged = Buffer.from(HEADER + 'H23-1,03/06/2024,Đã xử lý\nH23-2,03/06/2024,Đã xong\n');
    damaged[damaged.lastIndexOf(0xc3)] = 0x20;

    const failures = await Promise.all(
      [tcvn3, damaged, Buffer.from([1, 0, 0, 0, 7, 0])].map((bytes) => taken(bytes)),
    );

    expect(failures.map(({ failure }) => failure?.code)).toEqual(Array(3).fill('SOURCE_BAD_FILE'));
    expect(failures[0]?.failure?.message).toContain('TCVN3');
    expect(failures[1]?.failure?.message).toContain('is UTF-8 but for line 3');
    expect(failures[2]?.failure?.message).toContain('is no text');
  });

  it('reports a line with too many or too few fields, and takes the rest', async () => {
    const { rows, places, problems } = await taken(
      HEADER +
        'H23-1,03/06/2024,"Xong\nhẳn"\n\nH23-2,03/06/2024,Xong,sớm\nH23-3,03/06/2024\nSở "A",03/06/2024,Xong,,\nTổng cộng,3\n',
    );

    expect(rows.map(([, code]) => code)).toEqual(['H23-1', 'Sở "A"']);
    expect(places).toEqual(['hoso.csv, line 2', 'hoso.csv, line 7']);
    expect(problems).toEqual([
      {
        code: 'ROW_UNREADABLE',
        place: 'hoso.csv, line 5',
        column: null,
        value: '4 fields, and the header has 3',
      },
      {
        code: 'ROW_UNREADABLE',
        place: 'hoso.csv, line 6',
        column: null,
        value: '2 fields, and the header has 3',
      },
    ]);
  });

  it('reads two lines of headers and groups, as a sheet that was saved as CSV has them', async () => {
    const reader = plainDossiers(
      '{ files: "*.csv", headerRows: 2, groupColumn: Nhóm }',
      'updatedAt: { column: Ngày > Sửa, format: vietnamese }',
    );
    using folder = temporaryFolder();
    writeFileSync(
      join(folder.path, 'hoso.csv'),
      'STT,Mã hồ sơ,Ngày tiếp nhận,Ngày,,Trạng thái\n,,,Nộp,Sửa,\nI. Đất đai\n1,H23-1,03/06/2024,01/06/2024,02/06/2024,Xong\n',
    );

    const { records } = await new SheetPasses(
      createSheetReader(reader, { baseFolder: folder.path, clock: Date.now }),
    ).take();

    expect(records.map(({ record }) => record)).toEqual([
      {
        'Mã hồ sơ': 'H23-1',
        'Ngày tiếp nhận': '03/06/2024',
        'Ngày > Sửa': '02/06/2024',
        'Trạng thái': 'Xong',
        Nhóm: 'Đất đai',
      },
    ]);
  });

  it('names the line of a quote that is never closed', async () => {
    const { failure, rows } = await taken(
      HEADER + 'H23-1,03/06/2024,Xong\nH23-2,03/06/2024,"Xong\nH23-3,03/06/2024,Xong\n',
    );

    expect(rows).toEqual([]);
    expect(failure?.message).toContain('opens a quote in the record of line 3 that is never closed');
  });

  it('keeps codes as they are written', async () => {
    const { rows } = await taken(HEADER + '1.001190,03/06/2024,007\n');

    expect(rows).toEqual([['03/06/2024', '1.001190', '007']]);
  });

  it('is read as it is asked for, in events of 1,000 rows at most', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'hoso.csv');
    writeFileSync(
      path,
      HEADER + Array.from({ length: 50_000 }, (_, n) => `H23-${n},03/06/2024,Xong\n`).join(''),
    );
    const reader = createSheetReader(plainDossiers('{ files: "*.csv" }'), {
      baseFolder: folder.path,
      clock: Date.now,
    });
    let rows = 0;
    const signal = new AbortController().signal;

    for await (const event of reader.read({
      collection: 'dossiers',
      pass: 'full',
      marks: new Map(),
      kept: new Map(),
      signal,
    })) {
      if (event.kind !== 'rows') continue;
      expect(event.records.length).toBeLessThanOrEqual(1_000);
      expect(event.mark).toBeNull();
      rows += event.records.length;
    }

    expect(rows).toBe(50_000);
  });
});
