import type { StrangerFault } from './faults';
import type { StrangerRow } from './rows';
import { dayOf, isOver, isTakenIn, ms, verdictOf } from './timeliness';

export interface PerformanceFilter {
  readonly agencies?: readonly string[] | null;
  readonly procedures?: readonly string[] | null;
  readonly fields?: readonly string[] | null;
  readonly channel?: readonly string[] | null;
  readonly from?: string | null;
  readonly to?: string | null;
}

export interface PerformanceQuestion {
  readonly filter: PerformanceFilter;
  readonly clock: string;
  readonly now: string;
  readonly fault: StrangerFault | null;
}

export function performanceOf(rows: readonly StrangerRow[], question: PerformanceQuestion) {
  const at = endOfPeriod(question);
  const counted = rows.filter((row) => belongs(row, question, at));
  const grouped = (keyOf: (row: StrangerRow) => string | null) =>
    [...Map.groupBy(counted, keyOf)]
      .toSorted(([a], [b]) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1))
      .map(([key, ofKey]) => ({ key, figures: figuresOf(ofKey, question, at) }));
  const channels = grouped(({ channel }) => channel);
  return {
    ...figuresOf(counted, question, at),
    byAgency: grouped(({ agency }) => agency).map(({ key, figures }) => ({
      ...figures,
      agency: { code: key },
    })),
    byField: grouped(({ field }) => field).map(({ key, figures }) => ({ ...figures, field: key })),
    byProcedure: grouped(({ procedure }) => procedure).map(({ key, figures }) => ({
      ...figures,
      procedure: key === null ? null : { code: key },
    })),
    byMonth: grouped((row) => dayOf(row.receivedAt ?? '', null).slice(0, 7)).map(({ key, figures }) => ({
      ...figures,
      month: key,
    })),
    byChannel: channels
      .filter(({ key }) => key !== null || question.fault !== 'forgets dossiers without a channel in groups')
      .map(({ key, figures }) => ({ ...figures, channel: key })),
  };
}

function endOfPeriod({ filter: { to }, now }: PerformanceQuestion): string {
  if (to == null) return now;
  const last = new Date(Date.parse(`${to}T23:59:59+07:00`)).toISOString();
  return ms(last) < ms(now) ? last : now;
}

function belongs(row: StrangerRow, { filter, fault }: PerformanceQuestion, at: string): boolean {
  const lists = [
    [filter.agencies, row.agency],
    [filter.procedures, row.procedure],
    [filter.fields, row.field],
    [filter.channel, row.channel],
  ] as const;
  if (lists.some(([list, value]) => list && (value === null || !list.includes(value)))) return false;
  if (!isTakenIn(row, at) || row.status === 3) return false;
  if (!isCarried(row, filter.from) || fault === 'carries over what has ended') return true;
  if (row.finishedAt === null) return !isOver(row);
  return ms(row.finishedAt) > ms(at) || dayOf(row.finishedAt, null) >= (filter.from ?? '');
}

function isCarried({ receivedAt }: StrangerRow, from: string | null | undefined): boolean {
  return from != null && receivedAt !== null && dayOf(receivedAt, null) < from;
}

function figuresOf(rows: readonly StrangerRow[], { filter, clock, fault }: PerformanceQuestion, at: string) {
  const count = (claim: (row: StrangerRow) => boolean) => rows.filter(claim).length;
  const carried = (row: StrangerRow) => isCarried(row, filter.from);
  const by = (channels: readonly (string | null)[]) =>
    count((row) => !carried(row) && channels.includes(row.channel));
  const result = (name: string) => count((row) => verdictOf(row, clock, at, fault).result === name);
  const hasEnded = (row: StrangerRow) =>
    row.finishedAt === null ? isOver(row) : ms(row.finishedAt) <= ms(at);
  const isUnknown = (row: StrangerRow) => verdictOf(row, clock, at, fault).result === null;
  const finished = count(hasEnded);
  const ratedOnTime = result('EARLY') + result('ON_TIME');
  const rated = ratedOnTime + result('LATE') + (clock === 'NATIONAL' ? result('OVERDUE') : 0);
  const workingDays = finished * 2;
  const rate = rated === 0 ? null : ratedOnTime / rated;
  return {
    received: rows.length,
    carriedOver: count(carried),
    receivedDirect: by(['DIRECT', null]),
    receivedOnline: by(['ONLINE']),
    receivedPostal: by(['POSTAL']),
    finished,
    finishedEarly: result('EARLY'),
    finishedOnTime: result('ON_TIME'),
    finishedLate: result('LATE'),
    finishedUndetermined: count((row) => hasEnded(row) && isUnknown(row)),
    inProgress: rows.length - finished,
    inProgressWithin: result('WITHIN') + (fault === 'counts one too many' ? 1 : 0),
    inProgressOverdue: result('OVERDUE'),
    inProgressUndetermined: count((row) => !hasEnded(row) && isUnknown(row)),
    ratedOnTime,
    rated,
    onTimeRate: rate !== null && fault === 'rates in percent' ? rate * 100 : rate,
    workingDays,
    meanWorkingDays: finished === 0 ? null : workingDays / finished,
  };
}
