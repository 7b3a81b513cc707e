/** A dossier of this agency. Names, addresses and numbers of people never leave the agency: the contract has no field for them. */
export interface Dossier {
  readonly code: string;
  readonly aliases: readonly string[];
  readonly procedure: string | null;
  readonly field: string | null;
  /** Canonical codes of agencies. */
  readonly receivingAgency: string;
  readonly handlingAgency: string | null;
  readonly status: DossierStatus | null;
  readonly channel: Channel | null;
  /** Instants are ISO UTC with milliseconds. */
  readonly submittedAt: string | null;
  readonly receivedAt: string | null;
  readonly dueAt: string | null;
  readonly finishedAt: string | null;
  readonly returnedAt: string | null;
  readonly refusedAt: string | null;
  readonly isSynthetic: boolean;
}

/** In the order of the national numbers, 0 to 10. */
export const STATUSES = [
  'IN_TRANSFER',
  'NEWLY_REGISTERED',
  'RECEIVED',
  'NOT_ACCEPTED',
  'IN_PROGRESS',
  'SUPPLEMENT_REQUESTED',
  'FINANCIAL_OBLIGATION',
  'WITHDRAWN',
  'STOPPED',
  'COMPLETED',
  'RESULT_RETURNED',
] as const;
export type DossierStatus = (typeof STATUSES)[number];

export type Channel = 'DIRECT' | 'ONLINE' | 'POSTAL';

/** Work is over, whether or not a date says when. */
const ENDED: readonly (DossierStatus | null)[] = [
  'NOT_ACCEPTED',
  'WITHDRAWN',
  'STOPPED',
  'COMPLETED',
  'RESULT_RETURNED',
];

export function isOver({ status }: Dossier): boolean {
  return ENDED.includes(status);
}

/** What ends a dossier, by precedence. */
export function endOf({ finishedAt, returnedAt, refusedAt }: Dossier): string | null {
  return finishedAt ?? returnedAt ?? refusedAt;
}

/** Somebody has taken it in by then. */
export function isReceivedBy({ receivedAt, status }: Dossier, at: string): boolean {
  return receivedAt !== null && receivedAt <= at && status !== 'NEWLY_REGISTERED';
}
