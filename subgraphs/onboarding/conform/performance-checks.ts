import { compareBytewise } from '../../../schema/bytewise';
import { localDay } from '../../../schema/calendar-day';
import type { DossierClock } from '../../sources/dossiers/dossier-query';
import {
  askGroups,
  askTotal,
  type Group,
  type Grouping,
  GROUPINGS,
  type PerformanceAsked,
  performanceQuestion,
} from './ask-performance';
import type { Filter } from './collection';
import { CheckSkipped, type ConformanceCheck, requireSame, requireThat } from './conformance-check';
import type { RowContext } from './conformance-context';
import { COUNTED_FIGURES, countPerformance, type Figures } from './count-performance';
import type { SampledDossier } from './dossier-collection';
import type { GraphqlQuestion } from './endpoint';
import { middleOf } from './judged-dossier';
import { lastDayOf } from './sample';

type Context = RowContext<SampledDossier>;

/** Figures are what their words say, add up, and are those of the rows. */
export const PERFORMANCE_CHECKS: readonly ConformanceCheck<Context>[] = [
  {
    id: 'performance.sums',
    title: {
      vi: 'Tổng = kỳ trước + trực tiếp + trực tuyến + bưu chính = đã xong + đang xử lý; mỗi phần bằng tổng các phần con.',
      en: 'received = carried over + direct + online + postal = finished + in progress; every part is the sum of its own.',
    },
    needsSample: true,
    async run(context) {
      for (const asked of clocks(context)) {
        const { figures } = await askTotal(context.endpoint, asked);
        requireSums(performanceQuestion(asked), figures, asked.clock);
      }
    },
  },
  {
    id: 'performance.rates',
    title: {
      vi: '`onTimeRate` = ratedOnTime ÷ rated, `meanWorkingDays` = workingDays ÷ finished; null khi mẫu số là 0.',
      en: '`onTimeRate` is ratedOnTime ÷ rated, `meanWorkingDays` is workingDays ÷ finished; null when divided by 0.',
    },
    needsSample: true,
    async run(context) {
      for (const asked of clocks(context)) {
        const { whole } = await askTotal(context.endpoint, asked);
        requireQuotient(performanceQuestion(asked), whole, ['onTimeRate', 'ratedOnTime', 'rated']);
        requireQuotient(performanceQuestion(asked), whole, ['meanWorkingDays', 'workingDays', 'finished']);
      }
      const none = { filter: { agencies: [] } };
      const { whole } = await askTotal(context.endpoint, none);
      const got = [whole['received'], whole['onTimeRate'], whole['meanWorkingDays']];
      requireSame(performanceQuestion(none), 'received and rates of no dossier', {
        expected: [0, null, null],
        got,
      });
    },
  },
  {
    id: 'performance.groups',
    title: {
      vi: 'Mỗi cách chia (cơ quan, lĩnh vực, thủ tục, tháng, kênh) cộng lại đúng bằng tổng; không khóa nào lặp; xếp theo khóa, null ở cuối.',
      en: 'The groups of each grouping (agency, field, procedure, month, channel) add up to the total; no key twice; sorted by key, null last.',
    },
    needsSample: true,
    async run(context) {
      for (const asked of clocks(context)) {
        const total = await askTotal(context.endpoint, asked);
        for (const groupBy of GROUPINGS) await checkGroups(context, { ...asked, groupBy }, total);
      }
    },
  },
  counted('LOCAL', {
    vi: 'Số liệu theo cách tính của tỉnh bằng số đếm trên từng hồ sơ, ở mọi cách chia.',
    en: 'Figures by the local clock are those counted over the dossiers, in every grouping.',
  }),
  counted('NATIONAL', {
    vi: 'Số liệu theo cách tính quốc gia bằng số đếm trên từng hồ sơ, ở mọi cách chia.',
    en: 'Figures by the national clock are those counted over the dossiers, in every grouping.',
  }),
  {
    id: 'performance.period',
    title: {
      vi: 'Kỳ `from`–`to`: số liệu cuối kỳ, hồ sơ kỳ trước chuyển sang chỉ gồm hồ sơ chưa xong trước kỳ.',
      en: 'A period `from`–`to`: figures of its last day, carried over only what had not ended before it.',
    },
    needsSample: true,
    run: checkPeriods,
  },
  {
    id: 'performance.filters',
    title: {
      vi: 'Điều kiện của `performance` (cơ quan, thủ tục, lĩnh vực, kênh) chọn đúng các hồ sơ đó.',
      en: 'The conditions of `performance` (agencies, procedures, fields, channel) select exactly those dossiers.',
    },
    needsSample: true,
    run: checkFilters,
  },
];

