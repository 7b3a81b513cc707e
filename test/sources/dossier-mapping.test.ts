import { DatabaseSync } from 'node:sqlite';
import { createWorkingCalendar } from '../../schema/calendar';
import { type DossierMapping, parseDossierMapping } from '../../subgraphs/sources/dossiers/dossier-mapping';
import type { DossierCriteria } from '../../subgraphs/sources/dossiers/dossier-query';
import { type OpenDossiers, openSqliteDossiers } from '../../subgraphs/sources/sql/open-dossier-source';

const NOW = '2024-06-28T03:00:00Z';
const calendar = createWorkingCalendar([]);

/** A system unlike the three known ones: compact dates, statuses in pairs, procedures by name, one agency in three spellings. */
const PLAIN = {
  table: 'hs',
  code: 'ma',
  aliases: ['ma_khac'],
  procedure: { column: 'thu_tuc', through: [{ table: 'tt', match: 'ten', value: 'ma' }] },
  field: null,
  receivingAgency: {
    column: 'don_vi',
    values: { 'Sở Tư pháp': 'H23.X04', '000.00.X04.H23': 'H23.X04', STP: 'H23.X04', STC: 'H23.X05' },
  },
  handlingAgency: { constant: 'H23.X04' },
  status: {
    columns: ['tt_chinh', 'tt_phu'],
    values: [
      { when: ['XONG', 'TRA'], status: 10 },
      { when: ['XONG', null], status: 8 },
      { when: ['XONG'], status: 9 },
      { when: ['DANG_XL'], status: 4 },
      { when: ['MOI'], status: 1 },
    ],
  },
  channel: { constant: 'ONLINE' },
  dates: {
    submitted: null,
    received: { column: 'nhan', format: 'local-compact' },
    due: { column: 'hen', format: 'local-compact' },
    finished: null,
    returned: { column: 'tra', format: 'local-compact' },
    refused: null,
  },
  deleted: { column: 'xoa', values: ['Y', 'X'] },
  synthetic: { constant: true },
  supplements: null,
  steps: null,
};

function open(rows: readonly Record<string, string | number | null>[]): OpenDossiers {
  const database = new DatabaseSync(':memory:');
  database.exec(
    'CREATE TABLE hs (ma TEXT, ma_khac TEXT, thu_tuc TEXT, don_vi TEXT, tt_chinh TEXT, tt_phu TEXT, nhan TEXT, hen TEXT, tra TEXT, xoa TEXT)',
  );
  database.exec(
    "CREATE TABLE tt (ma TEXT, ten TEXT); INSERT INTO tt VALUES ('1.1', 'Khai sinh'), ('2.1', 'Kết hôn'), ('2.2', 'Kết hôn')",
  );
  for (const changes of rows) {
    const row = {
      don_vi: 'STP',
      tt_chinh: 'DANG_XL',
      nhan: '20240603080000',
      hen: '20240620170000',
      ...changes,
    };
    const marks = Object.keys(row)
      .map(() => '?')
      .join(', ');
    database
      .prepare(`INSERT INTO hs (${Object.keys(row).join(', ')}) VALUES (${marks})`)
      .run(...Object.values(row));
  }
  return openSqliteDossiers({ database, mapping: parseDossierMapping(PLAIN), calendar });
}

async function codes({ source }: OpenDossiers, criteria: DossierCriteria = {}): Promise<readonly string[]> {
  const rows = await source.page({ criteria, order: 'DUE_ASC', after: null, limit: 99, now: NOW });
  expect(await source.count({ criteria, now: NOW })).toBe(rows.length);
  return rows.map(({ code }) => code);
}

describe('a mapping', () => {
  it('names every mistake by its path', () => {
    const wrong = {
      ...PLAIN,
      table: 'hs"; DROP TABLE hs',
      channel: { column: 'kenh', values: { '1': 'FAX' } },
      dates: { ...PLAIN.dates, received: { column: 'nhan', format: 'lunar' } },
      applicant: 'ten_nguoi_nop',
    };
    expect(() => parseDossierMapping(wrong)).toThrow(/table[\s\S]*channel[\s\S]*received[\s\S]*applicant/);
  });

  it('refuses a line of statuses with more values than columns', () => {
    const status = { columns: ['a'], values: [{ when: ['x', 'y'], status: 4 }] };
    expect(() => parseDossierMapping({ ...PLAIN, status })).toThrow(/more items than there are columns/);
  });
});

