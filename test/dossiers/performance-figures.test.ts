import { createWorkingCalendar, localDay } from '../../schema/calendar';
import { judgeTimeliness } from '../../subgraphs/dossiers/judge-timeliness';
import type {
  DossierClock,
  PerformanceCounts,
  PerformanceGrouping,
  PerformanceQuery,
  TimelinessVerdict,
} from '../../subgraphs/sources/dossiers/dossier-query';
import { openSqliteDossiers } from '../../subgraphs/sources/sql/open-dossier-source';
import { addCounts, countsOf, NO_COUNTS } from '../../subgraphs/sources/dossiers/performance-counts';
import { layoutDatabase, type LayoutName, type SampleDossier } from '../support/dossier-layouts';
import { randomDossiers } from '../support/random-dossiers';

const NOW = '2024-06-28T03:00:00Z';
const calendar = createWorkingCalendar([
  { date: '2024-04-30', kind: 'off' },
  { date: '2024-05-11', kind: 'work' },
]);

interface Period {
  readonly from: string | null;
  readonly to: string | null;
}

const PERIODS: readonly Period[] = [
  { from: null, to: null },
  { from: '2024-05-01', to: null },
  { from: '2024-04-01', to: '2024-04-30' },
  { from: null, to: '2024-05-15' },
  { from: '2024-06-01', to: '2024-12-31' },
];

/** The figures as form 06 defines them, dossier by dossier: what the SQL must come to. */
function countByHand(
  dossiers: readonly SampleDossier[],
  clock: DossierClock,
  { from, to }: Period,
): PerformanceCounts {
  const at = to === null || to > localDay(NOW) ? NOW : `${to}T16:59:59.999Z`;
  return dossiers.map((dossier) => countOne(dossier, clock, from, at)).reduce(addCounts, NO_COUNTS);
}

function countOne(
  dossier: SampleDossier,
  clock: DossierClock,
  from: string | null,
  at: string,
): PerformanceCounts {
  const { receivedAt, status, channel } = dossier;
  const end = dossier.finishedAt ?? dossier.returnedAt ?? dossier.refusedAt;
  const isOver = end === null && [3, 7, 8, 9, 10].includes(status ?? -1);
  if (receivedAt === null || Date.parse(receivedAt) > Date.parse(at) || status === 1 || status === 3)
    return NO_COUNTS;
  const isCarried = from !== null && localDay(receivedAt) < from;
  if (isCarried && (isOver || (end !== null && localDay(end) < from))) return NO_COUNTS;
  const hasKnownEnd = end !== null && Date.parse(end) <= Date.parse(at);
  const isFinished = hasKnownEnd || isOver;
  const { result } = judgeTimeliness({ dossier, clock, at, supplements: dossier.supplements });
  const channelName =
    channel === 'ONLINE' ? 'receivedOnline' : channel === 'POSTAL' ? 'receivedPostal' : 'receivedDirect';
  const ones = new Set<string>([
    'received',
    isCarried ? 'carriedOver' : channelName,
    isFinished ? 'finished' : 'inProgress',
    verdictName(isFinished, result),
  ]);
  const workingDays = hasKnownEnd ? calendar.workingDaysBetween(localDay(receivedAt), localDay(end)) : 0;
  return { ...countsOf((name) => (ones.has(name) ? 1 : 0)), workingDays };
}

function verdictName(isFinished: boolean, result: TimelinessVerdict | null): string {
  const words = { EARLY: 'Early', ON_TIME: 'OnTime', LATE: 'Late', WITHIN: 'Within', OVERDUE: 'Overdue' };
  return `${isFinished ? 'finished' : 'inProgress'}${result === null ? 'Undetermined' : words[result]}`;
}

const ALL = { criteria: {}, now: NOW, splitBy: null, groupBy: null } as const;