/** What of the sample's filter a performance filter can say; months are compared by groups. */
function scopeOf({ sample }: Context): Filter {
  return sample.agencies === null ? {} : { agencies: sample.agencies };
}

function clocks(context: Context): readonly (PerformanceAsked & { readonly clock: DossierClock })[] {
  const filter = scopeOf(context);
  return [
    { filter, clock: 'LOCAL' },
    { filter, clock: 'NATIONAL' },
  ];
}

function requireSums(question: GraphqlQuestion, figures: Figures, clock: DossierClock): void {
  const { received, carriedOver, receivedDirect, receivedOnline, receivedPostal } = figures;
  const { finished, finishedEarly, finishedOnTime, finishedLate, finishedUndetermined } = figures;
  const { inProgress, inProgressWithin, inProgressOverdue, inProgressUndetermined } = figures;
  const sums = {
    'received = carriedOver + receivedDirect + receivedOnline + receivedPostal': [
      received,
      carriedOver + receivedDirect + receivedOnline + receivedPostal,
    ],
    'received = finished + inProgress': [received, finished + inProgress],
    'finished = early + on time + late + undetermined': [
      finished,
      finishedEarly + finishedOnTime + finishedLate + finishedUndetermined,
    ],
    'inProgress = within + overdue + undetermined': [
      inProgress,
      inProgressWithin + inProgressOverdue + inProgressUndetermined,
    ],
    'ratedOnTime = finishedEarly + finishedOnTime': [figures.ratedOnTime, finishedEarly + finishedOnTime],
    'rated = early + on time + late (+ overdue by the national clock)': [
      figures.rated,
      finishedEarly + finishedOnTime + finishedLate + (clock === 'NATIONAL' ? inProgressOverdue : 0),
    ],
  };
  for (const [rule, [left, right]] of Object.entries(sums))
    requireThat(left === right, question, rule, `${left} and ${right}`);
}

const SMALLEST_DIFFERENCE = 1e-9;

function requireQuotient(
  question: GraphqlQuestion,
  whole: Readonly<Record<string, unknown>>,
  [quotient, dividend, divisor]: readonly [string, string, string],
): void {
  const [got, a, b] = [whole[quotient], Number(whole[dividend]), Number(whole[divisor])];
  const expected = b === 0 ? null : a / b;
  const isRight =
    expected === null
      ? got === null
      : typeof got === 'number' &&
        Math.abs(got - expected) <= SMALLEST_DIFFERENCE * Math.max(1, Math.abs(expected));
  requireThat(isRight, question, `${quotient} = ${dividend} ÷ ${divisor} = ${expected}`, got);
}

async function checkGroups(
  { endpoint }: Context,
  asked: PerformanceAsked & { readonly groupBy: Grouping; readonly clock: DossierClock },
  total: Group,
): Promise<void> {
  const question = performanceQuestion(asked);
  const groups = await askGroups(endpoint, asked);
  groups.forEach(({ key }, i) => {
    const previous = groups[i - 1];
    if (previous === undefined) return;
    const isInOrder = previous.key !== null && (key === null || compareBytewise(previous.key, key) < 0);
    requireThat(isInOrder, question, `each key once, in order, null last`, [previous.key, key]);
  });
  for (const { figures } of groups) requireSums(question, figures, asked.clock);
  for (const name of [...COUNTED_FIGURES, 'workingDays']) {
    const sum = groups.reduce((all, { whole }) => all + Number(whole[name]), 0);
    requireSame(question, `${name} over all groups`, { expected: total.whole[name], got: sum });
  }
}

function counted(
  clock: DossierClock,
  title: { readonly vi: string; readonly en: string },
): ConformanceCheck<Context> {
  return {
    id: `performance.${clock.toLowerCase()}`,
    title,
    needsSample: true,
    async run(context) {
      const { endpoint, sample } = context;
      const middle = sample.months === null ? middleOf(sample.rows) : null;
      const instants = middle === null ? [endpoint.now] : [endpoint.now, middle];
      for (const now of instants) {
        const asked = { filter: scopeOf(context), clock, now };
        if (sample.months === null) await compareTotal(context, asked, sample.rows);
        for (const groupBy of sample.months === null ? GROUPINGS : (['month'] as const))
          await compareGroups(context, { ...asked, groupBy });
      }
    },
  };
}

