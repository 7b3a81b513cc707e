import {
  competenceOn,
  type ProcedureRecord,
  type ProcessingTime,
} from '../sources/catalogue/procedure-record';
import type { NumberingHabit } from './dossier-numbering';
import type { ProvinceAgency } from './province-agency';
import type { WorkloadDescription } from './province-layout';

/** One office where people hand in dossiers. */
export interface WorkloadAgency extends NumberingHabit {
  /** Relative number of dossiers. */
  readonly volume: number;
}

export interface WorkloadProcedure {
  readonly code: string;
  readonly name: string;
  readonly field: string | null;
  /** Relative number of dossiers among the procedures of one office. */
  readonly weight: number;
  readonly limit:
    { readonly workingDays: number } | { readonly calendarDays: number } | { readonly hours: number };
  /** Canonical codes of the agencies that decide. */
  readonly handlers: readonly string[];
}

export interface Workload {
  readonly agencies: readonly WorkloadAgency[];
  readonly procedures: readonly WorkloadProcedure[];
}

export interface WorkloadParts {
  readonly description: WorkloadDescription;
  /** Those that receive dossiers. */
  readonly receivers: readonly ProvinceAgency[];
  readonly procedures: readonly ProcedureRecord[];
  /** The day whose competences hold. */
  readonly today: string;
}

/** How busy which office is, and with what: the description of the province applied to its agencies and catalogue. */
export function createWorkload({ description, receivers, procedures, today }: WorkloadParts): Workload {
  return {
    agencies: receivers.map((agency) => toWorkloadAgency(agency, description)),
    procedures: procedures.flatMap((record) => toWorkloadProcedure(record, description, today)),
  };
}

function toWorkloadAgency(
  { key, code, formerCode }: ProvinceAgency,
  { volumes, otherVolume, numbering }: WorkloadDescription,
): WorkloadAgency {
  return {
    code,
    formerCode,
    volume: volumes[key] ?? otherVolume,
    formerNotationUntil: numbering.keepFormerNotation.includes(key)
      ? '9999-12-31'
      : numbering.formerNotationUntil,
    counterDigits: numbering.sevenDigits.includes(key) ? 7 : 4,
    ownRegister: numbering.ownRegister[key] ?? null,
  };
}

function toWorkloadProcedure(
  record: ProcedureRecord,
  { popular, usualDays }: WorkloadDescription,
  today: string,
): readonly WorkloadProcedure[] {
  const competence = competenceOn(record, today);
  if (competence === undefined) return [];
  const handlers =
    competence.implementingAgencies.length > 0 ? competence.implementingAgencies : [competence.agency];
  const weight = popular.find(({ named }) => isNamed(record.name, named))?.weight ?? 1;
  return [
    {
      code: record.code,
      name: record.name,
      field: record.field,
      weight,
      limit: toLimit(record.time, usualDays),
      handlers,
    },
  ];
}

/** Whether a procedure's name has one of the phrases in it; case does not count. */
export function isNamed(name: string, phrases: readonly string[]): boolean {
  const text = name.normalize('NFC').toLowerCase();
  return phrases.some((phrase) => text.includes(phrase.normalize('NFC').toLowerCase()));
}

/** Where the national data has a number without a unit, an office takes it for working days. */
function toLimit(time: ProcessingTime | null, usualDays: number): WorkloadProcedure['limit'] {
  if (time === null || time.value <= 0) return { workingDays: usualDays };
  switch (time.unit) {
    case 'HOUR':
      return { hours: time.value };
    case 'CALENDAR_DAY':
      return { calendarDays: Math.ceil(time.value) };
    case 'MONTH':
      return { calendarDays: Math.ceil(time.value * 30) };
    case 'WORKING_DAY':
    case 'UNIT_MISSING':
      return time.value < 1 ? { hours: time.value * 8 } : { workingDays: Math.ceil(time.value) };
  }
}