describe('figures computed in SQL', () => {
  const cases = (['LOCAL', 'NATIONAL'] as const).flatMap((clock) =>
    PERIODS.flatMap((period) => [1, 2, 3].map((seed) => [clock, period, seed] as const)),
  );

  it.each(cases)('agree with judging each dossier: %s, %j, seed %d', async (clock, period, seed) => {
    const dossiers = randomDossiers(300, seed);
    await using opened = openSqliteDossiers({ ...layoutDatabase('A', dossiers), calendar });
    const [total] = await opened.source.performance({ ...ALL, clock, ...period });
    expect(total?.counts).toEqual(countByHand(dossiers, clock, period));
    const rows = await opened.source.performance({
      ...ALL,
      clock,
      ...period,
      splitBy: 'procedure',
      groupBy: 'agency',
    });
    for (const { split, key, counts } of rows) {
      const own = dossiers.filter(
        ({ procedure, receivingAgency }) => procedure === split && receivingAgency === key,
      );
      expect(counts).toEqual(countByHand(own, clock, period));
    }
  });

  it.each<LayoutName>(['B', 'D'])('agree in layout %s by the local clock', async (layout) => {
    const dossiers = randomDossiers(300, 4);
    await using opened = openSqliteDossiers({ ...layoutDatabase(layout, dossiers), calendar });
    for (const period of PERIODS) {
      const [total] = await opened.source.performance({ ...ALL, clock: 'LOCAL', ...period });
      expect(total?.counts).toEqual(countByHand(dossiers, 'LOCAL', period));
    }
  });

  it('determine nothing by the national clock where no supplements are kept', async () => {
    await using opened = openSqliteDossiers({ ...layoutDatabase('D', randomDossiers(100, 5)), calendar });
    const [total] = await opened.source.performance({ ...ALL, clock: 'NATIONAL', from: null, to: null });
    expect(total?.counts.finishedUndetermined).toBe(total?.counts.finished);
    expect(total?.counts.inProgressUndetermined).toBe(total?.counts.inProgress);
  });
});

describe('every group of figures', () => {
  const groupings: readonly (PerformanceGrouping | null)[] = [
    null,
    'agency',
    'field',
    'procedure',
    'month',
    'channel',
  ];

  it.each(groupings)('adds up, grouped by %s', async (groupBy) => {
    await using opened = openSqliteDossiers({ ...layoutDatabase('A', randomDossiers(400, 6)), calendar });
    for (const clock of ['LOCAL', 'NATIONAL'] as const) {
      for (const period of PERIODS) {
        const query: PerformanceQuery = { ...ALL, clock, ...period };
        const [total] = await opened.source.performance(query);
        const groups = await opened.source.performance({ ...query, groupBy });
        for (const { counts } of groups) expectInvariants(counts);
        expect(groups.map(({ counts }) => counts).reduce(addCounts)).toEqual(total?.counts);
      }
    }
  });
});

function expectInvariants(counts: PerformanceCounts): void {
  const { received, carriedOver, receivedDirect, receivedOnline, receivedPostal } = counts;
  expect(received).toBe(carriedOver + receivedDirect + receivedOnline + receivedPostal);
  expect(received).toBe(counts.finished + counts.inProgress);
  expect(counts.finished).toBe(
    counts.finishedEarly + counts.finishedOnTime + counts.finishedLate + counts.finishedUndetermined,
  );
  expect(counts.inProgress).toBe(
    counts.inProgressWithin + counts.inProgressOverdue + counts.inProgressUndetermined,
  );
}

describe('the filter by timeliness', () => {
  it.each<TimelinessVerdict>(['EARLY', 'ON_TIME', 'LATE', 'WITHIN', 'OVERDUE'])(
    'finds the dossiers that are judged %s, in every layout',
    async (verdict) => {
      const dossiers = randomDossiers(300, 7);
      const judged = dossiers.filter(
        (dossier) =>
          judgeTimeliness({ dossier, clock: 'LOCAL', at: NOW, supplements: null }).result === verdict,
      );
      expect(judged.length).toBeGreaterThan(0);
      for (const layout of ['A', 'B', 'D'] as const) {
        await using opened = openSqliteDossiers({ ...layoutDatabase(layout, dossiers), calendar });
        const criteria = { timeliness: [verdict] };
        const page = await opened.source.page({
          criteria,
          order: 'RECEIVED_ASC',
          after: null,
          limit: 999,
          now: NOW,
        });
        expect(page.map(({ code }) => code).toSorted()).toEqual(judged.map(({ code }) => code).toSorted());
      }
    },
  );
});
