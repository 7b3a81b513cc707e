import type { Holiday } from '../../../schema/calendar';
import type { DossierMapping } from '../../sources/dossiers/dossier-mapping';
import { explainQuery, type TableScan } from '../../sources/sql/explain-query';
import { missingIndexes } from '../../sources/sql/missing-indexes';
import type { OpenSqlDatabase } from '../../sources/sql/open-sql-database';
import { toSourceProblem } from '../../sources/sql/sql-problem';
import { readIndexes } from '../../sources/sql/table-indexes';
import { type TypicalQuery, typicalQueries } from '../../sources/sql/typical-queries';
import type { QueryFigures } from './check-report';
import type { SpeedFacts } from './system-facts';

export interface SqlSpeedOptions {
  readonly database: OpenSqlDatabase;
  readonly mapping: DossierMapping;
  readonly holidays: readonly Holiday[];
  readonly nowMs: number;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
}

/** Each query is run twice and the second run counts: the first one waits for the disk, once a day. */
const RUNS = 2;

/** How fast a live system answers what the province asks most, and what would make it faster. */
export class SqlSpeedFacts implements SpeedFacts {
  constructor(private readonly options: SqlSpeedOptions) {}

  async queries(onQuery: (done: number, total: number) => void): Promise<readonly QueryFigures[]> {
    const { database, mapping, holidays, nowMs } = this.options;
    const now = new Date(nowMs).toISOString();
    const queries = typicalQueries({ database, mapping, holidays, now });
    const figures: QueryFigures[] = [];
    for (const query of queries) {
      figures.push(await this.#measure(query));
      onQuery(figures.length, queries.length);
    }
    return figures;
  }

  async missingIndexes() {
    const { database, mapping } = this.options;
    const tables = [...new Set([...tablesOf(mapping)])];
    const existing = await readIndexes(database, tables);
    return missingIndexes(mapping, database.dialect.name, existing).map(({ create, why }) => ({
      sql: create,
      why,
    }));
  }

  async #measure(query: TypicalQuery): Promise<QueryFigures> {
    const { database, clock } = this.options;
    try {
      let tookMs = 0;
      let ran = await query.run();
      for (let run = 1; run < RUNS; run += 1) {
        const started = clock();
        ran = await query.run();
        tookMs = clock() - started;
      }
      const plans = [];
      for (const statement of ran.statements) plans.push(await explainQuery(database, statement));
      const scans = plans.flatMap((plan) => plan.scans);
      const plan = plans.length === 0 ? 'unknown' : scans.length === 0 ? 'index' : 'scan';
      return { name: query.name, tookMs: round(tookMs), plan, detail: inWords(ran.rows, scans) };
    } catch (error) {
      // A row that cannot be read fails here as it would in service: that is what is to be told.
      const { message } = toSourceProblem(error, database.place);
      return { name: query.name, tookMs: null, plan: 'unknown', detail: message };
    }
  }
}

function inWords(rows: number, scans: readonly TableScan[]): string {
  const read = [...new Map(scans.map((scan) => [scan.table, scan])).values()].map(({ table, rows: all }) =>
    all === null ? `reads all of ${table}` : `reads all of ${table} (about ${all.toLocaleString('en')} rows)`,
  );
  return [`${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`, ...read].join('; ');
}

function tablesOf({ table, supplements, steps, procedure, field }: DossierMapping): readonly string[] {
  const lookups = [...(procedure?.through ?? []), ...(field?.through ?? [])];
  return [
    table,
    ...[supplements, steps].flatMap((part) => part?.table ?? []),
    ...lookups.map((one) => one.table),
  ];
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
