import type { DatabaseSync } from 'node:sqlite';
import type { Finding } from '../../subgraphs/onboarding/check/check-report';
import { checkReportOf, writeSqliteSystem } from '../support/checked-system';
import {
  layoutDatabase,
  type LayoutName,
  type SampleDossier,
  sampleDossier,
} from '../support/dossier-layouts';

const LAYOUTS: readonly LayoutName[] = ['A', 'B', 'D'];

/** Due on a Thursday, finished in time, nothing wrong. */
const GOOD = sampleDossier({ code: 'H23.X01-240603-0001' });

function good(n: number): SampleDossier {
  return sampleDossier({ code: `H23.X01-240604-${String(n).padStart(4, '0')}` });
}

const SOUND: readonly SampleDossier[] = [
  GOOD,
  ...['H23.X02', 'H23.X03', 'H23.X04'].map((receivingAgency) =>
    sampleDossier({
      code: `${receivingAgency}-240603-0001`,
      receivingAgency,
      handlingAgency: receivingAgency,
    }),
  ),
  sampleDossier({
    code: 'H23.X01-240603-0002',
    status: 10,
    finishedAt: '2024-06-18T03:00:00.000Z',
    returnedAt: '2024-06-19T03:00:00.000Z',
  }),
  sampleDossier({ code: 'H23.X01-240603-0003', status: 1, receivedAt: null, dueAt: null }),
  sampleDossier({
    code: 'H23.X01-240603-0004',
    status: 3,
    receivedAt: null,
    dueAt: null,
    refusedAt: '2024-06-04T03:00:00.000Z',
  }),
];

async function findingsOf(
  layout: LayoutName,
  dossiers: readonly SampleDossier[],
  fault?: (database: DatabaseSync) => void,
): Promise<readonly Finding[]> {
  const { database, mapping } = layoutDatabase(layout, [...SOUND, ...dossiers]);
  fault?.(database);
  using system = writeSqliteSystem({ database, mapping });
  return (await checkReportOf(system)).report.findings;
}

function brief({ code, place, count, examples }: Finding) {
  return { code, place, count, examples };
}

describe('onboard check on a sound system', () => {
  it.each(LAYOUTS)('finds nothing in layout %s', async (layout) => {
    const { database, mapping } = layoutDatabase(layout, SOUND);
    using system = writeSqliteSystem({ database, mapping });
    const { report, exitCode } = await checkReportOf(system, ['--strict']);
    expect(report.findings).toEqual([]);
    expect(exitCode).toBe(0);
    expect(report.connection).toBe('ok');
    expect(report.dossiers).toEqual({
      rows: 7,
      served: 7,
      deleted: 0,
      firstReceived: '2024-06-03',
      lastReceived: '2024-06-03',
      agencies: [
        { agency: 'H23.X01', rows: 4, firstReceived: '2024-06-03', lastReceived: '2024-06-03' },
        { agency: 'H23.X02', rows: 1, firstReceived: '2024-06-03', lastReceived: '2024-06-03' },
        { agency: 'H23.X03', rows: 1, firstReceived: '2024-06-03', lastReceived: '2024-06-03' },
        { agency: 'H23.X04', rows: 1, firstReceived: '2024-06-03', lastReceived: '2024-06-03' },
      ],
    });
  });
});

