import type { Holiday } from '../../../schema/calendar';
import type { DossierMapping } from '../../sources/dossiers/dossier-mapping';
import type { SqlSystem } from '../../sources/mapping/system-mapping';
import { type ExecuteStatement, executorOf } from '../../sources/sql/execute-statement';
import type { OpenSqlDatabase } from '../../sources/sql/open-sql-database';
import type { SqlContext } from '../../sources/sql/sql-table';
import { probeOf, toSourceProblem } from './probe-database';
import { readableDossiers } from './readable-dossiers';
import { SqlCatalogueFacts } from './sql-catalogue-facts';
import { SqlDossierFacts } from './sql-dossier-facts';
import { SqlSpeedFacts } from './sql-speed-facts';
import type { MissingPart, SystemFacts } from './system-facts';

export interface SqlFactsOptions {
  /** Closed with the facts. */
  readonly database: OpenSqlDatabase;
  readonly mapping: Pick<SqlSystem, 'dossiers' | 'procedures' | 'agencies'>;
  readonly holidays: readonly Holiday[];
  readonly nowMs: number;
  readonly clock: () => number;
}

/** @throws SourceProblem when the database does not answer at all. */
export async function openSqlFacts(options: SqlFactsOptions): Promise<SystemFacts> {
  const { database, mapping, nowMs } = options;
  const run = runOn(database);
  const found =
    mapping.dossiers === undefined ? null : await readableDossiers(mapping.dossiers, probeOf(database));
  const readable = found?.mapping ?? null;
  const catalogue = await openCatalogue(options, run);
  const missing = [...(found?.missing ?? []), ...catalogue.missing];
  return {
    missing,
    dossiers: readable === null ? null : new SqlDossierFacts(run, contextOf(database), readable, nowMs),
    catalogue: catalogue.facts,
    speed: found?.missing.length === 0 ? speedOf(options, mapping.dossiers) : null,
    copy: null,
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

function speedOf(options: SqlFactsOptions, mapping: DossierMapping | undefined): SqlSpeedFacts | null {
  return mapping === undefined ? null : new SqlSpeedFacts({ ...options, mapping });
}

async function openCatalogue(
  { database, mapping: { procedures, agencies } }: SqlFactsOptions,
  run: ExecuteStatement,
): Promise<{ readonly facts: SqlCatalogueFacts | null; readonly missing: readonly MissingPart[] }> {
  if (procedures === undefined) return { facts: null, missing: [] };
  const { table, columns, publishedBy, deleted, computed } = procedures;
  const named = [
    { path: 'procedures.columns.code', column: columns.code },
    { path: 'procedures.columns.name', column: columns.name },
    ...(publishedBy !== undefined && 'column' in publishedBy
      ? [{ path: 'procedures.publishedBy', column: publishedBy.column }]
      : []),
    ...(deleted === null ? [] : [{ path: 'procedures.deleted', column: deleted.column }]),
  ];
  // A column that an expression makes is nowhere in the table; the copy of the catalogue tells of it.
  if (named.some(({ column }) => column in computed)) return { facts: null, missing: [] };
  const probe = probeOf(database);
  const problem = await probe(table, []);
  if (problem !== null) return { facts: null, missing: [{ paths: ['procedures.table'], problem }] };
  const missing: MissingPart[] = [];
  for (const { path, column } of named) {
    const fault = await probe(table, [column]);
    if (fault !== null) missing.push({ paths: [path], problem: fault });
  }
  const only = agencies.length === 1 ? (agencies[0] ?? null) : null;
  return {
    facts: missing.length > 0 ? null : new SqlCatalogueFacts(run, contextOf(database), procedures, only),
    missing,
  };
}

function contextOf({ dialect }: OpenSqlDatabase): SqlContext {
  return { dialect, shifts: { off: [], worked: [] }, kindOf: () => null, procedureNames: new Map() };
}

function runOn(database: OpenSqlDatabase): ExecuteStatement {
  const execute = executorOf(database.kysely);
  return (statement) =>
    execute(statement).catch((error: unknown) => {
      throw toSourceProblem(error, database.place);
    });
}
