import { join } from 'node:path';
import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import { createSheetReader } from '../../subgraphs/sources/sheet/sheet-reader';
import {
  plainDossiers,
  SheetPasses,
  sheetMapping,
  sheetMappingFixture,
  temporaryFolder,
} from '../support/sheet-folder';
import { sampleDossier } from '../support/dossier-layouts';
import { readRegisteredProcedures } from '../support/registered-procedures';
import { writeLayoutFFolder } from '../support/layout-f-folder';

const HEADER = ['Mã hồ sơ', 'Ngày tiếp nhận', 'Trạng thái'];

/** The records and problems of one workbook. */
async function taken(data: SheetData, mapping = plainDossiers('{ files: "*.xlsx" }')) {
  using folder = temporaryFolder();
  await writeExcelFile(data, { sheet: 'T6' }).toFile(join(folder.path, 'hoso.xlsx'));
  await using reader = createSheetReader(mapping, { baseFolder: folder.path, clock: Date.now });
  const { records, problems, failure } = await new SheetPasses(reader).take('full');
  return {
    rows: records.map(({ record }) => record),
    places: records.map(({ place }) => place),
    problems,
    failure,
  };
}

describe('a workbook of layout F', () => {
  it('gives the rows of merged headers by "Upper > Lower", with the group as a column', async () => {
    using folder = temporaryFolder();
    await writeLayoutFFolder(folder.path, {
      dossiers: [
        sampleDossier({ code: 'H23.X01-240603-0001', procedure: '1.000001', channel: 'ONLINE' }),
        sampleDossier({
          code: 'H23.X01-240603-0002',
          procedure: '2.000815',
          finishedAt: '2024-06-19T03:30:05.000Z',
        }),
        sampleDossier({ code: 'H23.X01-240603-0003', procedure: null, field: null }),
      ],
    });
    await using reader = createSheetReader(sheetMappingFixture('layout-f-dossiers'), {
      baseFolder: folder.path,
      clock: Date.now,
    });

    const { records, problems, failure } = await new SheetPasses(reader).take('full');

    expect(failure).toBeUndefined();
    expect(problems).toEqual([]);
    expect(records.map(({ record, place }) => [place, record['Mã hồ sơ'], record['Lĩnh vực']])).toEqual([
      ['hoso-2024.xlsx, sheet "T6-2024", row 5', 'H23.X01-240603-0003', null],
      ['hoso-2024.xlsx, sheet "T6-2024", row 7', 'H23.X01-240603-0001', 'Hộ tịch'],
      ['hoso-2024.xlsx, sheet "T6-2024", row 9', 'H23.X01-240603-0002', 'Đất đai'],
    ]);
    expect(records[2]?.record).toEqual({
      'Mã hồ sơ': 'H23.X01-240603-0002',
      'Số biên nhận': null,
      'Mã TTHC': '2.000815',
      'Lĩnh vực': 'Đất đai',
      'Cơ quan > Tiếp nhận': 'Sở H23.X01',
      'Cơ quan > Giải quyết': null,
      'Trạng thái': 'Đang xử lý',
      'Hình thức nộp': 'Trực tiếp',
      'Ngày > Nộp': null,
      'Ngày > Tiếp nhận': '03/06/2024 08:00:00',
      'Ngày > Hẹn trả': '20/06/2024 17:00:00',
      'Ngày > Xử lý xong': '19/06/2024 10:30:05',
      'Ngày > Trả kết quả': null,
      'Ngày > Từ chối': null,
      'Giả định': 'x',
    });
  });

  it('carries a whole catalogue, code by code', async () => {
    using folder = temporaryFolder();
    const catalogue = readRegisteredProcedures()
      .slice(0, 200)
      .map((record) => ({ ...record, competences: record.competences.slice(0, 1) }));
    await writeLayoutFFolder(folder.path, { catalogue });
    await using reader = createSheetReader(sheetMappingFixture('layout-f-catalogue'), {
      baseFolder: folder.path,
      clock: Date.now,
    });

    const { records, problems, failure } = await new SheetPasses(reader, 'procedures').take('full');

    expect(failure).toBeUndefined();
    expect(problems).toEqual([]);
    expect(
      records.map(({ record }) => [record['Mã TTHC'], record['Tên TTHC'], record['Thời hạn > Số']]),
    ).toEqual(catalogue.map(({ code, name, time }) => [code, name, time?.value ?? null]));
  });

  it('skips titles, empty rows, numbers of columns, repeated headers, totals and notes below', async () => {
    const { rows, problems } = await taken([
      [{ value: 'SỞ TƯ PHÁP', columnSpan: 3 }],
      [],
      ['STT', ...HEADER],
      ['(1)', '(2)', '(3)', '(4)'],
      [1, 'H23-1', '03/06/2024', 'Xong'],
      [],
      ['STT', 'MÃ HỒ SƠ', 'Ngày  tiếp nhận', 'Trạng thái'],
      [2, 'H23-2', '04/06/2024', 'Xong'],
      ['Tổng cộng', null, null, '2'],
      [null, 'Người lập biểu', null, null],
      ['Ghi chú: số liệu đến 30/6'],
    ]);

    expect(problems).toEqual([]);
    expect(rows.map((row) => row['Mã hồ sơ'])).toEqual(['H23-1', 'H23-2']);
  });

  it('keeps a thin row that stands between full ones: it is bad data, not a note', async () => {
    const { rows } = await taken([
      HEADER,
      ['H23-1', '03/06/2024', 'Xong'],
      [null, null, 'Đang chờ'],
      ['H23-3', '03/06/2024', 'Xong'],
    ]);

    expect(rows.map((row) => row['Mã hồ sơ'])).toEqual(['H23-1', null, 'H23-3']);
  });

  it('gives a cell merged over rows to each of them, unless the mapping says no', async () => {
    const data: SheetData = [
      HEADER,
      ['H23-1', { value: '03/06/2024', rowSpan: 2 }, 'Xong'],
      ['H23-2', null, 'Xong'],
    ];

    const filled = await taken(data);
    const bare = await taken(data, plainDossiers('{ files: "*.xlsx", fillMerged: false }'));

    expect(filled.rows.map((row) => row['Ngày tiếp nhận'])).toEqual(['03/06/2024', '03/06/2024']);
    expect(bare.rows.map((row) => row['Ngày tiếp nhận'])).toEqual(['03/06/2024', null]);
  });

  it('reads groups in their usual forms', async () => {
    const { rows } = await taken(
      [
        ['STT', ...HEADER],
        [{ value: 'Hồ sơ của sở', columnSpan: 4 }],
        [1, 'H23-1', '03/06/2024', 'Xong'],
        ['I', { value: 'Lĩnh vực đất đai', columnSpan: 3 }],
        [1, 'H23-2', '03/06/2024', 'Xong'],
        ['II. Lĩnh vực\nhộ tịch'],
        [1, 'H23-3', '03/06/2024', 'Xong'],
        ['XIV', 'XIV-2024-7', '03/06/2024', 'Xong'],
      ],
      plainDossiers('{ files: "*.xlsx", groupColumn: Lĩnh vực }', 'field: { column: Lĩnh vực }'),
    );

    expect(rows.map((row) => [row['Mã hồ sơ'], row['Lĩnh vực']])).toEqual([
      ['H23-1', 'Hồ sơ của sở'],
      ['H23-2', 'Lĩnh vực đất đai'],
      ['H23-3', 'Lĩnh vực hộ tịch'],
      ['XIV-2024-7', 'Lĩnh vực hộ tịch'],
    ]);
  });

  it('tells a code apart from the number it was typed as', async () => {
    const { rows, problems } = await taken([
      HEADER,
      ['1.001190', '03/06/2024', 'Xong'],
      [1.001193, '03/06/2024', 'Xong'],
      [20240017, '03/06/2024', 'Xong'],
      [{ value: 1.00119, format: '0.000000' }, '03/06/2024', 'Xong'],
      [1.00119, '03/06/2024', 'Xong'],
    ]);

    expect(rows.map((row) => row['Mã hồ sơ'])).toEqual([
      '1.001190',
      '1.001193',
      '20240017',
      '1.001190',
      null,
    ]);
    expect(problems).toEqual([
      { code: 'ROW_BAD_NUMBER', place: 'hoso.xlsx, sheet "T6", row 6', column: 'Mã hồ sơ', value: '1.00119' },
    ]);
  });

  it.each([
    ['vietnamese', '03/06/2024 08:30:00'],
    ['local-text', '2024-06-03 08:30:00'],
    ['local-compact', '20240603083000'],
    ['iso', '2024-06-03T08:30:00+07:00'],
    ['epoch-ms', Date.parse('2024-06-03T08:30:00+07:00')],
  ])('gives a date of Excel in the form %s that the mapping expects', async (format, expected) => {
    const mapping = plainDossiers('{ files: "*.xlsx" }', `updatedAt: { column: Sửa, format: ${format} }`);
    const morning = new Date(Date.UTC(2024, 5, 3, 8, 30));

    const { rows } = await taken(
      [
        [...HEADER, 'Sửa'],
        ['H23-1', '03/06/2024', 'Xong', { value: morning, format: 'hh:mm dd/mm/yyyy' }],
        ['H23-2', '03/06/2024', 'Xong', 45446.354166666664],
      ],
      mapping,
    );

    expect(rows.map((row) => row['Sửa'])).toEqual([expected, expected]);
  });

  it('names the missing column and the nearest header', async () => {
    const { failure } = await taken([['Mã hồ sơ', 'Ngày tiếp nhận hồ sơ', 'Trạng thái']]);

    expect(failure).toMatchObject({ code: 'SOURCE_NO_COLUMN', place: 'hoso.xlsx, sheet "T6", row 1' });
    expect(failure?.message).toContain('no column "Ngày tiếp nhận" (the nearest is "Ngày tiếp nhận hồ sơ")');
  });

  it('tells two columns of one name apart, and headers by their words only', async () => {
    const mapping = sheetMapping(`
version: 1
kind: sheet
system: so-thu
name: Sở thử
agencies: [H23.X01]
connection: { folder: ., settle: 0s }
dossiers:
  from: { files: "*.xlsx" }
  code: mã hồ sơ
  receivingAgency: { constant: H23.X01 }
  status: { columns: [TRANG THAI (2)], values: [{ when: [Xong], status: 9 }] }
  dates: { received: { column: Ngày tiếp nhận, format: vietnamese } }
  computed: { ghi: 'row["Ghi chú"] + row.Loai' }
`);

    const { rows, failure } = await taken(
      [
        ['MÃ HỒ SƠ', 'Trạng thái', 'Trạng  thái', 'Ngày\ntiếp nhận', 'Ghi chú', 'Loại', 'Họ tên'],
        ['H23-1', 'A', 'B', '03/06/2024', 'g', 'l', 'Nguyễn Văn A'],
      ],
      mapping,
    );

    expect(failure).toBeUndefined();
    expect(rows).toEqual([
      {
        'mã hồ sơ': 'H23-1',
        'TRANG THAI (2)': 'B',
        'Ngày tiếp nhận': '03/06/2024',
        'Ghi chú': 'g',
        Loai: 'l',
      },
    ]);
  });

  it('takes the header from the row that the mapping names', async () => {
    const { rows } = await taken(
      [HEADER, ['mẫu', '01/01/2024', 'Xong'], HEADER, ['H23-1', '03/06/2024', 'Xong']],
      plainDossiers('{ files: "*.xlsx", headerRow: 3 }'),
    );

    expect(rows.map((row) => row['Mã hồ sơ'])).toEqual(['H23-1']);
  });
});