describe('onboard check on dates', () => {
  const faults: readonly (readonly [Finding['code'], Partial<SampleDossier>])[] = [
    ['NO_RECEIVED_DATE', { receivedAt: null, dueAt: null }],
    ['NO_DUE_DATE', { dueAt: null }],
    ['ENDED_WITHOUT_DATE', { status: 9 }],
    ['FINISHED_BEFORE_RECEIVED', { status: 9, finishedAt: '2024-06-03T00:59:59.000Z' }],
    ['DUE_BEFORE_RECEIVED', { dueAt: '2024-05-31T10:00:00.000Z' }],
    [
      'RETURNED_BEFORE_FINISHED',
      { status: 10, finishedAt: '2024-06-19T03:00:00.000Z', returnedAt: '2024-06-18T03:00:00.000Z' },
    ],
    ['RECEIVED_IN_FUTURE', { receivedAt: '2024-06-28T03:00:01.000Z', dueAt: '2024-07-15T10:00:00.000Z' }],
    ['DUE_ON_DAY_OFF', { dueAt: '2024-06-22T10:00:00.000Z' }],
  ];

  it.each(LAYOUTS.flatMap((layout) => faults.map(([code, change]) => [code, layout, change] as const)))(
    'tells %s in layout %s',
    async (code, layout, change) => {
      const faulty = sampleDossier({ code: 'H23.X01-240605-0007', ...change });
      const findings = await findingsOf(layout, [good(1), faulty]);
      expect(findings.map(brief)).toEqual([{ code, place: null, count: 1, examples: [faulty.code] }]);
    },
  );

  it('takes a promise of the same day, whatever the hour, for possible', async () => {
    expect(await findingsOf('A', [sampleDossier({ code: 'x', dueAt: '2024-06-02T17:00:00.000Z' })])).toEqual(
      [],
    );
  });

  it('names the days off that were promised, the worst first', async () => {
    const dossiers = ['2024-06-22', '2024-06-22', '2024-09-02'].map((day, n) =>
      sampleDossier({ code: `H23.X01-240606-000${n}`, dueAt: `${day}T03:00:00.000Z` }),
    );
    const [finding] = await findingsOf('D', dossiers);
    expect(finding?.values).toEqual([
      { value: '2024-06-22', count: 2, suggestion: null },
      { value: '2024-09-02', count: 1, suggestion: null },
    ]);
    expect(finding?.count).toBe(3);
  });

  it('tells of years for which the calendar has no holidays', async () => {
    const findings = await findingsOf('A', [sampleDossier({ code: 'x', dueAt: '2035-06-20T10:00:00.000Z' })]);
    expect(findings.map(brief)).toEqual([
      { code: 'CALENDAR_TOO_SHORT', place: null, count: 1, examples: [] },
    ]);
    expect(findings[0]?.values).toEqual([{ value: '2035', count: 1, suggestion: null }]);
  });

  it.each([
    ['A', 'NgayHenTra', "'2924-06-20 10:00:00'"],
    ['A', 'NgayTiepNhan', "'0204-06-03 08:00:00'"],
    ['B', 'NGAYHENTRAKETQUA', "'31/06/2024'"],
    ['D', 'dueDate', '0'],
  ] as const)('tells of an impossible year in layout %s, column %s: %s', async (layout, column, value) => {
    const { mapping } = layoutDatabase(layout, []);
    const findings = await findingsOf(layout, [good(9)], (database) =>
      database.exec(
        `UPDATE ${mapping.table} SET ${column} = ${value} WHERE ${mapping.code} = '${good(9).code}'`,
      ),
    );
    expect(findings.map(brief)).toContainEqual({
      code: 'DATE_OUT_OF_BOUNDS',
      place: column,
      count: 1,
      examples: [good(9).code],
    });
  });

  it.each(['2024-6-3 8:00:00', '2024-06-03', '2024-13-03 08:00:00', '20/06/2024 08:00'])(
    'tells of a text that is no date: %s',
    async (value) => {
      const findings = await findingsOf('A', [good(9)], (database) =>
        database
          .prepare('UPDATE Business_HoSos SET NgayNopHoSo = ? WHERE MaHoSo = ?')
          .run(value, good(9).code),
      );
      expect(findings.slice(0, 1).map(brief)).toEqual([
        { code: 'DATE_UNREADABLE', place: 'NgayNopHoSo', count: 1, examples: [good(9).code] },
      ]);
      // Whatever comes by the row fails in service, too.
      expect(findings.slice(1).every((finding) => finding.code === 'QUERY_FAILED')).toBe(true);
    },
  );

  it('takes the usual sentinels for no date, also where the mapping names none of them', async () => {
    const findings = await findingsOf('A', [], (database) =>
      database.exec(`UPDATE Business_HoSos SET NgayNopHoSo = '1753-01-01 00:00:00', NgayTuChoi = '9999-12-31 00:00:00'
        WHERE TrangThaiHoSoId <> 3`),
    );
    expect(findings).toEqual([]);
  });

  it('shows five examples of a frequent fault, and counts all', async () => {
    const dossiers = Array.from({ length: 300 }, (_, n) => ({ ...good(n), dueAt: null }));
    const [finding] = await findingsOf('B', dossiers);
    expect(finding).toMatchObject({ code: 'NO_DUE_DATE', count: 300 });
    expect(finding?.examples).toHaveLength(5);
  });
});

