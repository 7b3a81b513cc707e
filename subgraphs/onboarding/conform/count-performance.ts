import { localDay } from '../../../schema/calendar-day';
import type { DossierClock } from '../../sources/dossiers/dossier-query';
import { ENDED_STATUSES, NEWLY_REGISTERED, NOT_ACCEPTED } from '../../sources/dossiers/dossier-row';
import type { SampledDossier } from './dossier-collection';
import { judge } from './judged-dossier';

export const COUNTED_FIGURES = [
  'received',
  'carriedOver',
  'receivedDirect',
  'receivedOnline',
  'receivedPostal',
  'finished',
  'finishedEarly',
  'finishedOnTime',
  'finishedLate',
  'finishedUndetermined',
  'inProgress',
  'inProgressWithin',
  'inProgressOverdue',
  'inProgressUndetermined',
  'ratedOnTime',
  'rated',
] as const;

export type CountedFigure = (typeof COUNTED_FIGURES)[number];
export type Figures = Readonly<Record<CountedFigure, number>>;

export interface Period {
  readonly clock: DossierClock;
  /** Days, both included; null = since the beginning, until now. */
  readonly from: string | null;
  readonly to: string | null;
  readonly now: string;
}

/** The figures of the contract, counted over dossiers one by one. Working days need the province's holidays and are not counted. */
export function countPerformance(rows: readonly SampledDossier[], period: Period): Figures {
  const at = endOf(period);
  const figures: Record<CountedFigure, number> = { ...NOTHING };
  for (const row of rows) {
    if (!belongsTo(row, period, at)) continue;
    for (const figure of [...entryOf(row, period), ...outcomeOf(row, period.clock, at)]) figures[figure]++;
  }
  return figures;
}

// COUNTED_FIGURES lists every key.
const NOTHING = Object.fromEntries(COUNTED_FIGURES.map((name) => [name, 0])) as unknown as Figures;

/** Figures are those of the end of the period; what is to come after `now` does not exist. */
function endOf({ to, now }: Period): string {
  if (to === null) return now;
  const lastMs = Date.parse(`${to}T00:00:00+07:00`) + 24 * 3_600_000 - 1;
  return lastMs < Date.parse(now) ? new Date(lastMs).toISOString() : now;
}

/** Taken in by then; and when it was taken in before the period, not ended before it. */
function belongsTo(row: SampledDossier, { from }: Period, at: string): boolean {
  const { receivedAt, statusNumber } = row;
  if (receivedAt === null || Date.parse(receivedAt) > Date.parse(at)) return false;
  if (statusNumber === NEWLY_REGISTERED || statusNumber === NOT_ACCEPTED) return false;
  if (!isCarried(row, from) || from === null) return true;
  const end = endInstant(row);
  if (end === null) return !isOver(row);
  return Date.parse(end) > Date.parse(at) || localDay(end) >= from;
}

function isCarried({ receivedAt }: SampledDossier, from: string | null): boolean {
  return from !== null && receivedAt !== null && localDay(receivedAt) < from;
}

function entryOf(row: SampledDossier, { from }: Period): readonly CountedFigure[] {
  if (isCarried(row, from)) return ['received', 'carriedOver'];
  if (row.channel === 'ONLINE') return ['received', 'receivedOnline'];
  return row.channel === 'POSTAL' ? ['received', 'receivedPostal'] : ['received', 'receivedDirect'];
}

function outcomeOf(row: SampledDossier, clock: DossierClock, at: string): readonly CountedFigure[] {
  switch (judge(row, clock, at).result) {
    case 'EARLY':
      return ['finished', 'finishedEarly', 'ratedOnTime', 'rated'];
    case 'ON_TIME':
      return ['finished', 'finishedOnTime', 'ratedOnTime', 'rated'];
    case 'LATE':
      return ['finished', 'finishedLate', 'rated'];
    case 'WITHIN':
      return ['inProgress', 'inProgressWithin'];
    case 'OVERDUE':
      return ['inProgress', 'inProgressOverdue', ...(clock === 'NATIONAL' ? (['rated'] as const) : [])];
    case null:
      return hasEnded(row, at)
        ? ['finished', 'finishedUndetermined']
        : ['inProgress', 'inProgressUndetermined'];
  }
}

function hasEnded(row: SampledDossier, at: string): boolean {
  const end = endInstant(row);
  return end === null ? isOver(row) : Date.parse(end) <= Date.parse(at);
}

function endInstant({ finishedAt, returnedAt, refusedAt }: SampledDossier): string | null {
  return finishedAt ?? returnedAt ?? refusedAt;
}

function isOver({ statusNumber }: SampledDossier): boolean {
  return statusNumber !== null && ENDED_STATUSES.includes(statusNumber);
}
