/** What stands where an applicant's name would be: nobody may take a generated row for a person's. */
export const SYNTHETIC_APPLICANT = 'HỒ SƠ GIẢ LẬP';

export type SyntheticChannel = 'DIRECT' | 'ONLINE' | 'POSTAL';

/** A generated dossier, before it is written in the layout of some system. Instants are ISO UTC, whole seconds. */
export interface SyntheticDossier {
  readonly code: string;
  readonly aliases: readonly string[];
  readonly procedureCode: string;
  readonly procedureName: string;
  readonly field: string | null;
  /** Canonical codes. The receiving agency decides in which system the dossier lives. */
  readonly receivingAgency: string;
  readonly handlingAgency: string;
  /** The national number, 0 to 10. */
  readonly status: number;
  readonly channel: SyntheticChannel;
  readonly applicant: typeof SYNTHETIC_APPLICANT;
  readonly submittedAt: string;
  readonly receivedAt: string | null;
  readonly dueAt: string | null;
  readonly finishedAt: string | null;
  readonly returnedAt: string | null;
  readonly refusedAt: string | null;
  readonly supplements: readonly SyntheticSupplement[];
  readonly steps: readonly SyntheticStep[];
}

export interface SyntheticSupplement {
  readonly requestedAt: string;
  readonly completedAt: string | null;
  readonly dueBefore: string | null;
  readonly dueAfter: string | null;
}

export interface SyntheticStep {
  readonly at: string;
  readonly status: number;
  /** A unit, never a person. */
  readonly unit: string;
  readonly dueAt: string | null;
}