describe('a system read through its mapping', () => {
  it('does not serve deleted rows, nor rows of agencies the mapping does not know', async () => {
    await using opened = open([
      { ma: 'kept', ma_khac: 'k' },
      { ma: 'kept too', xoa: 'N' },
      { ma: 'deleted', ma_khac: 'd', xoa: 'Y' },
      { ma: 'of nobody', ma_khac: 'n', don_vi: 'Sở lạ' },
    ]);
    expect(await codes(opened)).toEqual(['kept', 'kept too']);
    expect((await opened.source.findByCodes(['k', 'd', 'n'])).map(({ code }) => code)).toEqual(['kept']);
    const figures = { criteria: {}, clock: 'LOCAL', from: null, to: null, now: NOW, splitBy: null } as const;
    const [total] = await opened.source.performance({ ...figures, groupBy: null });
    expect(total?.counts.received).toBe(2);
  });

  it('takes several spellings of an agency for one, in filters, figures and order', async () => {
    await using opened = open([
      { ma: 'a3', don_vi: 'STP' },
      { ma: 'a1', don_vi: '000.00.X04.H23' },
      { ma: 'b0', don_vi: 'STC' },
      { ma: 'a2', don_vi: 'Sở Tư pháp' },
    ]);
    expect(await codes(opened)).toEqual(['a1', 'a2', 'a3', 'b0']);
    expect(await codes(opened, { agencies: ['H23.X04'] })).toEqual(['a1', 'a2', 'a3']);
    expect(await codes(opened, { agencies: ['H23.X05', 'H23.X04'] })).toEqual(['a1', 'a2', 'a3', 'b0']);
    const figures = { criteria: {}, clock: 'LOCAL', from: null, to: null, now: NOW, splitBy: null } as const;
    const rows = await opened.source.performance({ ...figures, groupBy: 'agency' });
    expect(Object.fromEntries(rows.map(({ key, counts }) => [key, counts.received]))).toEqual({
      'H23.X04': 3,
      'H23.X05': 1,
    });
  });

  it('reads statuses from pairs of words, the first line that fits wins', async () => {
    await using opened = open([
      { ma: '1', tt_chinh: 'XONG', tt_phu: 'TRA' },
      { ma: '2', tt_chinh: 'XONG', tt_phu: null },
      { ma: '3', tt_chinh: 'XONG', tt_phu: 'CHO' },
      { ma: '4', tt_chinh: 'DANG_XL', tt_phu: 'TRA' },
      { ma: '5', tt_chinh: 'lạ' },
    ]);
    const rows = await opened.source.findByCodes(['1', '2', '3', '4', '5']);
    expect(rows.map(({ status }) => status)).toEqual([10, 8, 9, 4, null]);
    expect(await codes(opened, { statuses: [9, 8] })).toEqual(['2', '3']);
    expect(await codes(opened, { statuses: [10] })).toEqual(['1']);
    expect(await codes(opened, { statuses: [] })).toEqual([]);
  });

  it('knows a procedure by a name only when one code has that name', async () => {
    await using opened = open([
      { ma: '1', thu_tuc: 'Khai sinh' },
      { ma: '2', thu_tuc: 'Kết hôn' },
      { ma: '3', thu_tuc: 'Chưa có' },
      { ma: '4', thu_tuc: null },
    ]);
    const rows = await opened.source.findByCodes(['1', '2', '3', '4']);
    expect(rows.map(({ procedure }) => procedure)).toEqual(['1.1', null, null, null]);
    expect(await codes(opened, { procedures: ['1.1', '2.1', '2.2', ''] })).toEqual(['1']);
  });

  it('takes whatever a system writes for "no date" as none, and sorts it last', async () => {
    await using opened = open([
      { ma: '1753', hen: '17530101000000' },
      { ma: '0001', hen: '00010101000000' },
      { ma: '9999', hen: '99991231000000' },
      { ma: 'empty', hen: '' },
      { ma: 'null', hen: null },
      { ma: 'word', hen: 'chưa có' },
      { ma: 'dated', hen: '20240620170000' },
    ]);
    expect(await codes(opened)).toEqual(['dated', '0001', '1753', '9999', 'empty', 'null', 'word']);
    const rows = await opened.source.findByCodes(['dated', '0001', '1753', '9999', 'empty', 'null', 'word']);
    expect(rows.map(({ dueAt }) => dueAt)).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
      '2024-06-20T10:00:00.000Z',
    ]);
    expect(await codes(opened, { dueFrom: '1700-01-01', dueTo: '9999-12-31' })).toEqual(['dated']);
    expect(await codes(opened, { timeliness: ['WITHIN', 'OVERDUE'] })).toEqual(['dated']);
  });

  it('says which column holds something its mapping does not describe', async () => {
    await using opened = open([{ ma: '1', hen: '20240620' }]);
    await expect(opened.source.findByCodes(['1'])).rejects.toThrow(
      'Column "hen" should hold local-compact, got "20240620"',
    );
  });

  it('knows nothing of what the system has no column for', async () => {
    await using opened = open([{ ma: '1', ma_khac: '' }]);
    const [row] = await opened.source.findByCodes(['1']);
    expect(row).toMatchObject({
      aliases: [],
      field: null,
      channel: 'ONLINE',
      handlingAgency: 'H23.X04',
      finishedAt: null,
    });
    expect(await opened.source.supplements(['1'])).toBeNull();
    expect(await opened.source.steps(['1'])).toBeNull();
    expect(await codes(opened, { fields: ['Hộ tịch'] })).toEqual([]);
    expect(await codes(opened, { channels: ['ONLINE'] })).toEqual(['1']);
    expect(await codes(opened, { channels: ['DIRECT'] })).toEqual([]);
  });
});

it('opens a system read-only, and refuses one that is not there', () => {
  const mapping: DossierMapping = parseDossierMapping(PLAIN);
  expect(() => openSqliteDossiers({ database: '/nowhere/he-thong.sqlite', mapping, calendar })).toThrow(
    /unable to open/,
  );
});
