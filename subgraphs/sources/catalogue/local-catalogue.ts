import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { compareBytewise } from '../../../schema/bytewise';
import { searchWords, sortKey } from '../../../schema/vietnamese-text';
import type {
  CatalogueEntry,
  CataloguePage,
  CataloguePageRequest,
  CataloguePosition,
  CatalogueWindow,
  ProcedureSelection,
} from './catalogue-query';
import { type CatalogueSql, countSql, findSql, idsSql, pageSql } from './catalogue-sql';
import { CATALOGUE_STORE_DDL, FIRST_DAY, LAST_DAY } from './catalogue-store-schema';
import { matchRank } from './match-rank';
import { findProcedureIssues } from './procedure-issues';
import type { ProcedureRecord } from './procedure-record';

const MAX_STATEMENTS = 256;
/** Records that are put in in one go: a few milliseconds. */
const PIECE = 50;

interface EntryRow extends CataloguePosition {
  readonly id: number;
}

/** What the orders and the search read of a name, made once. */
interface NameIndex {
  readonly key: string;
  readonly words: readonly string[];
}

/**
 * The catalogue of one system, copied when the process starts: whatever the source is, search and Vietnamese order are ours.
 * Rows are never corrected. The statements are SQL over an in-memory SQLite; the records themselves stay objects.
 */
export class LocalCatalogue implements Disposable {
  private readonly database = new DatabaseSync(':memory:');
  private readonly statements = new Map<string, StatementSync>();
  private readonly entries: CatalogueEntry[] = [];
  /** By the id of the entry. */
  private readonly names: NameIndex[] = [];

  /** Throws when two records have the same code. */
  constructor(records: readonly ProcedureRecord[]) {
    refuseDuplicates(records);
    this.database.exec(CATALOGUE_STORE_DDL);
    this.insertAll(records, 0);
    this.database.exec('ANALYZE');
  }

  /** The same; whoever waits meanwhile gets a turn between two pieces. */
  static async inPieces(records: readonly ProcedureRecord[]): Promise<LocalCatalogue> {
    refuseDuplicates(records);
    const catalogue = new LocalCatalogue([]);
    for (let start = 0; start < records.length; start += PIECE) {
      catalogue.insertAll(records.slice(start, start + PIECE), start);
      await nextTurn();
    }
    catalogue.database.exec('ANALYZE');
    return catalogue;
  }

  pages(requests: readonly CataloguePageRequest[]): CataloguePage[] {
    return requests.map(({ selection, window }) => this.page(selection, window));
  }

  counts(selections: readonly ProcedureSelection[]): number[] {
    return selections.map((selection) => this.count(selection));
  }

  /** `hasNextPage` is exact. The rows follow `window.after` in the order asked for. */
  page(selection: ProcedureSelection, window: CatalogueWindow): CataloguePage {
    const rows = this.rowsOfPage(selection, window);
    return {
      rows: rows.slice(0, window.first).map(({ id, value, agency, code }) => ({
        entry: this.entryOf(id),
        position: { value, agency, code },
      })),
      hasNextPage: rows.length > window.first,
    };
  }

  count(selection: ProcedureSelection): number {
    return Number(this.all(countSql(selection))[0]?.['total']);
  }

  /** By code as published; a code that is unknown, or in nobody's competence that day, is not in the map. */
  find(codes: readonly string[], asOf: string): ReadonlyMap<string, CatalogueEntry> {
    const rows = this.all(findSql(codes, asOf));
    return new Map(
      rows.map((row) => {
        const entry = this.entryOf(Number(row['id']));
        return [entry.record.code, entry];
      }),
    );
  }

  /** Every code, for the index that routes by code. */
  codes(): readonly string[] {
    return [...new Set(this.entries.map(({ record }) => record.code))];
  }

  [Symbol.dispose](): void {
    this.database.close();
  }

