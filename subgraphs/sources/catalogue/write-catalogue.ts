import type { DatabaseSync } from 'node:sqlite';
import type { CatalogueMapping } from './catalogue-mapping';
import { type CellValue, writeDay, writeFee, writeTimePhrase } from './catalogue-values';
import type { CatalogueLayout } from '../layouts/catalogue-layout';
import type { Channel, Competence, ProcedureRecord } from './procedure-record';

type Row = Record<string, CellValue>;

/** How the system writes an agency's code; the canonical text unless told. */
export type AgencyNotation = (canonicalCode: string) => string;

/** Creates the layout's tables in an empty database. */
export function createCatalogueTables(database: DatabaseSync, layout: CatalogueLayout): void {
  for (const statement of layout.ddl) database.exec(statement);
}

/** Writes procedures into the layout's tables as the system itself would have written them. The tables must exist. */
export function writeCatalogue(
  database: DatabaseSync,
  layout: CatalogueLayout,
  rows: readonly ProcedureRecord[],
  agencyNotation: AgencyNotation = (code) => code,
): void {
  const { mapping } = layout;
  const competences = rows.flatMap((record) =>
    record.competences.map((competence) => toCompetenceRow(record.code, competence, mapping, agencyNotation)),
  );
  insertAll(
    database,
    mapping.table,
    rows.map((record) => toProcedureRow(record, mapping)),
  );
  insertAll(database, mapping.competences.table, competences);
}

function insertAll(database: DatabaseSync, table: string, rows: readonly Row[]): void {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first);
  const insert = database.prepare(
    `INSERT INTO ${quote(table)} (${columns.map(quote).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  for (const row of rows) insert.run(...columns.map((column) => row[column] ?? null));
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function toProcedureRow(record: ProcedureRecord, mapping: CatalogueMapping): Row {
  const { columns, separators, words, absentText } = mapping;
  const text = (value: string | null) => value ?? absentText;
  const list = (values: readonly string[], between: string) =>
    values.length === 0 ? absentText : values.join(between);
  return {
    [columns.code]: record.code,
    [columns.hasLocalCode]: words.booleans[`${record.hasLocalCode}`],
    [columns.name]: record.name,
    [columns.field]: text(record.field),
    [columns.levels]: list(
      record.levels.map((level) => words.levels[level]),
      record.isEitherLevel ? separators.eitherLevel : separators.levels,
    ),
    [columns.agencyKind]: text(record.agencyKind),
    [columns.performingAgency]: text(record.performingAgency),
    [columns.channels]: list(
      record.channels.map(({ channel }) => words.channels[channel]),
      separators.channels,
    ),
    [columns.workingDays]: record.workingDays,
    [columns.isOnlineAvailable]:
      record.isOnlineAvailable === null ? absentText : words.booleans[`${record.isOnlineAvailable}`],
    [columns.onlineLevel]: record.onlineLevel === null ? absentText : words.onlineLevels[record.onlineLevel],
    [columns.legalBasis]: list(record.legalBasis, separators.legalBasis),
    [columns.decision]: text(record.decision),
    [columns.result]: text(record.result),
    [columns.applicants]: text(record.applicants),
    [columns.era]: text(record.era),
    [columns.source]: text(record.source),
    [columns.certainty]: text(record.certainty),
    [columns.note]: text(record.note),
    ...toTimeCells(record, mapping),
    ...writeFee(record.fee, mapping),
    ...(mapping.deleted === undefined ? {} : { [mapping.deleted.column]: mapping.deleted.keptValue }),
  };
}

function toTimeCells(record: ProcedureRecord, mapping: CatalogueMapping): Row {
  const { time, words, absentText } = mapping;
  const cells: Row =
    time.kind === 'phrase'
      ? { [time.column]: writeTimePhrase(record.time, mapping) }
      : {
          [time.value]: record.time?.value ?? null,
          [time.unit]: record.time === null ? absentText : words.timeUnits[record.time.unit],
        };
  for (const channel of Object.keys(mapping.channelTimes) as Channel[]) {
    // The mapping was parsed with exactly the channels as keys.
    const own = record.channels.find((candidate) => candidate.channel === channel);
    cells[mapping.channelTimes[channel]] = writeTimePhrase(own?.time ?? null, mapping);
  }
  return cells;
}

function toCompetenceRow(
  procedure: string,
  competence: Competence,
  { competences: { columns, days }, separators, absentText }: CatalogueMapping,
  agencyNotation: AgencyNotation,
): Row {
  const implementing = competence.implementingAgencies.map(agencyNotation);
  return {
    [columns.procedure]: procedure,
    [columns.agency]: agencyNotation(competence.agency),
    [columns.validFrom]: writeDay(competence.validFrom, days),
    [columns.validTo]: writeDay(competence.validTo, days),
    [columns.implementingAgencies]:
      implementing.length === 0 ? absentText : implementing.join(separators.agencies),
  };
}
