import type { Channel } from './dossier';

export type Level = 'MINISTRY' | 'PROVINCE' | 'DISTRICT' | 'COMMUNE' | 'OTHER';

/** A procedure that an agency here publishes, as it publishes it: nothing is corrected. */
export interface Procedure {
  readonly code: string;
  readonly name: string;
  readonly field: string | null;
  readonly levels: readonly Level[];
  readonly channels: readonly Channel[];
  readonly workingDays: number | null;
  readonly feeVnd: number | null;
  readonly decision: string | null;
  /** Who publishes it, and the days (both included) that it holds; null is open. */
  readonly agency: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

export function isValidOn({ validFrom, validTo }: Procedure, day: string): boolean {
  return (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo);
}

/** What is not clean in a row. A full system has more of these: see ProcedureIssueCode. */
export function issuesOf({ name, feeVnd }: Procedure) {
  return [
    ...(feeVnd !== null && feeVnd > 0 && feeVnd < 1_000
      ? [{ code: 'FEE_SUSPECTED_DECIMAL', detail: `Phí ${feeVnd} đồng. A fee of ${feeVnd} VND.` }]
      : []),
    ...(name === name.toUpperCase()
      ? [{ code: 'NAME_NOT_CLEAN', detail: 'Toàn chữ hoa. All capitals.' }]
      : []),
  ];
}
