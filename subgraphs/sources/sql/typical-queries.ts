import type { CompiledQuery } from 'kysely';
import type { Holiday } from '../../../schema/calendar';
import type { DossierMapping } from '../dossiers/dossier-mapping';
import type { OpenSqlDatabase } from './open-sql-database';

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
  readonly mapping: DossierMapping;
  readonly holidays: readonly Holiday[];
  /** ISO UTC: the instant by which a dossier is overdue or not. */
  readonly now: string;
}

/** The ten questions that the province asks most of a system. */
export function typicalQueries(_options: TypicalQueriesOptions): readonly TypicalQuery[] {
  return [];
}
