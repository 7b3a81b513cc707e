/** Levels of the national procedure database (cấp thực hiện). */
export const PROCEDURE_LEVELS = ['MINISTRY', 'PROVINCE', 'DISTRICT', 'COMMUNE', 'OTHER'] as const;
export type ProcedureLevel = (typeof PROCEDURE_LEVELS)[number];

/** National channel numbers 1, 2, 3 (kênh thực hiện), in that order. */
export const CHANNELS = ['DIRECT', 'ONLINE', 'POSTAL'] as const;
export type Channel = (typeof CHANNELS)[number];

/** UNIT_MISSING is a fact of the national data: a number that no unit follows. */
export const TIME_UNITS = ['WORKING_DAY', 'CALENDAR_DAY', 'HOUR', 'MONTH', 'UNIT_MISSING'] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];

/** Since Decree 42/2022: toàn trình and một phần. */
export const ONLINE_LEVELS = ['FULL', 'PARTIAL'] as const;
export type OnlineLevel = (typeof ONLINE_LEVELS)[number];

export interface ProcessingTime {
  readonly value: number;
  readonly unit: TimeUnit;
}

export interface ProcedureChannel {
  readonly channel: Channel;
  readonly time: ProcessingTime | null;
}

export interface FeeRange {
  readonly minVnd: number;
  readonly maxVnd: number;
}

/** Who publishes a procedure, and since when: days are inclusive, null is open. */
export interface Competence {
  readonly agency: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  /** The agencies that carry it out when they are not the publishing one. Canonical codes. */
  readonly implementingAgencies: readonly string[];
}

/**
 * One administrative procedure as every part of the project understands it, whatever table it came from. Values are those
 * of the source, never corrected; null means that the source says nothing.
 */
export interface ProcedureRecord {
  readonly code: string;
  /** The source had no national code and the province numbered the row itself. */
  readonly hasLocalCode: boolean;
  readonly name: string;
  readonly field: string | null;
  readonly levels: readonly ProcedureLevel[];
  /** One of `levels`, and the source does not say which ("huyện/xã"). */
  readonly isEitherLevel: boolean;
  readonly agencyKind: string | null;
  /** What the national data writes as executing agency: often one of another province, so it never routes. */
  readonly performingAgency: string | null;
  readonly channels: readonly ProcedureChannel[];
  readonly time: ProcessingTime | null;
  /** One range for all channels: the source does not divide it. */
  readonly fee: FeeRange | null;
  readonly workingDays: number | null;
  readonly isOnlineAvailable: boolean | null;
  readonly onlineLevel: OnlineLevel | null;
  readonly legalBasis: readonly string[];
  readonly decision: string | null;
  readonly result: string | null;
  readonly applicants: string | null;
  readonly era: string | null;
  readonly source: string | null;
  readonly certainty: string | null;
  readonly note: string | null;
  /** In the order of time; never overlapping. */
  readonly competences: readonly Competence[];
}

/** The competence that holds on a day, or undefined when nobody has it then. */
export function competenceOn(record: ProcedureRecord, day: string): Competence | undefined {
  return record.competences.find(
    ({ validFrom, validTo }) =>
      (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo),
  );
}
