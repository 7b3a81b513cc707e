import { localDay } from '../../schema/calendar';
import type { DossierClock, TimelinessVerdict } from '../sources/dossiers/dossier-query';
import {
  type DossierRow,
  ENDED_STATUSES,
  NEWLY_REGISTERED,
  type SupplementRow,
} from '../sources/dossiers/dossier-row';
import type { Timeliness, TimelinessReason } from './timeliness';

export type JudgedDossier = Pick<
  DossierRow,
  'status' | 'receivedAt' | 'dueAt' | 'finishedAt' | 'returnedAt' | 'refusedAt'
>;

export interface TimelinessQuestion {
  readonly dossier: JudgedDossier;
  readonly clock: DossierClock;
  /** The instant at which it is judged, ISO UTC; what came later is not known yet. */
  readonly at: string;
  /** null when the system keeps no record. The local clock does not look. */
  readonly supplements: readonly SupplementRow[] | null;
}

/**
 * One dossier against one clock, by days of Asia/Ho_Chi_Minh. LOCAL is what the provincial system shows; NATIONAL is indicator
 * 2.1 of Decision 766. The same rules stand in SQL in sources/sql-timeliness.ts, for filters and figures.
 */
export function judgeTimeliness(question: TimelinessQuestion): Timeliness {
  const { dossier, clock, at } = question;
  const end = dossier.finishedAt ?? dossier.returnedAt ?? dossier.refusedAt;
  if (!isReceived(dossier, at)) return undecided(clock, 'NOT_RECEIVED', dossier.dueAt, null);
  if (end === null && dossier.status !== null && ENDED_STATUSES.includes(dossier.status)) {
    return undecided(clock, 'END_UNKNOWN', dossier.dueAt, null);
  }
  const knownEnd = end !== null && isBy(end, at) ? end : null;
  return clock === 'LOCAL' ? judgeLocally(dossier.dueAt, knownEnd, at) : judgeNationally(question, knownEnd);
}

function isReceived({ receivedAt, status }: JudgedDossier, at: string): boolean {
  return receivedAt !== null && isBy(receivedAt, at) && status !== NEWLY_REGISTERED;
}

function judgeLocally(dueAt: string | null, endedAt: string | null, at: string): Timeliness {
  if (dueAt === null) return undecided('LOCAL', 'NO_DUE_DATE', null, endedAt);
  const result = endedAt === null ? unfinished(at, dueAt) : ended(endedAt, dueAt);
  return { clock: 'LOCAL', result, reason: null, rule: null, dueAt, endedAt };
}

function judgeNationally(
  { dossier, supplements, at }: TimelinessQuestion,
  endedAt: string | null,
): Timeliness {
  if (supplements === null) return undecided('NATIONAL', 'SUPPLEMENTS_UNKNOWN', dossier.dueAt, endedAt);
  const requests = supplements.filter(({ requestedAt }) => isBy(requestedAt, at));
  const [request] = requests;
  const dueAt = dueBeforeSupplement(requests) ?? dossier.dueAt;
  if (requests.length > 1) return decided(endedAt === null ? 'OVERDUE' : 'LATE', 3, dueAt, endedAt);
  if (dueAt === null) return undecided('NATIONAL', 'NO_DUE_DATE', null, endedAt);
  if (endedAt !== null) return judgeEnd(request, dueAt, endedAt, at);
  const completedAt = request?.completedAt ?? null;
  if (request !== undefined && (completedAt === null || !isBy(completedAt, at))) {
    return decided(unfinished(request.requestedAt, dueAt), 2, dueAt, request.requestedAt);
  }
  const waitedMs =
    request === undefined || completedAt === null ? 0 : waited(request.requestedAt, completedAt);
  return decided(unfinished(earlier(at, waitedMs), dueAt), 5, dueAt, null);
}

/** A supplement that was never completed took the applicant's time up to the end. */
function judgeEnd(
  request: SupplementRow | undefined,
  dueAt: string,
  endedAt: string,
  at: string,
): Timeliness {
  if (request === undefined) return decided(ended(endedAt, dueAt), 1, dueAt, endedAt);
  const { requestedAt, completedAt } = request;
  const isCompleted = completedAt !== null && isBy(completedAt, at) && isBy(completedAt, endedAt);
  const countedEnd = earlier(endedAt, waited(requestedAt, isCompleted ? completedAt : endedAt));
  return decided(ended(countedEnd, dueAt), 6, dueAt, countedEnd);
}

/**
 * The system moves its promised date when a supplement comes in; the national rule subtracts the time instead. Where the date
 * before is kept it is the one to compare, or the same days would be granted twice.
 */
function dueBeforeSupplement(requests: readonly SupplementRow[]): string | null {
  const kept = requests.map(({ dueBefore }) => dueBefore).filter((dueBefore) => dueBefore !== null);
  return kept.toSorted()[0] ?? null;
}

function ended(endedAt: string, dueAt: string): TimelinessVerdict {
  const endDay = localDay(endedAt);
  const dueDay = localDay(dueAt);
  if (endDay < dueDay) return 'EARLY';
  return endDay === dueDay ? 'ON_TIME' : 'LATE';
}

function unfinished(at: string, dueAt: string): TimelinessVerdict {
  return localDay(at) <= localDay(dueAt) ? 'WITHIN' : 'OVERDUE';
}

function decided(
  result: TimelinessVerdict,
  rule: number,
  dueAt: string | null,
  endedAt: string | null,
): Timeliness {
  return { clock: 'NATIONAL', result, reason: null, rule, dueAt, endedAt };
}

function undecided(
  clock: DossierClock,
  reason: TimelinessReason,
  dueAt: string | null,
  endedAt: string | null,
): Timeliness {
  return { clock, result: null, reason, rule: null, dueAt, endedAt };
}

/** Instants come with and without milliseconds, so their texts do not compare. */
function isBy(instant: string, at: string): boolean {
  return Date.parse(instant) <= Date.parse(at);
}

function waited(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from));
}

function earlier(instant: string, byMs: number): string {
  return new Date(Date.parse(instant) - byMs).toISOString();
}
