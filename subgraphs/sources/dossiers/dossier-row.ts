export type DossierChannel = 'DIRECT' | 'ONLINE' | 'POSTAL';

/** A dossier as a source answers it, in our terms. Instants are ISO UTC with milliseconds, `2024-06-28T03:00:00.000Z`. */
export interface DossierRow {
  readonly code: string;
  readonly aliases: readonly string[];
  readonly procedure: string | null;
  readonly field: string | null;
  /** Canonical agency codes. */
  readonly receivingAgency: string;
  readonly handlingAgency: string | null;
  /** The national number; null when the system's word is not in the mapping. */
  readonly status: number | null;
  readonly channel: DossierChannel | null;
  readonly submittedAt: string | null;
  readonly receivedAt: string | null;
  readonly dueAt: string | null;
  readonly finishedAt: string | null;
  readonly returnedAt: string | null;
  readonly refusedAt: string | null;
  readonly isSynthetic: boolean;
  /** By which the source finds the supplements and steps of this dossier; means nothing outside it. */
  readonly supplementsKey: DossierKey | null;
  readonly stepsKey: DossierKey | null;
}

export type DossierKey = string | number;

export interface SupplementRow {
  readonly requestedAt: string;
  readonly completedAt: string | null;
  readonly dueBefore: string | null;
  readonly dueAfter: string | null;
}

export interface DossierStepRow {
  readonly at: string;
  readonly status: number | null;
  readonly unit: string | null;
  readonly dueAt: string | null;
}

/** Statuses of a dossier that nobody has taken in yet. */
export const NEWLY_REGISTERED = 1;
export const NOT_ACCEPTED = 3;

/** Not accepted, withdrawn, stopped, completed, returned: work on the dossier is over, whether or not a date says when. */
export const ENDED_STATUSES: readonly number[] = [NOT_ACCEPTED, 7, 8, 9, 10];
