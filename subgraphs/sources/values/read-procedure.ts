import {
  CHANNELS,
  type Competence,
  type ProcedureChannel,
  type ProcedureRecord,
  type ProcessingTime,
} from '../catalogue/procedure-record';
import type { LocatedRecord, RawRecord } from '../copy/record-reader';
import type { DateMapping } from '../dossiers/dossier-mapping';
import type { ProceduresMapping } from '../mapping/system-mapping';
import type { RowProblem } from '../source-problem';
import { exactTextOf, textOf } from './cell-text';
import { compileCoded, compileCondition } from './coded-value';
import { compileComputed } from './computed-columns';
import { compileInstant, localDayOf } from './instant';
import { compileWords, type ProcedureWords } from './procedure-words';
import { compileFee } from './read-fee';
import { RowProblems } from './shown-value';

export interface ReadProcedure {
  readonly place: string;
  /** With exactly one competence: who publishes this row, and while it is valid. */
  readonly record: ProcedureRecord | null;
  /** The row was deleted by its flag. */
  readonly deleted: {
    readonly code: string;
    readonly agency: string;
    readonly validFrom: string | null;
  } | null;
  readonly problems: readonly RowProblem[];
}

export type ProcedureReader = (located: LocatedRecord) => ReadProcedure;

/** Reads procedures of one mapping from raw records; `agencies` are those of the system. Values are never corrected. */
export function compileProcedures(mapping: ProceduresMapping, agencies: readonly string[]): ProcedureReader {
  const computed = compileComputed(mapping.computed);
  const publisher = compileCoded(mapping.publishedBy ?? { constant: agencies[0] ?? '' });
  const isDeleted = mapping.deleted && compileCondition(mapping.deleted);
  const validFrom = compileDay(mapping.validFrom);
  const validTo = compileDay(mapping.validTo);
  const values = compileValues(mapping);
  return ({ record: raw, place }) => {
    const problems = new RowProblems(place);
    const record = computed.addTo(raw, problems);
    const code = textOf(record[mapping.columns.code]);
    const { ours: agency, text } = publisher.read(record);
    if (code === null) problems.add('ROW_NO_CODE', mapping.columns.code, null);
    if (agency === null) problems.add('ROW_UNKNOWN_AGENCY', publisher.column, text);
    if (code === null || agency === null) {
      const wasDeleted = isDeleted?.(record) === true;
      return { place, record: null, deleted: null, problems: wasDeleted ? [] : problems.list };
    }
    const competence: Competence = {
      agency,
      validFrom: validFrom(record, problems),
      validTo: validTo(record, problems),
      implementingAgencies: [],
    };
    if (isDeleted?.(record) === true) {
      return {
        place,
        record: null,
        deleted: { code, agency, validFrom: competence.validFrom },
        problems: [],
      };
    }
    const name = exactTextOf(record[mapping.columns.name]);
    return {
      place,
      record: { ...values(record, problems), code, name: name ?? code, competences: [competence] },
      deleted: null,
      problems: problems.list,
    };
  };
}

type ProcedureValues = Omit<ProcedureRecord, 'code' | 'name' | 'competences'>;

function compileValues(
  mapping: ProceduresMapping,
): (record: RawRecord, problems: RowProblems) => ProcedureValues {
  const { columns, separators } = mapping;
  const words = compileWords(mapping);
  const text = compileTexts(mapping, textOf);
  // What people wrote is told as it was written; codes, words and numbers have no spaces around them.
  const exact = compileTexts(mapping, exactTextOf);
  const fee = compileFee(mapping, text);
  const time = compileTime(mapping, words, text);
  const channels = compileChannels(mapping, words, text);
  return (record, problems) => {
    const levels = text(record, columns.levels) ?? '';
    const isEitherLevel = levels.includes(separators.eitherLevel);
    const isTrue = (column: string | undefined) => wordOf(text(record, column), words.boolean);
    return {
      hasLocalCode: isTrue(columns.hasLocalCode) ?? false,
      field: exact(record, columns.field),
      levels: items(levels, isEitherLevel ? separators.eitherLevel : separators.levels).map(
        (word) => words.level(word) ?? 'OTHER',
      ),
      isEitherLevel,
      agencyKind: text(record, columns.agencyKind),
      performingAgency: exact(record, columns.performingAgency),
      channels: channels(record),
      time: time(record, problems),
      fee: fee(record, problems),
      workingDays: numberOf(text(record, columns.workingDays), columns.workingDays, problems),
      isOnlineAvailable: isTrue(columns.isOnlineAvailable),
      onlineLevel: wordOf(text(record, columns.onlineLevel), words.onlineLevel),
      legalBasis: items(text(record, columns.legalBasis) ?? '', separators.legalBasis),
      decision: exact(record, columns.decision),
      result: exact(record, columns.result),
      applicants: exact(record, columns.applicants),
      era: text(record, columns.era),
      source: exact(record, columns.source),
      certainty: text(record, columns.certainty),
      note: exact(record, columns.note),
    };
  };
}

