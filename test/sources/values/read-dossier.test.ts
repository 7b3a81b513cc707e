import type { RawRecord } from '../../../subgraphs/sources/copy/record-reader';
import { copiedDossiersOf } from '../../../subgraphs/sources/copy/record-row-reader';
import { parseSystemMapping } from '../../../subgraphs/sources/mapping/read-system-mapping';
import type { MatchProcedure } from '../../../subgraphs/sources/values/procedure-matcher';
import { compileDossiers, type ReadDossier } from '../../../subgraphs/sources/values/read-dossier';

const MAPPING = `
version: 1
system: so-y-te
name: Sở Y tế
kind: rest
agencies: [H23.X04, H23.X05]
connection: { baseUrl: http://127.0.0.1:1 }
dossiers:
  from: { path: /ho-so }
  computed:
    TT: 'row.LOAI + "/" + row["MUC"]'
  code: MaHoSo
  aliases: [SoBienNhan, MaKhac]
  procedure: { column: TenTTHC, byName: { decided: { "Khám sức khoẻ": null } } }
  field: { column: LinhVuc }
  receivingAgency: { column: DonVi, match: folded, values: { "Sở Y tế": H23.X04, "Chi cục Dân số": H23.X05 } }
  handlingAgency: { column: XuLy, values: { "4": H23.X04 } }
  status:
    columns: [TrangThai, Buoc]
    match: folded
    values:
      - { when: ["Đang xử lý", 2], status: 5 }
      - { when: ["Đang xử lý"], status: 4 }
      - { when: ["Mới đăng ký"], status: 1 }
      - { when: [null], status: 0 }
  channel: { column: TT, values: { "A/1": DIRECT, "A/2": ONLINE } }
  dates:
    received: { column: NgayNhan, format: local-text, nullAs: "1753-01-01 00:00:00" }
    due: { column: HenTra, format: vietnamese }
  deleted: { column: Xoa, type: number, values: [1] }
  synthetic: { column: Mau, values: ["true"] }
  supplements:
    items: BoSung
    requestedAt: { column: Ngay, format: vietnamese }
    completedAt: { column: Xong, format: vietnamese }
  steps:
    items: QuaTrinh
    at: { column: Luc, format: epoch-ms }
    status: { columns: [TT], values: [{ when: ["4"], status: 4 }] }
    unit: Phong
`;

const matchProcedure: MatchProcedure = (name) => {
  if (name === 'Cấp giấy phép') return { code: '1.000001', score: 0.97 };
  return name === 'Cấp' ? { doubtful: [] } : null;
};

function reader(): (changes?: RawRecord) => ReadDossier {
  const mapping = copiedDossiersOf(parseSystemMapping('so-y-te.yaml', MAPPING));
  if (mapping === undefined) throw new Error('The mapping has dossiers');
  const read = compileDossiers(mapping, { matchProcedure });
  const usual = {
    MaHoSo: 'H23.X04-240628-0001',
    DonVi: 'Sở Y tế',
    TrangThai: 'Đang xử lý',
    NgayNhan: '2024-06-28 10:00:00',
  };
  return (changes = {}) => read({ record: { ...usual, ...changes }, place: 'page 1, item 1' });
}

