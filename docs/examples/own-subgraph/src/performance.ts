import { compareBytewise } from '../contract/bytewise';
import { localDay, type WorkingCalendar } from '../contract/calendar';
import { type Dossier, endOf, isOver, isReceivedBy } from './dossier';
import { type Clock, judge } from './timeliness';

/** Days, both included; null is open. */
export interface Period {
  readonly from: string | null;
  readonly to: string | null;
}

interface Question {
  readonly clock: Clock;
  readonly period: Period;
  readonly now: string;
  readonly calendar: WorkingCalendar;
}

/** Figures of form 06 over some dossiers, and by group. Every dossier of the period is in one group of each kind, so groups add up to the whole. */
export function performanceOf(dossiers: readonly Dossier[], question: Question) {
  const counted = dossiers.flatMap((dossier) => countedOf(dossier, question));
  const groups = (
    name: string,
    keyOf: (dossier: Dossier) => string | null,
    toValue: (key: string) => unknown,
  ) =>
    [...Map.groupBy(counted, ({ dossier }) => keyOf(dossier))]
      .sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : compareBytewise(a, b)))
      .map(([key, rows]) => ({
        ...figuresOf(rows, question.clock),
        [name]: key === null ? null : toValue(key),
      }));
  const plain = (key: string) => key;
  const entity = (code: string) => ({ code });
  return {
    ...figuresOf(counted, question.clock),
    // graphql-js calls what is asked for.
    byAgency: () => groups('agency', (row) => row.receivingAgency, entity),
    byField: () => groups('field', (row) => row.field, plain),
    byProcedure: () => groups('procedure', (row) => row.procedure, entity),
    byMonth: () => groups('month', (row) => row.receivedAt && localDay(row.receivedAt).slice(0, 7), plain),
    byChannel: () => groups('channel', (row) => row.channel, plain),
  };
}

type Entry = 'carriedOver' | 'receivedDirect' | 'receivedOnline' | 'receivedPostal';
type Outcome =
  | 'finishedEarly'
  | 'finishedOnTime'
  | 'finishedLate'
  | 'finishedUndetermined'
  | 'inProgressWithin'
  | 'inProgressOverdue'
  | 'inProgressUndetermined';

interface Counted {
  readonly dossier: Dossier;
  readonly entry: Entry;
  readonly outcome: Outcome;
  readonly workingDays: number;
}

/** How one dossier counts in the period; nothing when it does not. What comes after the period's end, or after now, is not known yet. */
function countedOf(
  dossier: Dossier,
  { clock, period: { from, to }, now, calendar }: Question,
): readonly Counted[] {
  const at = to === null || endOfDay(to) > now ? now : endOfDay(to);
  if (dossier.receivedAt === null || !isReceivedBy(dossier, at) || dossier.status === 'NOT_ACCEPTED')
    return [];
  const end = endOf(dossier);
  const endDay = end !== null && end <= at ? localDay(end) : null;
  const hasUnknownEnd = end === null && isOver(dossier);
  const receivedDay = localDay(dossier.receivedAt);
  const isCarried = from !== null && receivedDay < from;
  // It was over before the period began.
  if (isCarried && (hasUnknownEnd || (endDay !== null && endDay < from))) return [];
  const { result } = judge(dossier, clock, at);
  const outcome =
    result === null
      ? endDay !== null || hasUnknownEnd
        ? 'finishedUndetermined'
        : 'inProgressUndetermined'
      : OUTCOMES[result];
  const workingDays = endDay === null ? 0 : calendar.workingDaysBetween(receivedDay, endDay);
  return [
    {
      dossier,
      entry: isCarried ? 'carriedOver' : ENTRIES[dossier.channel ?? 'DIRECT'],
      outcome,
      workingDays,
    },
  ];
}

const ENTRIES = { DIRECT: 'receivedDirect', ONLINE: 'receivedOnline', POSTAL: 'receivedPostal' } as const;
const OUTCOMES = {
  EARLY: 'finishedEarly',
  ON_TIME: 'finishedOnTime',
  LATE: 'finishedLate',
  WITHIN: 'inProgressWithin',
  OVERDUE: 'inProgressOverdue',
} as const;

/** The gateway adds whole numbers up over all systems; it computes rates anew from their sums. */
function figuresOf(rows: readonly Counted[], clock: Clock) {
  const entered = (entry: Entry) => rows.filter((row) => row.entry === entry).length;
  const stands = (outcome: Outcome) => rows.filter((row) => row.outcome === outcome).length;
  const finished = {
    finishedEarly: stands('finishedEarly'),
    finishedOnTime: stands('finishedOnTime'),
    finishedLate: stands('finishedLate'),
    finishedUndetermined: stands('finishedUndetermined'),
  };
  const inProgress = {
    inProgressWithin: stands('inProgressWithin'),
    inProgressOverdue: stands('inProgressOverdue'),
    inProgressUndetermined: stands('inProgressUndetermined'),
  };
  const ratedOnTime = finished.finishedEarly + finished.finishedOnTime;
  const rated =
    ratedOnTime + finished.finishedLate + (clock === 'NATIONAL' ? inProgress.inProgressOverdue : 0);
  const workingDays = sum(rows.map((row) => row.workingDays));
  const totals = { finished: sum(Object.values(finished)), inProgress: sum(Object.values(inProgress)) };
  return {
    received: rows.length,
    carriedOver: entered('carriedOver'),
    receivedDirect: entered('receivedDirect'),
    receivedOnline: entered('receivedOnline'),
    receivedPostal: entered('receivedPostal'),
    ...finished,
    ...inProgress,
    ...totals,
    ratedOnTime,
    rated,
    onTimeRate: rated === 0 ? null : ratedOnTime / rated,
    workingDays,
    meanWorkingDays: totals.finished === 0 ? null : workingDays / totals.finished,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** The last instant of a day of Asia/Ho_Chi_Minh. */
function endOfDay(day: string): string {
  return new Date(Date.parse(`${day}T23:59:59.999+07:00`)).toISOString();
}
