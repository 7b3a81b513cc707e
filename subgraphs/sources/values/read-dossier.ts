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
import type { RowProblem, RowProblemCode } from '../source-problem';
import { exactTextOf, textOf } from './cell-text';
import { type CodedMapping, compileCoded, compileCondition, compileStatus } from './coded-value';
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
  const isDeleted = mapping.deleted && compileCondition(mapping.deleted);
  const readRow = compileRow(mapping, matchProcedure);
  return ({ record: raw, place }) => {
    const problems = new RowProblems(place);
    const record = computed.addTo(raw, problems);
    const code = textOf(record[mapping.code]);
    const { ours: agency, text } = receiving.read(record);
    const key = code === null || agency === null ? null : { agency, code };
    if (isDeleted?.(record) === true) return { place, row: null, deleted: key, problems: [] };
    if (code === null) problems.add('ROW_NO_CODE', mapping.code, null);
    if (agency === null) problems.add('ROW_UNKNOWN_AGENCY', receiving.column, text);
    const row = key && readRow(record, key, problems);
    return { place, row, deleted: null, problems: problems.list };
  };
}

type ReadRow = (record: RawRecord, key: CopiedKey, problems: RowProblems) => CopiedDossier;

function compileRow(mapping: CopiedDossiersMapping, matchProcedure: MatchProcedure | undefined): ReadRow {
  const status = compileStatus(mapping.status);
  const handling = compileOptional(mapping.handlingAgency, 'ROW_UNKNOWN_HANDLING_AGENCY');
  const channel = compileOptional(mapping.channel, 'ROW_UNKNOWN_CHANNEL');
  const { synthetic } = mapping;
  const isSynthetic = 'constant' in synthetic ? () => synthetic.constant : compileCondition(synthetic);
  const procedure = compileProcedureOf(mapping.procedure, matchProcedure);
  const field = compileText(mapping.field, exactTextOf);
  const dates = compileDates(mapping);
  const supplements = mapping.supplements && compileSupplements(mapping.supplements);
  const steps = mapping.steps && compileSteps(mapping.steps);
  return (record, { agency, code }, problems) => {
    const word = status.read(record);
    if (word.status === null) problems.add('ROW_UNKNOWN_STATUS', status.columns.join(' / '), word.text);
    const receivedAt = dates.received(record, problems);
    if (receivedAt === null && wasTakenIn(word.status)) {
      problems.add('ROW_NO_RECEIVED_DATE', mapping.dates.received.column, null);
    }
    return {
      code,
      aliases: mapping.aliases.map((alias) => textOf(record[alias])).filter((alias) => alias !== null),
      procedure: procedure(record, problems),
      field: field(record),
      receivingAgency: agency,
      handlingAgency: handling(record, problems),
      status: word.status,
      channel: channel(record, problems),
      submittedAt: dates.submitted(record, problems),
      receivedAt,
      dueAt: dates.due(record, problems),
      finishedAt: dates.finished(record, problems),
      returnedAt: dates.returned(record, problems),
      refusedAt: dates.refused(record, problems),
      isSynthetic: isSynthetic(record),
      supplements: supplements && supplements(record, problems),
      steps: steps && steps(record, problems),
      updatedAt: dates.updated(record, problems),
    };
  };
}

/** A coded value that a dossier may lack; one that the mapping does not know is told and left out. */
function compileOptional<Ours extends string>(
  mapping: CodedMapping<Ours> | null,
  unknown: RowProblemCode,
): (record: RawRecord, problems: RowProblems) => Ours | null {
  if (mapping === null) return () => null;
  const coded = compileCoded(mapping);
  return (record, problems) => {
    const { ours, text } = coded.read(record);
    if (ours === null && text !== null) problems.add(unknown, coded.column, text);
    return ours;
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

function compileText(text: TextMapping | null, read: typeof textOf): (record: RawRecord) => string | null {
  if (text === null) return () => null;
  const name = nameOfText(text);
  return (record) => read(record[name]);
}

function compileProcedureOf(
  procedure: ProcedureMapping | null,
  match: MatchProcedure | undefined,
): (record: RawRecord, problems: RowProblems) => string | null {
  const read = compileText(procedure, textOf);
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
