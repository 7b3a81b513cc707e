import type { LocatedRecord, RawRecord } from '../copy/record-reader';
import type { ProcedureMapping, TextMapping } from '../dossiers/dossier-mapping';
import {
  type DossierRow,
  type DossierStepRow,
  NEWLY_REGISTERED,
  NOT_ACCEPTED,
  type SupplementRow,
} from '../dossiers/dossier-row';
import type { CopiedDossiersMapping } from '../mapping/system-mapping';
import type { RowProblem } from '../source-problem';
import { textOf } from './cell-text';
import { compileCoded, compileCondition, compileStatus } from './coded-value';
import { compileComputed } from './computed-columns';
import type { MatchProcedure } from './procedure-matcher';
import { compileDate, type ReadDate } from './read-date';
import { compileSteps, compileSupplements } from './read-nested';
import { RowProblems } from './shown-value';

/** A dossier that is copied, with the records that belong to it; null where its system keeps none. */
export interface CopiedDossier extends Omit<DossierRow, 'supplementsKey' | 'stepsKey'> {
  readonly supplements: readonly SupplementRow[] | null;
  readonly steps: readonly DossierStepRow[] | null;
  readonly updatedAt: string | null;
}

/** By what a row is known: a code is unique with its issuer only. */
export interface CopiedKey {
  readonly agency: string;
  readonly code: string;
}

export interface ReadDossier {
  readonly place: string;
  /** null for a row that is not served: one of its problems refuses it, or it is deleted. */
  readonly row: CopiedDossier | null;
  /** The row was deleted by its flag, and whose it is can still be told. */
  readonly deleted: CopiedKey | null;
  readonly problems: readonly RowProblem[];
}

export type DossierReader = (located: LocatedRecord) => ReadDossier;

export interface DossierReaderOptions {
  /** For dossiers that name their procedure; needed where the mapping says `byName`. */
  readonly matchProcedure?: MatchProcedure;
}

/** Reads dossiers of one mapping from raw records. Never throws for what is in a record. */
export function compileDossiers(
  mapping: CopiedDossiersMapping,
  { matchProcedure }: DossierReaderOptions = {},
): DossierReader {
  const computed = compileComputed(mapping.computed);
  const receiving = compileCoded(mapping.receivingAgency);
  const handling = mapping.handlingAgency && compileCoded(mapping.handlingAgency);
  const channel = mapping.channel && compileCoded(mapping.channel);
  const status = compileStatus(mapping.status);
  const isDeleted = mapping.deleted && compileCondition(mapping.deleted);
  const isSynthetic =
    'constant' in mapping.synthetic ? mapping.synthetic.constant : compileCondition(mapping.synthetic);
  const procedure = compileProcedureOf(mapping.procedure, matchProcedure);
  const field = compileText(mapping.field);
  const dates = compileDates(mapping);
  const supplements = mapping.supplements && compileSupplements(mapping.supplements);
  const steps = mapping.steps && compileSteps(mapping.steps);

  return ({ record: raw, place }) => {
    const problems = new RowProblems(place);
    const record = computed.addTo(raw, problems);
    const code = textOf(record[mapping.code]);
    const agency = receiving.read(record);
    if (isDeleted?.(record) === true) {
      const key = code === null || agency.ours === null ? null : { agency: agency.ours, code };
      return { place, row: null, deleted: key, problems: [] };
    }
    if (code === null) problems.add('ROW_NO_CODE', mapping.code, null);
    if (agency.ours === null) problems.add('ROW_UNKNOWN_AGENCY', receiving.column, agency.text);
    if (code === null || agency.ours === null)
      return { place, row: null, deleted: null, problems: problems.list };

    const word = status.read(record);
    if (word.status === null) problems.add('ROW_UNKNOWN_STATUS', status.columns.join(' / '), word.text);
    const receivedAt = dates.received(record, problems);
    if (receivedAt === null && wasTakenIn(word.status)) {
      problems.add('ROW_NO_RECEIVED_DATE', mapping.dates.received.column, null);
    }
    const handler = handling?.read(record);
    if (handler?.ours === null && handler.text !== null) {
      problems.add('ROW_UNKNOWN_HANDLING_AGENCY', handling?.column ?? null, handler.text);
    }
    const way = channel?.read(record);
    if (way?.ours === null && way.text !== null) {
      problems.add('ROW_UNKNOWN_CHANNEL', channel?.column ?? null, way.text);
    }
    const row: CopiedDossier = {
      code,
      aliases: mapping.aliases.map((alias) => textOf(record[alias])).filter((alias) => alias !== null),
      procedure: procedure(record, problems),
      field: field(record),
      receivingAgency: agency.ours,
      handlingAgency: handler?.ours ?? null,
      status: word.status,
      channel: way?.ours ?? null,
      submittedAt: dates.submitted(record, problems),
      receivedAt,
      dueAt: dates.due(record, problems),
      finishedAt: dates.finished(record, problems),
      returnedAt: dates.returned(record, problems),
      refusedAt: dates.refused(record, problems),
      isSynthetic: typeof isSynthetic === 'boolean' ? isSynthetic : isSynthetic(record),
      supplements: supplements === null ? null : supplements(record, problems),
      steps: steps === null ? null : steps(record, problems),
      updatedAt: dates.updated(record, problems),
    };
    return { place, row, deleted: null, problems: problems.list };
  };
}

/** Whoever has not taken a dossier in has no date of it. */
function wasTakenIn(status: number | null): boolean {
  return status !== null && status !== NEWLY_REGISTERED && status !== NOT_ACCEPTED;
}

function compileDates({
  dates,
  updatedAt,
}: CopiedDossiersMapping): Record<keyof CopiedDossiersMapping['dates'] | 'updated', ReadDate> {
  return {
    submitted: compileDate(dates.submitted),
    received: compileDate(dates.received),
    due: compileDate(dates.due),
    finished: compileDate(dates.finished),
    returned: compileDate(dates.returned),
    refused: compileDate(dates.refused),
    updated: compileDate(updatedAt),
  };
}

/** The name under which a record has a text: that of its column, or of where the system's own tables lead it. */
export function nameOfText({ column, through }: TextMapping): string {
  const last = through.at(-1);
  return last === undefined ? column : `${column} > ${last.table}.${last.value}`;
}

function compileText(text: TextMapping | null): (record: RawRecord) => string | null {
  if (text === null) return () => null;
  const name = nameOfText(text);
  return (record) => textOf(record[name]);
}

function compileProcedureOf(
  procedure: ProcedureMapping | null,
  match: MatchProcedure | undefined,
): (record: RawRecord, problems: RowProblems) => string | null {
  const read = compileText(procedure);
  if (procedure === null || procedure.byName === null) return read;
  if (match === undefined) {
    throw new TypeError('Procedures are told by name here, and no catalogue was given to match them with');
  }
  return (record, problems) => {
    const name = read(record);
    if (name === null) return null;
    const found = match(name);
    if (found === null) problems.add('ROW_UNKNOWN_PROCEDURE', procedure.column, name);
    else if ('doubtful' in found) problems.add('ROW_DOUBTFUL_PROCEDURE', procedure.column, name);
    else return found.code;
    return null;
  };
}
