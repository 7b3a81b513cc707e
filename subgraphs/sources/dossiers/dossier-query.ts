import type { DossierChannel } from './dossier-row';

/** Which dossiers. A null or absent part does not restrict; an empty list fits no dossier. Days are of Asia/Ho_Chi_Minh. */
export interface DossierCriteria {
  /** Canonical codes of receiving agencies. */
  readonly agencies?: readonly string[] | null;
  readonly procedures?: readonly string[] | null;
  readonly fields?: readonly string[] | null;
  readonly statuses?: readonly number[] | null;
  readonly channels?: readonly DossierChannel[] | null;
  /** By the local clock, at `now` of the query. */
  readonly timeliness?: readonly TimelinessVerdict[] | null;
  readonly receivedFrom?: string | null;
  readonly receivedTo?: string | null;
  readonly dueFrom?: string | null;
  readonly dueTo?: string | null;
}

export const TIMELINESS_VERDICTS = ['EARLY', 'ON_TIME', 'LATE', 'WITHIN', 'OVERDUE'] as const;

export type TimelinessVerdict = (typeof TIMELINESS_VERDICTS)[number];

export type DossierClock = 'LOCAL' | 'NATIONAL';

export type DossierOrderName = 'RECEIVED_DESC' | 'RECEIVED_ASC' | 'DUE_ASC' | 'DUE_DESC';

/** Where a page starts: after this place in the order. Nulls stand last in both directions; ties go by agency, then code, bytewise. */
export interface DossierPlace {
  readonly value: string | null;
  readonly agency: string;
  readonly code: string;
}

export interface DossierPageQuery {
  readonly criteria: DossierCriteria;
  readonly order: DossierOrderName;
  readonly after: DossierPlace | null;
  readonly limit: number;
  /** ISO UTC. */
  readonly now: string;
}

export interface DossierCountQuery {
  readonly criteria: DossierCriteria;
  readonly now: string;
}

export type PerformanceGrouping = 'agency' | 'field' | 'procedure' | 'month' | 'channel';

/** One pass over the dossiers: figures for every pair of `splitBy` and `groupBy` keys. */
export interface PerformanceQuery {
  readonly criteria: Pick<DossierCriteria, 'agencies' | 'procedures' | 'fields' | 'channels'>;
  readonly clock: DossierClock;
  /** The period, both days included; null = since the beginning, until now. */
  readonly from: string | null;
  readonly to: string | null;
  readonly now: string;
  /** The objects that share this query. */
  readonly splitBy: 'agency' | 'procedure' | null;
  readonly groupBy: PerformanceGrouping | null;
}

export interface PerformanceRow {
  /** null where nothing splits. */
  readonly split: string | null;
  /** null where nothing groups, and for the dossiers that lack the key. */
  readonly key: string | null;
  readonly counts: PerformanceCounts;
}

/** Whole numbers that add up: over groups, over agencies, over systems. */
export interface PerformanceCounts {
  readonly received: number;
  readonly carriedOver: number;
  readonly receivedDirect: number;
  readonly receivedOnline: number;
  readonly receivedPostal: number;
  readonly finished: number;
  readonly finishedEarly: number;
  readonly finishedOnTime: number;
  readonly finishedLate: number;
  readonly finishedUndetermined: number;
  readonly inProgress: number;
  readonly inProgressWithin: number;
  readonly inProgressOverdue: number;
  readonly inProgressUndetermined: number;
  readonly workingDays: number;
}
