import type { CompiledQuery } from 'kysely';
import type { OpenSqlDatabase } from './open-sql-database';

/** A table that a query reads from end to end. */
export interface TableScan {
  readonly table: string;
  /** What the database expects to read; null when it does not say. */
  readonly rows: number | null;
}

export interface QueryPlan {
  /** As the database prints it. */
  readonly text: string;
  readonly scans: readonly TableScan[];
}

/** The plan of a query, without running it. @throws SourceProblem */
export async function explainQuery(_database: OpenSqlDatabase, _query: CompiledQuery): Promise<QueryPlan> {
  return { text: '', scans: [] };
}
