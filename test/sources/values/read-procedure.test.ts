import type { RawRecord } from '../../../subgraphs/sources/copy/record-reader';
import { parseSystemMapping } from '../../../subgraphs/sources/mapping/read-system-mapping';
import { compileProcedures, type ReadProcedure } from '../../../subgraphs/sources/values/read-procedure';

const MAPPING = `
version: 1
system: cmon
name: Hệ thống cũ
kind: rest
agencies: [H23.X04, H23.X05]
connection: { baseUrl: http://127.0.0.1:1 }
procedures:
  from: { path: /thu-tuc }
  columns:
    code: MA
    name: TEN
    field: NHOM
    levels: CAP
    channels: CACH
    workingDays: NGAY
    isOnlineAvailable: MANG
    onlineLevel: MUCDO
    legalBasis: CANCU
    result: KETQUA
    performingAgency: NOILAM
  time: { kind: phrase, column: THOIGIAN }
  channelTimes: { ONLINE: THOIGIANMANG }
  money: { kind: text, min: LEPHI, max: LEPHITOIDA, unit: DONVI }
  absentTexts: ["-"]
  words:
    levels: { PROVINCE: CAP TINH, COMMUNE: [CAP XA, PHUONG] }
    timeUnits: { WORKING_DAY: NLV }
  deleted: { column: DAXOA, type: number, values: [1] }
  publishedBy: { column: COQUAN, match: folded, values: { "Sở Y tế": H23.X04, "Sở Tư pháp": H23.X05 } }
  validFrom: { column: TU, format: vietnamese }
  validTo: { column: DEN, format: vietnamese }
`;

const usual = { MA: '1.000001', TEN: '1.\tCấp phép,  ', COQUAN: 'SO Y TE' };

function read(changes: RawRecord): ReadProcedure {
  const { procedures, agencies } = parseSystemMapping('cmon.yaml', MAPPING);
  if (procedures === undefined) throw new Error('The mapping has a catalogue');
  return compileProcedures(procedures, agencies)({ record: { ...usual, ...changes }, place: 'row 1' });
}

describe('a procedure read from a record', () => {
  it('is in our terms, its name as it was', () => {
    const { record, problems } = read({
      NHOM: 'Khám bệnh',
      CAP: 'cấp tỉnh; phường; lạ',
      CACH: 'Trực tiếp;BUU CHINH;fax',
      THOIGIAN: 'Không quá 05 (năm) ngày làm việc kể từ ngày nhận đủ hồ sơ',
      THOIGIANMANG: '3 NLV',
      NGAY: '5',
      LEPHI: '50.000',
      LEPHITOIDA: '1.000.000',
      DONVI: 'Đồng',
      MANG: 'Có',
      MUCDO: 'Toàn trình',
      CANCU: 'Luật A; Nghị định B;',
      TU: '01/07/2024',
    });
    expect(problems).toEqual([]);
    expect(record).toMatchObject({
      code: '1.000001',
      name: '1.\tCấp phép,  ',
      hasLocalCode: false,
      field: 'Khám bệnh',
      levels: ['PROVINCE', 'COMMUNE', 'OTHER'],
      isEitherLevel: false,
      channels: [
        { channel: 'DIRECT', time: null },
        { channel: 'POSTAL', time: null },
        { channel: 'ONLINE', time: { value: 3, unit: 'WORKING_DAY' } },
      ],
      time: { value: 5, unit: 'WORKING_DAY' },
      fee: { minVnd: 50_000, maxVnd: 1_000_000 },
      workingDays: 5,
      isOnlineAvailable: true,
      onlineLevel: 'FULL',
      legalBasis: ['Luật A', 'Nghị định B'],
      decision: null,
      competences: [{ agency: 'H23.X04', validFrom: '2024-07-01', validTo: null, implementingAgencies: [] }],
    });
  });

  it.each<[string, RawRecord, object]>([
    ['a time without unit', { THOIGIAN: '1' }, { time: { value: 1, unit: 'UNIT_MISSING' } }],
    ['hours and half ones', { THOIGIAN: '0,5 giờ' }, { time: { value: 0.5, unit: 'HOUR' } }],
    ['a time nobody can tell', { THOIGIAN: 'Trả ngay' }, { time: null }],
    [
      'one of two levels',
      { CAP: 'cap tinh/cap xa' },
      { levels: ['PROVINCE', 'COMMUNE'], isEitherLevel: true },
    ],
    ['one fee', { LEPHI: '20,000đ' }, { fee: { minVnd: 20_000, maxVnd: 20_000 } }],
    ['no fee that is told', { LEPHI: '-', NHOM: '-' }, { fee: null, field: null }],
  ])('has %s', (_, changes, expected) => {
    const { record, problems } = read(changes);
    expect(record).toMatchObject(expected);
    expect(problems).toEqual([]);
  });

  it.each<[RawRecord, string, string | null, string]>([
    [{ LEPHI: '50', DONVI: 'USD' }, 'ROW_BAD_NUMBER', 'DONVI', 'USD'],
    [{ LEPHI: '100.5' }, 'ROW_BAD_NUMBER', 'LEPHI', '100.5'],
    [{ NGAY: 'năm' }, 'ROW_BAD_NUMBER', 'NGAY', 'năm'],
    [{ TU: '31/02/2024' }, 'ROW_BAD_DATE', 'TU', '31/02/2024'],
  ])('tells what is wrong in %j and leaves it out', (changes, code, column, value) => {
    const { record, problems } = read(changes);
    expect(record).toMatchObject({ fee: null, workingDays: null });
    expect(new Set(problems.map((problem) => JSON.stringify(problem)))).toEqual(
      new Set([JSON.stringify({ code, place: 'row 1', column, value })]),
    );
  });

  it.each<[RawRecord, string]>([
    [{ MA: ' ' }, 'ROW_NO_CODE'],
    [{ COQUAN: 'Sở Ngoại vụ' }, 'ROW_UNKNOWN_AGENCY'],
  ])('is refused for %j', (changes, code) => {
    expect(read(changes)).toMatchObject({ record: null, problems: [{ code }] });
  });

  it('keeps the spaces of what people wrote, and none around codes', () => {
    const { record } = read({ MA: ' 1.000001 ', NHOM: 'Đất đai ', KETQUA: ' Giấy phép, ', NOILAM: '- ' });
    expect(record).toMatchObject({
      code: '1.000001',
      field: 'Đất đai ',
      result: ' Giấy phép, ',
      performingAgency: null,
    });
  });

  it('is deleted by its flag', () => {
    expect(read({ DAXOA: '1' })).toMatchObject({ record: null, deleted: { code: '1.000001' }, problems: [] });
  });
});
