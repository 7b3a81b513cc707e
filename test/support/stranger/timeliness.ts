import type { StrangerFault } from './faults';
import type { StrangerRow } from './rows';

export interface StrangerVerdict {
  readonly clock: string;
  readonly result: string | null;
  readonly reason: string | null;
  readonly rule: null;
  readonly dueAt: string | null;
  readonly endedAt: string | null;
}

const NOT_OVER = [0, 1, 2, 4, 5, 6];
const VIET_NAM_MS = 7 * 3_600_000;

/** The stranger keeps no record of supplements, so its national verdicts are never known. */
export function verdictOf(
  row: StrangerRow,
  clock: string,
  now: string,
  fault: StrangerFault | null,
): StrangerVerdict {
  const { dueAt } = row;
  const undecided = (reason: string, endedAt: string | null): StrangerVerdict => {
    return { clock, result: null, reason, rule: null, dueAt, endedAt };
  };
  if (!isTakenIn(row, now)) return undecided('NOT_RECEIVED', null);
  if (row.finishedAt === null && isOver(row)) return undecided('END_UNKNOWN', null);
  const endedAt = row.finishedAt !== null && ms(row.finishedAt) <= ms(now) ? row.finishedAt : null;
  if (clock === 'NATIONAL') return undecided('SUPPLEMENTS_UNKNOWN', endedAt);
  if (dueAt === null) return undecided('NO_DUE_DATE', endedAt);
  const day = (instant: string) => dayOf(instant, fault);
  const result = endedAt === null ? unfinished(day(now), day(dueAt)) : ended(day(endedAt), day(dueAt));
  return { clock, result, reason: null, rule: null, dueAt, endedAt };
}

export function isTakenIn({ receivedAt, status }: StrangerRow, now: string): boolean {
  return receivedAt !== null && ms(receivedAt) <= ms(now) && status !== 1;
}

export function isOver({ status }: StrangerRow): boolean {
  return status !== null && !NOT_OVER.includes(status);
}

export function dayOf(instant: string, fault: StrangerFault | null): string {
  const offset = fault === 'judges by days of UTC' ? 0 : VIET_NAM_MS;
  return new Date(ms(instant) + offset).toISOString().slice(0, 10);
}

export function ms(instant: string): number {
  return Date.parse(instant);
}

function unfinished(day: string, due: string): string {
  return day <= due ? 'WITHIN' : 'OVERDUE';
}

function ended(day: string, due: string): string {
  if (day < due) return 'EARLY';
  return day === due ? 'ON_TIME' : 'LATE';
}
