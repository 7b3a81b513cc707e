import type { PerformanceCounts } from './dossier-query';

export const COUNT_NAMES = [
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
  'workingDays',
] as const satisfies readonly (keyof PerformanceCounts)[];

export function countsOf(count: (name: keyof PerformanceCounts) => number): PerformanceCounts {
  // COUNT_NAMES lists every name of PerformanceCounts.
  return Object.fromEntries(COUNT_NAMES.map((name) => [name, count(name)])) as unknown as PerformanceCounts;
}

export function addCounts(a: PerformanceCounts, b: PerformanceCounts): PerformanceCounts {
  return countsOf((name) => a[name] + b[name]);
}

export const NO_COUNTS: PerformanceCounts = countsOf(() => 0);
