import type {
  Channel,
  Competence,
  ProcedureRecord,
  ProcessingTime,
  TimeUnit,
} from '../../sources/catalogue/procedure-record';
import type { DossierRow, DossierStepRow, SupplementRow } from '../../sources/dossiers/dossier-row';
import type { WrittenAgency } from '../dossier-writer';
import type { SyntheticDossier } from '../synthetic-dossier';
import { SYNTHETIC_APPLICANT } from '../synthetic-dossier';

/** A dossier before a service writes it in its own words. Instants are ISO UTC, whole seconds. */
export interface ServedDossier extends Omit<DossierRow, 'supplementsKey' | 'stepsKey'> {
  readonly procedureName: string | null;
  readonly supplements: readonly SupplementRow[];
  readonly steps: readonly DossierStepRow[];
  readonly updatedAt: string;
}

/** What a service serves. The lists are asked for anew with each call, so that they may change while it runs. */
export interface ServedRows {
  readonly dossiers: () => readonly ServedDossier[];
  readonly procedures: () => readonly ProcedureRecord[];
  /** Every agency that receives or handles; also how the service names it. */
  readonly agencies: readonly WrittenAgency[];
}

/** What stands in the columns of a person: no generated row may be taken for one. */
export const APPLICANT = SYNTHETIC_APPLICANT;

export function servedDossier(dossier: SyntheticDossier): ServedDossier {
  return {
    ...dossier,
    procedure: dossier.procedureCode,
    isSynthetic: true,
    updatedAt: lastChange(dossier),
  };
}

function lastChange(dossier: SyntheticDossier): string {
  const { submittedAt, receivedAt, finishedAt, returnedAt, refusedAt, steps, supplements } = dossier;
  const moments = [
    receivedAt,
    finishedAt,
    returnedAt,
    refusedAt,
    ...steps.map(({ at }) => at),
    ...supplements.flatMap(({ requestedAt, completedAt }) => [requestedAt, completedAt]),
  ];
  return moments.reduce<string>((last, at) => (at !== null && at > last ? at : last), submittedAt);
}

export interface Slice {
  readonly start: number;
  readonly end: number;
}

/** How the service names an agency; throws for one that it was not told of. */
export function agencyNames(
  agencies: readonly WrittenAgency[],
  nameOf: (agency: WrittenAgency) => string,
): (code: string | null) => string | null {
  const names = new Map(agencies.map((agency) => [agency.code, nameOf(agency)]));
  return (code) => {
    if (code === null) return null;
    const name = names.get(code);
    if (name === undefined) throw new Error(`The service knows no agency "${code}"`);
    return name;
  };
}

export function changedSince(
  dossiers: readonly ServedDossier[],
  instantMs: number | null,
): readonly ServedDossier[] {
  if (instantMs === null || Number.isNaN(instantMs)) return dossiers;
  return dossiers.filter(({ updatedAt }) => Date.parse(updatedAt) >= instantMs);
}

export function pageOf<Row>(rows: readonly Row[], { start, end }: Slice): readonly Row[] {
  return rows.slice(Math.max(0, start), Math.max(0, end));
}

/** A line of a published catalogue: a procedure and who publishes it, and while it does. */
export interface PublishedProcedure {
  readonly procedure: ProcedureRecord;
  readonly competence: Competence;
}

export function publishedProcedures(procedures: readonly ProcedureRecord[]): readonly PublishedProcedure[] {
  return procedures.flatMap((procedure) =>
    procedure.competences.map((competence) => ({ procedure, competence })),
  );
}

/** `5 Ngày làm việc`, in the words of the service; null where the channel has no time of its own. */
export function channelTime(
  { channels }: ProcedureRecord,
  channel: Channel,
  units: Readonly<Record<TimeUnit, string>>,
): string | null {
  const time: ProcessingTime | null = channels.find((one) => one.channel === channel)?.time ?? null;
  return time === null ? null : `${time.value} ${units[time.unit]}`.trimEnd();
}

/** Levels in the words of the service, with another separator when one of them is meant and nobody knows which. */
export function levelText(
  { levels, isEitherLevel }: ProcedureRecord,
  words: Readonly<Record<ProcedureRecord['levels'][number], string>>,
): string {
  return levels.map((level) => words[level]).join(isEitherLevel ? '/' : ';');
}
