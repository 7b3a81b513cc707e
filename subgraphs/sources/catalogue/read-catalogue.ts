import type { DatabaseSync } from 'node:sqlite';
import type { CatalogueMapping } from './catalogue-mapping';
import { type CellValue, readDay, readFee, readTimePhrase, wordToValue } from './catalogue-values';
import type { Competence, ProcedureChannel, ProcedureRecord, ProcessingTime } from './procedure-record';

type Row = Readonly<Record<string, CellValue>>;

/** The canonical code of an agency as the system writes it; unknown texts are kept as they are. */
export type AgencyLookup = (codeText: string) => string;

/** Reads a whole catalogue (they are small) from a system's own tables. Read-only; rows deleted by flag are left out. */
export function readCatalogue(
  database: DatabaseSync,
  mapping: CatalogueMapping,
  toCanonicalAgency: AgencyLookup = (code) => code,
): ProcedureRecord[] {
  const competences = readCompetences(database, mapping, toCanonicalAgency);
  return selectAll(database, mapping.table)
    .filter(
      (row) => mapping.deleted === undefined || row[mapping.deleted.column] === mapping.deleted.keptValue,
    )
    .map((row) => toRecord(row, mapping, competences.get(String(row[mapping.columns.code])) ?? []));
}

function selectAll(database: DatabaseSync, table: string): Row[] {
  // Cells are what SQLite stores; no table of a catalogue has a blob.
  return database.prepare(`SELECT * FROM "${table.replaceAll('"', '""')}"`).all() as Row[];
}

function readCompetences(
  database: DatabaseSync,
  { competences: { table, columns, days }, separators }: CatalogueMapping,
  toCanonicalAgency: AgencyLookup,
): Map<string, Competence[]> {
  const byProcedure = new Map<string, Competence[]>();
  for (const row of selectAll(database, table)) {
    const code = String(row[columns.procedure]);
    const own = byProcedure.get(code) ?? [];
    own.push({
      agency: toCanonicalAgency(String(row[columns.agency])),
      validFrom: readDay(row[columns.validFrom] ?? null, days),
      validTo: readDay(row[columns.validTo] ?? null, days),
      implementingAgencies: readList(row[columns.implementingAgencies], separators.agencies).map(
        toCanonicalAgency,
      ),
    });
    byProcedure.set(
      code,
      own.sort((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1)),
    );
  }
  return byProcedure;
}

function toRecord(row: Row, mapping: CatalogueMapping, competences: readonly Competence[]): ProcedureRecord {
  const { columns, separators, words } = mapping;
  const levelText = readText(row[columns.levels]) ?? '';
  const isEitherLevel = levelText.includes(separators.eitherLevel);
  const online = readText(row[columns.isOnlineAvailable]);
  return {
    code: String(row[columns.code]),
    hasLocalCode: wordToValue(words.booleans, String(row[columns.hasLocalCode])) === 'true',
    name: String(row[columns.name]),
    field: readText(row[columns.field]),
    levels: readList(levelText, isEitherLevel ? separators.eitherLevel : separators.levels).map(
      (word) => wordToValue(words.levels, word) ?? 'OTHER',
    ),
    isEitherLevel,
    agencyKind: readText(row[columns.agencyKind]),
    performingAgency: readText(row[columns.performingAgency]),
    channels: readChannels(row, mapping),
    time: readTime(row, mapping),
    fee: readFee(row, mapping),
    workingDays: readNumber(row[columns.workingDays]),
    isOnlineAvailable: online === null ? null : wordToValue(words.booleans, online) === 'true',
    onlineLevel: wordToValue(words.onlineLevels, readText(row[columns.onlineLevel]) ?? '') ?? null,
    legalBasis: readList(row[columns.legalBasis], separators.legalBasis),
    decision: readText(row[columns.decision]),
    result: readText(row[columns.result]),
    applicants: readText(row[columns.applicants]),
    era: readText(row[columns.era]),
    source: readText(row[columns.source]),
    certainty: readText(row[columns.certainty]),
    note: readText(row[columns.note]),
    competences,
  };
}

function readChannels(row: Row, mapping: CatalogueMapping): ProcedureChannel[] {
  return readList(row[mapping.columns.channels], mapping.separators.channels).flatMap((word) => {
    const channel = wordToValue(mapping.words.channels, word);
    if (channel === undefined) return [];
    return [{ channel, time: readTimePhrase(row[mapping.channelTimes[channel]] ?? null, mapping) }];
  });
}

function readTime(row: Row, mapping: CatalogueMapping): ProcessingTime | null {
  const { time, words } = mapping;
  if (time.kind === 'phrase') return readTimePhrase(row[time.column] ?? null, mapping);
  const value = readNumber(row[time.value]);
  if (value === null) return null;
  return { value, unit: wordToValue(words.timeUnits, String(row[time.unit] ?? '')) ?? 'UNIT_MISSING' };
}

function readText(cell: CellValue | undefined): string | null {
  return cell === null || cell === undefined || cell === '' ? null : String(cell);
}

function readNumber(cell: CellValue | undefined): number | null {
  return cell === null || cell === undefined || cell === '' ? null : Number(cell);
}

function readList(cell: CellValue | undefined, separator: string): string[] {
  const text = readText(cell);
  return text === null ? [] : text.split(separator);
}
