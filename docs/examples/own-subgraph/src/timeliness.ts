import { localDay } from '../contract/calendar';
import { type Dossier, endOf, isOver, isReceivedBy } from './dossier';

export type Clock = 'LOCAL' | 'NATIONAL';
export type Verdict = 'EARLY' | 'ON_TIME' | 'LATE' | 'WITHIN' | 'OVERDUE';

/**
 * A dossier against a clock, at an instant; days of Asia/Ho_Chi_Minh are compared. This agency keeps no record of supplements, and
 * without it the national clock (indicator 2.1 of Decision 766) cannot be told: that is said, not guessed.
 */
export function judge(dossier: Dossier, clock: Clock, at: string) {
  const { dueAt } = dossier;
  const end = endOf(dossier);
  const endedAt = end !== null && end <= at ? end : null;
  const undecided = (reason: string, endedAt: string | null) => ({
    clock,
    result: null,
    reason,
    dueAt,
    endedAt,
  });
  if (!isReceivedBy(dossier, at)) return undecided('NOT_RECEIVED', null);
  if (end === null && isOver(dossier)) return undecided('END_UNKNOWN', null);
  if (clock === 'NATIONAL') return undecided('SUPPLEMENTS_UNKNOWN', endedAt);
  if (dueAt === null) return undecided('NO_DUE_DATE', endedAt);
  return { clock, result: verdict(dueAt, endedAt, at), reason: null, dueAt, endedAt };
}

function verdict(dueAt: string, endedAt: string | null, at: string): Verdict {
  const due = localDay(dueAt);
  if (endedAt === null) return localDay(at) <= due ? 'WITHIN' : 'OVERDUE';
  const end = localDay(endedAt);
  return end < due ? 'EARLY' : end === due ? 'ON_TIME' : 'LATE';
}