describe('onboard check on codes', () => {
  it('tells codes that stand twice in one agency, and not those of two', async () => {
    const twice = sampleDossier({ code: 'H23.X02-240603-0009', receivingAgency: 'H23.X02' });
    const { database, mapping } = layoutDatabase('D', SOUND);
    database.exec('DROP INDEX dossier_no; CREATE INDEX dossier_no ON opencps_dossier (dossierNo)');
    const row = `INSERT INTO opencps_dossier (dossierId, dossierNo, serviceCode, govAgencyCode, receiveDate, dueDate, dossierStatus)
      VALUES (?, ?, '1.000001', ?, 1717376400000, 1718877600000, 'processing')`;
    database.prepare(row).run(100, twice.code, 'H23.X01');
    database.prepare(row).run(101, twice.code, '000.00.X01.H23');
    database.prepare(row).run(102, 'H23.X03-1', 'H23.X03');
    database.prepare(row).run(103, 'H23.X03-1', 'H23.X04');
    using system = writeSqliteSystem({ database, mapping });
    const { report, exitCode } = await checkReportOf(system);
    expect(report.findings.map(brief)).toEqual([
      { code: 'DUPLICATE_CODE', place: null, count: 1, examples: [twice.code] },
    ]);
    expect(exitCode).toBe(1);
  });

  it('tells an alias that is the code of another dossier, and not one that repeats its own', async () => {
    const findings = await findingsOf('A', [
      sampleDossier({ code: 'H23.X01-240603-0020', aliases: ['H23.X01-240603-0020', 'BN-1'] }),
      sampleDossier({ code: 'H23.X01-240603-0021', aliases: ['H23.X01-240603-0001'] }),
    ]);
    expect(findings.map(brief)).toEqual([
      { code: 'ALIAS_IS_ANOTHERS_CODE', place: null, count: 1, examples: ['H23.X01-240603-0001'] },
    ]);
  });

  it('tells dossiers without a code', async () => {
    const findings = await findingsOf('A', [good(9)], (database) =>
      database.prepare("UPDATE Business_HoSos SET MaHoSo = '' WHERE MaHoSo = ?").run(good(9).code),
    );
    expect(findings.map(brief)).toEqual([{ code: 'NO_CODE', place: 'MaHoSo', count: 1, examples: [] }]);
  });

  it('counts rows deleted by flag, and looks for no fault in them', async () => {
    const faulty = sampleDossier({ code: 'H23.X01-240605-0007', dueAt: null, status: 9 });
    const findings = await findingsOf('B', [faulty], (database) =>
      database.prepare('UPDATE cmon_hosotthccong SET DAXOA = 1 WHERE MASOHOSO = ?').run(faulty.code),
    );
    expect(findings.map(brief)).toEqual([{ code: 'ROWS_DELETED', place: null, count: 1, examples: [] }]);
  });

  it('tells supplements and steps that point to no dossier', async () => {
    const findings = await findingsOf('A', [], (database) => {
      database.exec(
        "INSERT INTO Business_HoSoBoSungs (MaHoSo, NgayBoSung) VALUES ('x', '2024-06-05 08:00:00')",
      );
      database.exec(
        "INSERT INTO Business_QuaTrinhXuLyHoSos (MaHoSo, ThoiGian) VALUES ('y', '2024-06-05 08:00:00'), ('z', '2024-06-05 08:00:00')",
      );
    });
    expect(findings.map(brief)).toEqual([
      { code: 'STEP_WITHOUT_DOSSIER', place: 'Business_QuaTrinhXuLyHoSos', count: 2, examples: [] },
      { code: 'SUPPLEMENT_WITHOUT_DOSSIER', place: 'Business_HoSoBoSungs', count: 1, examples: [] },
    ]);
  });
});