  /** One row more than the page, where there is one. */
  private rowsOfPage(selection: ProcedureSelection, window: CatalogueWindow): readonly EntryRow[] {
    const { words } = selection;
    if (window.order === 'MATCH_ASC' && words !== undefined && words.length > 0) {
      return this.nearestRows(words, selection, window);
    }
    // The columns are those of pageSql.
    return this.all(pageSql(selection, window)) as unknown as EntryRow[];
  }

  /** No index can hold an order that depends on the query: the rows found are ranked here, each time. */
  private nearestRows(
    words: readonly string[],
    selection: ProcedureSelection,
    { first, after }: CatalogueWindow,
  ): readonly EntryRow[] {
    return this.all(idsSql(selection))
      .map(({ id }) => this.nearness(words, Number(id)))
      .filter((row) => after === undefined || compareRows(row, after) > 0)
      .sort(compareRows)
      .slice(0, first + 1);
  }

  private nearness(words: readonly string[], id: number): EntryRow {
    const { record, competence } = this.entryOf(id);
    const name = this.names[id];
    if (name === undefined) throw new Error(`The catalogue has no name ${id}`);
    return {
      id,
      value: `${matchRank(words, name.words)}!${name.key}`,
      agency: competence.agency,
      code: record.code,
    };
  }

  private insertAll(records: readonly ProcedureRecord[], first: number): void {
    this.database.exec('BEGIN');
    records.forEach((record, i) => this.insert(record, first + i));
    this.database.exec('COMMIT');
  }

  private insert(record: ProcedureRecord, procedure: number): void {
    const issues = findProcedureIssues(record);
    const name = { key: sortKey(record.name), words: searchWords(record.name) };
    for (const competence of record.competences) {
      const id = this.entries.push({ record, competence, issues }) - 1;
      this.names.push(name);
      this.run(
        'INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        id,
        procedure,
        record.code,
        competence.agency,
        name.key,
        record.field,
        competence.validFrom ?? FIRST_DAY,
        competence.validTo ?? LAST_DAY,
      );
      for (const agency of new Set([competence.agency, ...competence.implementingAgencies])) {
        this.run('INSERT INTO entry_agency VALUES (?, ?)', agency, id);
      }
    }
    for (const word of new Set(name.words)) {
      this.run('INSERT INTO name_word VALUES (?, ?)', word, procedure);
    }
    this.insertTags('level', record.levels, procedure);
    this.insertTags(
      'channel',
      record.channels.map(({ channel }) => channel),
      procedure,
    );
    this.insertTags(
      'issue',
      issues.map(({ code }) => code),
      procedure,
    );
  }

  private insertTags(kind: string, values: readonly string[], procedure: number): void {
    for (const value of new Set(values)) this.run('INSERT INTO tag VALUES (?, ?, ?)', kind, value, procedure);
  }

  private entryOf(id: number): CatalogueEntry {
    const entry = this.entries[id];
    if (entry === undefined) throw new Error(`The catalogue has no entry ${id}`);
    return entry;
  }

  private all({ text, values }: CatalogueSql): Record<string, unknown>[] {
    return this.prepare(text).all(...values);
  }

  private run(text: string, ...values: readonly (string | number | null)[]): void {
    this.prepare(text).run(...values);
  }

  /** Statements differ by which filters are set and by the number of words; the latter is the client's, so start over. */
  private prepare(text: string): StatementSync {
    const known = this.statements.get(text);
    if (known !== undefined) return known;
    if (this.statements.size >= MAX_STATEMENTS) this.statements.clear();
    const statement = this.database.prepare(text);
    this.statements.set(text, statement);
    return statement;
  }
}

/** The order of `comparePositions`. Values are ASCII, so `<` is bytewise, and much the faster over thousands of rows. */
function compareRows(a: CataloguePosition, b: CataloguePosition): number {
  if (a.value !== b.value) return a.value < b.value ? -1 : 1;
  return compareBytewise(a.agency, b.agency) || compareBytewise(a.code, b.code);
}

function refuseDuplicates(records: readonly ProcedureRecord[]): void {
  const seen = new Set<string>();
  for (const { code } of records) {
    if (seen.has(code)) throw new Error(`The catalogue has the procedure "${code}" twice`);
    seen.add(code);
  }
}