type Asked = PerformanceAsked & { readonly clock: DossierClock; readonly now: string };

async function compareTotal(
  { endpoint }: Context,
  asked: Asked,
  rows: readonly SampledDossier[],
): Promise<void> {
  const { figures } = await askTotal(endpoint, asked);
  const expected = countPerformance(rows, periodOf(asked));
  requireFigures(performanceQuestion(asked), 'the figures', expected, figures);
}

async function compareGroups(
  { endpoint, sample }: Context,
  asked: Asked & { readonly groupBy: Grouping },
): Promise<void> {
  const { groupBy } = asked;
  const question = performanceQuestion(asked);
  const groups = new Map((await askGroups(endpoint, asked)).map(({ key, figures }) => [key, figures]));
  const rows = Map.groupBy(sample.rows, (row) => keyOf(row, groupBy));
  for (const [key, ofKey] of rows) {
    const expected = countPerformance(ofKey, periodOf(asked));
    const got = groups.get(key);
    if (expected.received === 0 && got === undefined) continue;
    requireThat(got !== undefined, question, `a group of the ${groupBy} ${key}`, [...groups.keys()]);
    requireFigures(question, `the figures of the ${groupBy} ${key}`, expected, got);
  }
}

function keyOf(row: SampledDossier, groupBy: Grouping): string | null {
  switch (groupBy) {
    case 'agency':
      return row.receivingAgency?.code ?? null;
    case 'procedure':
      return row.procedure?.code ?? null;
    case 'field':
      return row.field;
    case 'channel':
      return row.channel;
    case 'month':
      return row.receivedAt === null ? null : localDay(row.receivedAt).slice(0, 7);
  }
}

function periodOf({ clock, now, filter }: Asked) {
  const day = (value: unknown) => (typeof value === 'string' ? value : null);
  return { clock, now, from: day(filter?.['from']), to: day(filter?.['to']) };
}

function requireFigures(question: GraphqlQuestion, what: string, expected: Figures, got: Figures): void {
  for (const name of COUNTED_FIGURES)
    requireSame(question, `${name} of ${what}, counted over the dossiers`, {
      expected: expected[name],
      got: got[name],
    });
}

/** A month in the middle, everything up to it, and everything from it on. */
async function checkPeriods(context: Context): Promise<void> {
  const { sample, endpoint } = context;
  if (sample.months !== null) throw new CheckSkipped('the sample is of some months only');
  const months = sample.rows.flatMap((row) => keyOf(row, 'month') ?? []).toSorted();
  const middle = months[Math.floor(months.length / 2)];
  if (middle === undefined) throw new CheckSkipped('no row has a date of receipt');
  const [from, to] = [`${middle}-01`, lastDayOf(middle)];
  for (const days of [
    { from, to },
    { to },
    { from: `${middle}-11` },
    { from: `${middle}-09`, to: `${middle}-09` },
  ])
    for (const clock of ['LOCAL', 'NATIONAL'] as const)
      await compareTotal(
        context,
        { filter: { ...scopeOf(context), ...days }, clock, now: endpoint.now },
        sample.rows,
      );
}

async function checkFilters(context: Context): Promise<void> {
  const { sample, endpoint } = context;
  if (sample.months !== null) throw new CheckSkipped('the sample is of some months only');
  const keys = { agencies: 'agency', procedures: 'procedure', fields: 'field', channel: 'channel' } as const;
  let tried = 0;
  for (const [name, groupBy] of Object.entries(keys) as [keyof typeof keys, Grouping][]) {
    const key = sample.rows.map((row) => keyOf(row, groupBy)).find((one) => one !== null);
    if (key === undefined || key === null) continue;
    tried++;
    const filter = { ...scopeOf(context), [name]: [key] };
    const rows = sample.rows.filter((row) => keyOf(row, groupBy) === key);
    await compareTotal(context, { filter, clock: 'LOCAL', now: endpoint.now }, rows);
  }
  if (tried === 0) throw new CheckSkipped('no row has anything to filter by');
}