describe('a dossier read from a record', () => {
  it('is in our terms', () => {
    const { row, problems } = reader()({
      SoBienNhan: ' BN1 ',
      MaKhac: '',
      TenTTHC: 'Cấp giấy phép',
      LinhVuc: 'Khám bệnh',
      XuLy: 4,
      LOAI: 'A',
      MUC: 2,
      HenTra: '15/07/2024',
      Mau: true,
      BoSung: [{ Ngay: '02/07/2024' }, { Ngay: '01/07/2024', Xong: '03/07/2024 08:00' }, { Ngay: null }],
      QuaTrinh: [{ Luc: '1719543600000', TT: 4, Phong: 'Một cửa' }],
    });
    expect(problems).toEqual([]);
    expect(row).toEqual({
      code: 'H23.X04-240628-0001',
      aliases: ['BN1'],
      procedure: '1.000001',
      field: 'Khám bệnh',
      receivingAgency: 'H23.X04',
      handlingAgency: 'H23.X04',
      status: 4,
      channel: 'ONLINE',
      submittedAt: null,
      receivedAt: '2024-06-28T03:00:00.000Z',
      dueAt: '2024-07-14T17:00:00.000Z',
      finishedAt: null,
      returnedAt: null,
      refusedAt: null,
      isSynthetic: true,
      supplements: [
        {
          requestedAt: '2024-06-30T17:00:00.000Z',
          completedAt: '2024-07-03T01:00:00.000Z',
          dueBefore: null,
          dueAfter: null,
        },
        { requestedAt: '2024-07-01T17:00:00.000Z', completedAt: null, dueBefore: null, dueAfter: null },
      ],
      steps: [{ at: '2024-06-28T03:00:00.000Z', status: 4, unit: 'Một cửa', dueAt: null }],
      updatedAt: null,
    });
  });

  it.each(['SO Y TE', 'sở y tế', 'Sở  Y tế'.normalize('NFD'), ' Sơ Ỳ te '])(
    'knows its agency as %j',
    (DonVi) => {
      expect(reader()({ DonVi }).row?.receivingAgency).toBe('H23.X04');
    },
  );

  it.each<[RawRecord, number | null]>([
    [{ TrangThai: 'DANG XU LY', Buoc: '2' }, 5],
    [{ TrangThai: 'Đang xử lý', Buoc: 2 }, 5],
    [{ TrangThai: 'Đang xử lý', Buoc: 3 }, 4],
    [{ TrangThai: '' }, 0],
    [{ TrangThai: 'Đã chuyển' }, null],
  ])('has for %j the status %j', (changes, status) => {
    expect(reader()(changes).row?.status).toBe(status);
  });

  it.each<[string, RawRecord, string, string | null, string | null]>([
    [
      'a status never seen',
      { TrangThai: 'Đã chuyển' },
      'ROW_UNKNOWN_STATUS',
      'TrangThai / Buoc',
      'Đã chuyển',
    ],
    ['a channel never seen', { LOAI: 'B' }, 'ROW_UNKNOWN_CHANNEL', 'TT', 'B/1'],
    ['a handling agency never seen', { XuLy: 9 }, 'ROW_UNKNOWN_HANDLING_AGENCY', 'XuLy', '9'],
    ['a date that is none', { HenTra: '31/06/2024' }, 'ROW_BAD_DATE', 'HenTra', '31/06/2024'],
    ['a date in a list', { BoSung: [{ Ngay: 'x' }] }, 'ROW_BAD_DATE', 'BoSung.Ngay', 'x'],
    ['no received date', { NgayNhan: '1753-01-01 00:00:00' }, 'ROW_NO_RECEIVED_DATE', 'NgayNhan', null],
    ['a doubtful procedure', { TenTTHC: 'Cấp' }, 'ROW_DOUBTFUL_PROCEDURE', 'TenTTHC', 'Cấp'],
    ['an unknown procedure', { TenTTHC: 'Bay' }, 'ROW_UNKNOWN_PROCEDURE', 'TenTTHC', 'Bay'],
  ])('is served with %s, which is told', (_, changes, code, column, value) => {
    const { row, problems } = reader()({ LOAI: 'A', MUC: '1', ...changes });
    expect(row).not.toBeNull();
    expect(problems).toEqual([{ code, column, value, place: 'page 1, item 1' }]);
  });

  it.each<[string, RawRecord, string]>([
    ['a code', { MaHoSo: null }, 'ROW_NO_CODE'],
    ['an agency that the mapping knows', { DonVi: 'Sở Tư pháp' }, 'ROW_UNKNOWN_AGENCY'],
  ])('is not served without %s', (_, changes, code) => {
    const { row, problems } = reader()(changes);
    expect(row).toBeNull();
    expect(problems.map((problem) => problem.code)).toEqual([code]);
  });

  it('needs no received date before anybody took it in', () => {
    expect(reader()({ TrangThai: 'Mới đăng ký', NgayNhan: null, LOAI: 'A', MUC: '1' }).problems).toEqual([]);
  });

  it.each([1, '1', true])('is deleted by the flag %j', (Xoa) => {
    expect(reader()({ Xoa })).toMatchObject({
      row: null,
      deleted: { agency: 'H23.X04', code: 'H23.X04-240628-0001' },
      problems: [],
    });
  });

  it('never tells a value that may be of a person', () => {
    const { problems } = reader()({ LOAI: 'A', MUC: '1', TrangThai: '030099012345', HenTra: 'a@b.vn' });
    expect(problems.map(({ value }) => value)).toEqual([null, null]);
  });
});
