import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import writeXlsxFile from 'write-excel-file/node';
import { runOnboard } from '../../subgraphs/onboarding/run-onboard';
import { parseSystemMapping } from '../../subgraphs/sources/mapping/read-system-mapping';
import { recordedIo } from '../support/command-io';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'lienthong-inspect-'))));
afterAll(() => rmSync(folder, { recursive: true }));

async function inspect(...args: readonly string[]) {
  const io = recordedIo({ cwd: folder });
  const code = await runOnboard(['inspect', ...args], io);
  return { code, out: io.out(), err: io.err() };
}

const day = (text: string) => ({ value: new Date(`${text}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy' });
const words = (...texts: readonly (string | null)[]) =>
  texts.map((value) => (value === null ? null : { value }));

describe('workbooks in a folder', () => {
  it('are one table: two lines of header, groups between the rows, dates of Excel, names for codes', async () => {
    mkdirSync(join(folder, 'so'));
    for (const month of ['05', '06']) {
      await writeXlsxFile(
        [
          [{ value: 'SỔ THEO DÕI HỒ SƠ' }],
          [
            { value: 'STT', rowSpan: 2 },
            { value: 'Số hồ sơ', rowSpan: 2 },
            { value: 'Tên thủ tục', rowSpan: 2 },
            { value: 'Họ tên người nộp', rowSpan: 2 },
            { value: 'Tình trạng', rowSpan: 2 },
            { value: 'Thời hạn', columnSpan: 3 },
          ],
          [
            null,
            null,
            null,
            null,
            null,
            { value: 'Ngày nhận' },
            { value: 'Ngày hẹn trả' },
            { value: 'Ngày hoàn thành' },
          ],
          words('I. Hộ tịch'),
          [
            ...words('1', `NS-${month}-1`, 'Đăng ký khai sinh', 'Nguyễn Văn Tuấn', 'Đang giải quyết'),
            day(`2024-${month}-03`),
            day(`2024-${month}-10`),
            null,
          ],
          words('II. Đất đai'),
          [
            ...words('2', `NS-${month}-2`, 'Cấp giấy chứng nhận', 'Trần Thị Bích', 'Đã trả'),
            day(`2024-${month}-04`),
            day(`2024-${month}-20`),
            day(`2024-${month}-18`),
          ],
        ],
        { sheet: `T${Number(month)}` },
      ).toFile(join(folder, 'so', `so-2024-${month}.xlsx`));
    }

    const { code, out } = await inspect('so', '--agencies', 'H23.X43', '--system', 'nam-sach');

    expect(code).toBe(0);
    expect(parseSystemMapping('out', out)).toMatchObject({
      kind: 'sheet',
      connection: { folder: 'so' },
      dossiers: {
        from: {
          files: 'so-2024-*.xlsx',
          sheets: 'T*',
          headerRow: 3,
          headerRows: 2,
          groupColumn: 'Lĩnh vực (nhóm)',
        },
        code: 'Số hồ sơ',
        procedure: { column: 'Tên thủ tục', byName: { minScore: 0.9 } },
        field: { column: 'Lĩnh vực (nhóm)' },
        status: { columns: ['Tình trạng'], values: [{ when: ['Đang giải quyết'], status: 4 }] },
        dates: {
          received: { column: 'Thời hạn > Ngày nhận', format: 'vietnamese' },
          due: { column: 'Thời hạn > Ngày hẹn trả', format: 'vietnamese' },
          finished: { column: 'Thời hạn > Ngày hoàn thành', format: 'vietnamese' },
        },
      },
    });
    expect(out).toContain('"Đã trả" (2 rows), perhaps: - { when: ["Đã trả"], status: 10 }');
    for (const name of ['Nguyễn Văn Tuấn', 'Trần Thị Bích']) expect(out).not.toContain(name);
  });

  it('without a file is no source', async () => {
    mkdirSync(join(folder, 'empty'));

    const { code, err } = await inspect('empty');

    expect(code).toBe(3);
    expect(err).toContain('There is no XLSX or CSV file in');
  });

  it('that are damaged are told by name', async () => {
    writeFileSync(join(folder, 'cut.xlsx'), 'PK\u0003\u0004 and no more');

    const { code, err } = await inspect('cut.xlsx');

    expect(code).toBe(3);
    expect(err).toContain('The file "cut.xlsx" cannot be read as a workbook');
  });
});

describe('a catalogue in Excel', () => {
  it('is layout F', async () => {
    await writeXlsxFile(
      [
        words(
          'STT',
          'Mã TTHC',
          'Tên TTHC',
          'Số quyết định',
          'Lĩnh vực',
          'Cấp thực hiện',
          'Đối tượng',
          'Cơ quan thực hiện',
        ),
        words(
          '1',
          '1.001193',
          'Thủ tục đăng ký khai sinh',
          '528/QĐ-BTP',
          'Hộ tịch',
          'Xã',
          'Công dân',
          'UBND cấp xã',
        ),
        words(
          '2',
          '2.000815',
          'Chứng thực bản sao',
          '1329/QĐ-BTP',
          'Chứng thực',
          'Huyện',
          'Công dân',
          'Phòng Tư pháp',
        ),
      ],
      { sheet: 'TTHC2-CAPXA' },
    ).toFile(join(folder, 'TTHC.xlsx'));

    const { code, out, err } = await inspect('TTHC.xlsx', '--agencies', 'H23.X04');

    expect(code).toBe(0);
    expect(err).toContain('Layout F: ');
    expect(parseSystemMapping('out', out).procedures).toMatchObject({
      from: { files: 'TTHC.xlsx', sheets: 'TTHC2-CAPXA' },
      columns: {
        code: 'Mã TTHC',
        name: 'Tên TTHC',
        field: 'Lĩnh vực',
        levels: 'Cấp thực hiện',
        decision: 'Số quyết định',
      },
      words: { levels: { COMMUNE: ['Xã'], DISTRICT: ['Huyện'] } },
    });
  });
});

describe('a CSV', () => {
  it('is read with its own delimiter, and names of people in no column show', async () => {
    writeFileSync(
      join(folder, 'hoso.csv'),
      '\ufeffMã hồ sơ;Mã TTHC;Chủ hồ sơ;Đơn vị tiếp nhận;Trạng thái;Ngày tiếp nhận;Ngày hẹn trả;Ngày kết thúc xử lý\n' +
        'H23.X04-240605-0001;1.001193;Nguyễn Văn Tuấn;Sở Tư pháp;Đang xử lý;05/06/2024;12/06/2024;\n' +
        'H23.X04-240606-0002;1.001193;Trần Thị Bích;Sở Tư pháp;Đã xử lý xong;06/06/2024;13/06/2024;10/06/2024\n',
    );

    const { code, out } = await inspect('hoso.csv', '--json');

    expect(code).toBe(0);
    const { mapping, file, layout } = JSON.parse(out) as { mapping: string; file: null; layout: unknown };
    expect([file, layout]).toEqual([null, null]);
    expect(parseSystemMapping('out', mapping)).toMatchObject({
      kind: 'sheet',
      agencies: ['H23.X04'],
      connection: { folder: '.' },
      dossiers: {
        from: { files: 'hoso.csv' },
        receivingAgency: { column: 'Đơn vị tiếp nhận', values: { 'Sở Tư pháp': 'H23.X04' } },
        dates: { finished: { column: 'Ngày kết thúc xử lý', format: 'vietnamese', nullAs: '' } },
      },
    });
    for (const secret of ['Nguyễn Văn Tuấn', 'Trần Thị Bích', 'H23.X04-240605-0001'])
      expect(out).not.toContain(secret);
  });
});
