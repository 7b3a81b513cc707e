import type { CompiledQuery } from 'kysely';
import type { Holiday } from '../../../schema/calendar';
import type { DossierMapping } from '../dossiers/dossier-mapping';
import type { DossierCriteria, DossierOrderName, PerformanceGrouping } from '../dossiers/dossier-query';
import type { DossierRow } from '../dossiers/dossier-row';
import { problemExecutorOf } from './execute-statement';
import { holidayShifts } from './holiday-shifts';
import { mappingTables } from './live/mapping-tables';
import { dayOf } from './local-clock';
import type { OpenSqlDatabase } from './open-sql-database';
import { SqlDossierSource } from './sql-dossier-source';
import type { SqlContext } from './sql-table';
import { readColumns } from './table-columns';

/** What was asked of the database for one query of ours, in order, and how many rows it came to. */
export interface RanQuery {
  readonly statements: readonly CompiledQuery[];
  readonly rows: number;
}

export interface TypicalQuery {
  /** In words: `a page of 20 overdue dossiers of one agency`. */
  readonly name: string;
  /** Runs it, against the rows that the system has. @throws SourceProblem */
  run(): Promise<RanQuery>;
}

export interface TypicalQueriesOptions {
  readonly database: OpenSqlDatabase;
  /** As LiveDossiers.served() gives it, or as the file has it. */
  readonly mapping: DossierMapping;
  readonly holidays: readonly Holiday[];
  /** ISO UTC: the instant by which a dossier is overdue or not. */
  readonly now: string;
  readonly procedureNames?: ReadonlyMap<string, string>;
}

const PAGE = 20;
const BATCH = 200;

/** The ten questions that the province asks most of a system. */
export function typicalQueries(options: TypicalQueriesOptions): readonly TypicalQuery[] {
  const { mapping, now } = options;
  const asker = new Asker(options);
  const [agency = ''] =
    'constant' in mapping.receivingAgency
      ? [mapping.receivingAgency.constant]
      : Object.values(mapping.receivingAgency.values);
  const ofOne: DossierCriteria = { agencies: [agency] };
  const year = { from: `${Number(dayOf(Date.parse(now)).slice(0, 4)) - 1}-01-01`, to: null };
  const page = (criteria: DossierCriteria, order: DossierOrderName, limit = PAGE) =>
    asker.ask((source) => source.page({ criteria, order, after: null, limit, now }));
  const figures = (
    criteria: DossierCriteria,
    splitBy: 'agency' | null,
    groupBy: PerformanceGrouping | null,
  ) =>
    asker.ask((source) =>
      source.performance({
        criteria,
        clock: 'LOCAL',
        ...year,
        to: dayOf(Date.parse(now)),
        now,
        splitBy,
        groupBy,
      }),
    );
  const codes = () => asker.sampleCodes(BATCH);
  return [
    { name: 'a dossier by its code', run: async () => asker.find((await codes()).slice(0, 1)) },
    { name: 'a batch of 200 codes', run: async () => asker.find(await codes()) },
    { name: 'a code that is not there', run: () => asker.find(['H23.X00-000000-0000']) },
    { name: 'the newest 20 dossiers of all agencies', run: () => page({}, 'RECEIVED_DESC') },
    { name: 'the newest 20 dossiers of one agency', run: () => page(ofOne, 'RECEIVED_DESC') },
    {
      name: 'the next 20 due of one agency',
      run: () => page({ ...ofOne, timeliness: ['WITHIN'] }, 'DUE_ASC'),
    },
    {
      name: 'a page of 20 overdue dossiers of one agency',
      run: () => page({ ...ofOne, timeliness: ['OVERDUE'] }, 'DUE_ASC'),
    },
    {
      name: 'a page of 20 overdue dossiers of all agencies',
      run: () => page({ timeliness: ['OVERDUE'] }, 'DUE_ASC'),
    },
    { name: 'the figures of one agency, by month', run: () => figures(ofOne, null, 'month') },
    { name: 'the figures of every agency, by month', run: () => figures({}, 'agency', 'month') },
  ];
}

/** Asks as the subgraph does, and keeps what was asked. */
class Asker {
  #context: Promise<SqlContext> | null = null;
  #codes: Promise<readonly string[]> | null = null;

  constructor(private readonly options: TypicalQueriesOptions) {}

  async ask<Row>(question: (source: SqlDossierSource) => Promise<readonly Row[]>): Promise<RanQuery> {
    const statements: CompiledQuery[] = [];
    const rows = await question(await this.#source((statement) => statements.push(statement)));
    return { statements, rows: rows.length };
  }

  find(codes: readonly string[]): Promise<RanQuery> {
    return this.ask((source) => source.findByCodes(codes.length === 0 ? ['-'] : codes));
  }

  /** Codes that the system has. */
  sampleCodes(count: number): Promise<readonly string[]> {
    this.#codes ??= this.#readCodes(count);
    return this.#codes;
  }

  async #readCodes(limit: number): Promise<readonly string[]> {
    const source = await this.#source(() => undefined);
    const rows: readonly DossierRow[] = await source.page({
      criteria: {},
      order: 'RECEIVED_DESC',
      after: null,
      limit,
      now: this.options.now,
    });
    return rows.map(({ code }) => code);
  }

  async #source(onStatement: (query: CompiledQuery) => void): Promise<SqlDossierSource> {
    this.#context ??= this.#readContext();
    const execute = problemExecutorOf(this.options.database, onStatement);
    return new SqlDossierSource(execute, this.options.mapping, await this.#context);
  }

  async #readContext(): Promise<SqlContext> {
    const { database, mapping, holidays, procedureNames = new Map() } = this.options;
    const columns = await readColumns(database, mappingTables(mapping));
    return {
      dialect: database.dialect,
      shifts: holidayShifts(holidays),
      kindOf: (table, column) => columns.get(table)?.kindOf(column) ?? null,
      procedureNames,
    };
  }
}
