import { type CellObject, type WorkBook, write } from '@e965/xlsx';
import { writeFileSync } from 'node:fs';
import { createSheetReader } from '../../subgraphs/sources/sheet/sheet-reader';
import { codesOf, passesOver, plainDossiers, SheetPasses } from '../support/sheet-folder';

const XLSX = '{ files: "*.xlsx" }';

describe('workbooks, as programs other than ours write them,', () => {
  it('have sheets: those that the pattern names, else the first that is not hidden', async () => {
    using place = passesOver('{ files: "*.xlsx" }');
    const sheet = (code: string) => ({
      A1: { t: 's', v: 'Mã hồ sơ' },
      B1: { t: 's', v: 'Ngày tiếp nhận' },
      C1: { t: 's', v: 'Trạng thái' },
      A2: { t: 's', v: code },
      '!ref': 'A1:C2',
    });
    const book = {
      SheetNames: ['Danh mục', 'T5', 'T6', 'Sheet3'],
      Sheets: {
        'Danh mục': sheet('H23-0'),
        T5: sheet('H23-5'),
        T6: sheet('H23-6'),
        Sheet3: { '!ref': 'A1' },
      },
      Workbook: { Sheets: [{ Hidden: 1 }, { Hidden: 0 }, { Hidden: 0 }, { Hidden: 0 }] },
    } as WorkBook;
    writeFileSync(place.path('a.xlsx'), write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
    const take = (from: string) =>
      new SheetPasses(
        createSheetReader(plainDossiers(from), { baseFolder: place.folder, clock: Date.now }),
      ).take();

    expect(codesOf(await take('{ files: "*.xlsx" }'))).toEqual(['H23-5']);
    expect(codesOf(await take('{ files: "*.xlsx", sheets: "t?" }'))).toEqual(['H23-5', 'H23-6']);
    const none = await take('{ files: "*.xlsx", sheets: "Hồ sơ*" }');
    expect(none.failure).toMatchObject({ code: 'SOURCE_NO_TABLE' });
    expect(none.failure?.message).toContain('it has "Danh mục", "T5", "T6", "Sheet3"');
  });

  it('count days from 1904 when they say so, give formulas by their value and report errors', async () => {
    using place = passesOver(XLSX);
    const day: CellObject = { t: 'n', v: 45_446.5 - 1_462, z: 'dd/mm/yyyy hh:mm' };
    const book = {
      SheetNames: ['T6'],
      Sheets: {
        T6: {
          '!ref': 'A1:C4',
          '!rows': [{}, { hidden: true }],
          A1: { t: 's', v: 'Mã hồ sơ' },
          B1: { t: 's', v: 'Ngày tiếp nhận' },
          C1: { t: 's', v: 'Trạng thái' },
          A2: { t: 's', v: 'H23-1', f: '"H23-"&1' },
          B2: day,
          C2: { t: 's', v: 'Xong' },
          A3: { t: 's', v: 'H23-2' },
          B3: { t: 'e', v: 0x17 },
          C3: { t: 'e', v: 0x2a },
        },
      },
      Workbook: { WBProps: { date1904: true } },
    } as WorkBook;
    writeFileSync(place.path('a.xlsx'), write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);

    const { records, problems, failure } = await place.passes.take();

    expect(failure).toBeUndefined();
    expect(records.map(({ record }) => record)).toEqual([
      { 'Mã hồ sơ': 'H23-1', 'Ngày tiếp nhận': '03/06/2024 12:00:00', 'Trạng thái': 'Xong' },
      { 'Mã hồ sơ': 'H23-2', 'Ngày tiếp nhận': null, 'Trạng thái': null },
    ]);
    const place3 = 'a.xlsx, sheet "T6", row 3';
    expect(problems).toEqual([
      { code: 'ROW_BAD_DATE', place: place3, column: 'Ngày tiếp nhận', value: '#REF!' },
      { code: 'ROW_BAD_EXPRESSION', place: place3, column: 'Trạng thái', value: '#N/A' },
    ]);
  });
});
