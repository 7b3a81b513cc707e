import { createWorkingCalendar, type Holiday } from '../../schema/calendar';
import type { CheckContext } from '../../subgraphs/onboarding/check/check-context';
import type { CheckReport } from '../../subgraphs/onboarding/check/check-report';
import { checkSystem } from '../../subgraphs/onboarding/check/check-system';
import { openSystemFacts } from '../../subgraphs/onboarding/check/open-system-facts';
import type { SqlSystem } from '../../subgraphs/sources/mapping/system-mapping';
import { sampleDossier, SAMPLE_PROCEDURES } from '../support/dossier-layouts';
import { SERVER_LAYOUT_NAMES, type ServerLayout, serverLayout } from '../support/server-layouts';

const HOLIDAYS: readonly Holiday[] = [{ date: '2024-04-30', kind: 'off' }];

const CONTEXT: CheckContext = {
  directory: null,
  catalogue: {
    procedures: [...SAMPLE_PROCEDURES.keys()].map((code) => ({ code, name: '' })),
    source: 'the test',
  },
  calendar: createWorkingCalendar(HOLIDAYS),
  calendarYears: new Set(['2024']),
  nowMs: Date.parse('2024-06-28T03:00:00Z'),
};

function check(
  { system, env }: Pick<ServerLayout, 'system' | 'env'>,
  changes: Partial<SqlSystem> = {},
): Promise<CheckReport> {
  const mapping = { ...system, ...changes };
  return checkSystem({
    mapping,
    mappingFile: 'system.yaml',
    context: CONTEXT,
    clock: Date.now,
    open: () =>
      openSystemFacts({
        mapping,
        folder: '.',
        env,
        holidays: HOLIDAYS,
        provinceProcedures: [],
        nowMs: CONTEXT.nowMs,
        signal: new AbortController().signal,
        onRows: () => undefined,
      }),
  });
}

const SOUND = ['H23.X01', 'H23.X02', 'H23.X03', 'H23.X04'].map((receivingAgency) =>
  sampleDossier({ code: `${receivingAgency}-240603-0001`, receivingAgency, handlingAgency: receivingAgency }),
);

const FAULTY = [
  sampleDossier({ code: 'F-1', dueAt: null }),
  sampleDossier({ code: 'F-2', dueAt: '2024-05-31T10:00:00.000Z' }),
  sampleDossier({ code: 'F-3', status: 9, finishedAt: '2024-06-01T10:00:00.000Z' }),
  sampleDossier({ code: 'F-4', receivedAt: '2024-06-28T04:00:00.000Z', dueAt: '2024-07-15T10:00:00.000Z' }),
  sampleDossier({ code: 'F-5', dueAt: '2024-06-22T10:00:00.000Z' }),
  sampleDossier({ code: 'F-6', aliases: ['F-1'] }),
];

describe.each(SERVER_LAYOUT_NAMES)('onboard check on layout %s', (name) => {
  it('finds nothing wrong with sound dossiers, and times every query', async () => {
    await using layout = await serverLayout(name, SOUND);
    const report = await check(layout);
    expect(report.findings).toEqual([]);
    expect(report.connection).toBe('ok');
    expect(report.dossiers).toMatchObject({
      rows: 4,
      served: 4,
      firstReceived: '2024-06-03',
      lastReceived: '2024-06-03',
    });
    expect(report.queries).toHaveLength(10);
  });

  it('tells the same faults as on SQLite', async () => {
    await using layout = await serverLayout(name, [...SOUND, ...FAULTY]);
    const report = await check(layout);
    const found = report.findings.map(({ code, count, examples }) => [code, count, ...examples]);
    expect(found.sort()).toEqual([
      ['ALIAS_IS_ANOTHERS_CODE', 1, 'F-1'],
      ['DUE_BEFORE_RECEIVED', 1, 'F-2'],
      ['DUE_ON_DAY_OFF', 1, 'F-5'],
      ['FINISHED_BEFORE_RECEIVED', 1, 'F-3'],
      ['NO_DUE_DATE', 1, 'F-1'],
      ['RECEIVED_IN_FUTURE', 1, 'F-4'],
    ]);
  });

  it('tells a column that vanished, and checks the rest', async () => {
    await using layout = await serverLayout(name, [...SOUND, ...FAULTY]);
    const { dossiers } = layout.system;
    if (dossiers?.dates.finished === null || dossiers === undefined)
      throw new Error('The layout has no such date');
    const dates = { ...dossiers.dates, finished: { ...dossiers.dates.finished, column: 'KHONG_CO' } };
    const report = await check(layout, { dossiers: { ...dossiers, dates } });
    expect(report.findings[0]).toMatchObject({
      code: 'SOURCE_NO_COLUMN',
      place: `${dossiers.table}.KHONG_CO (dossiers.dates.finished)`,
    });
    expect(report.findings.map(({ code }) => code)).toContain('NO_DUE_DATE');
    expect(report.connection).toBe('partial');
  });

  it('tells a wrong password, once, and never shows it', async () => {
    await using layout = await serverLayout(name, SOUND);
    const env = Object.fromEntries(Object.keys(layout.env).map((key) => [key, 'sai-mat-khau']));
    const report = await check({ ...layout, env });
    expect(report.connection).toBe('unreachable');
    expect(report.findings.map(({ code }) => code)).toEqual(['SOURCE_REFUSED']);
    expect(JSON.stringify(report)).not.toContain('sai-mat-khau');
  });
});