/** The text of a column that may not be mapped; null too where the system writes that it knows nothing. */
export type ReadText = (record: RawRecord, column: string | undefined) => string | null;

function compileTexts({ absentTexts }: ProceduresMapping, read: typeof textOf): ReadText {
  const absent = new Set(absentTexts.map((text) => text.trim().normalize('NFC')));
  return (record, column) => {
    const text = column === undefined ? null : read(record[column]);
    return text === null || absent.has(text.trim()) ? null : text;
  };
}

function wordOf<Value>(text: string | null, read: (word: string) => Value | null): Value | null {
  return text === null ? null : read(text);
}

function items(text: string, separator: string): readonly string[] {
  return text
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function compileChannels(
  { columns, separators, channelTimes }: ProceduresMapping,
  words: ProcedureWords,
  text: ReadText,
): (record: RawRecord) => readonly ProcedureChannel[] {
  return (record) => {
    const named = items(text(record, columns.channels) ?? '', separators.channels).map(words.channel);
    const timed = new Map(
      CHANNELS.map((channel) => [channel, phrase(text(record, channelTimes[channel]), words)] as const),
    );
    const present = [...named, ...CHANNELS.filter((channel) => timed.get(channel) != null)];
    return [...new Set(present)].flatMap((channel) =>
      channel === null ? [] : [{ channel, time: timed.get(channel) ?? null }],
    );
  };
}

function compileTime(
  { time }: ProceduresMapping,
  words: ProcedureWords,
  text: ReadText,
): (record: RawRecord, problems: RowProblems) => ProcessingTime | null {
  switch (time?.kind) {
    case undefined:
      return () => null;
    case 'phrase':
      return (record) => phrase(text(record, time.column), words);
    case 'number':
      return (record, problems) => {
        const value = numberOf(text(record, time.column), time.column, problems);
        return value === null ? null : { value, unit: time.unit };
      };
    case 'pair':
      return (record, problems) => {
        const value = numberOf(text(record, time.value), time.value, problems);
        if (value === null) return null;
        return { value, unit: wordOf(text(record, time.unit), words.timeUnit) ?? 'UNIT_MISSING' };
      };
  }
}

/** "5 ngày làm việc", "Không quá 05 (năm) ngày": a number and what follows it. A unit that nobody knows is no unit. */
function phrase(text: string | null, words: ProcedureWords): ProcessingTime | null {
  const match = text === null ? null : /(\d+(?:[.,]\d+)?)\s*(?:\([^)]*\)\s*)?(.*)$/s.exec(text);
  if (match === null) return null;
  const [, value = '', rest = ''] = match;
  return {
    value: Number(value.replace(',', '.')),
    unit: words.timeUnit(rest) ?? words.leadingTimeUnit(rest) ?? 'UNIT_MISSING',
  };
}

function numberOf(text: string | null, column: string | undefined, problems: RowProblems): number | null {
  if (text === null) return null;
  if (/^-?\d+(?:[.,]\d+)?$/.test(text)) return Number(text.replace(',', '.'));
  problems.add('ROW_BAD_NUMBER', column ?? null, text);
  return null;
}

function compileDay(date: DateMapping | null): (record: RawRecord, problems: RowProblems) => string | null {
  if (date === null) return () => null;
  const read = compileInstant(date);
  return (record, problems) => {
    const ms = read(record[date.column]);
    if (ms === null) return null;
    if (!Number.isNaN(ms)) return localDayOf(ms);
    problems.add('ROW_BAD_DATE', date.column, textOf(record[date.column]));
    return null;
  };
}
