import type { Holiday } from '../../../schema/calendar';
import type { DossierMapping } from '../../sources/dossiers/dossier-mapping';
import type { SqlSystem } from '../../sources/mapping/system-mapping';
import { type ExecuteStatement, problemExecutorOf } from '../../sources/sql/execute-statement';
import { holidayShifts } from '../../sources/sql/holiday-shifts';
import { mappingTables } from '../../sources/sql/live/mapping-tables';
import type { OpenSqlDatabase } from '../../sources/sql/open-sql-database';
import type { SqlContext } from '../../sources/sql/sql-table';
import { readColumns } from '../../sources/sql/table-columns';
import { readIndexes } from '../../sources/sql/table-indexes';
import { probeOf } from './probe-database';
import { readableDossiers } from './readable-dossiers';
import { spelledOut } from './spelled-out';
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

/** @throws SourceProblem when the database does not answer at all; it is closed then. */
export async function openSqlFacts(options: SqlFactsOptions): Promise<SystemFacts> {
  const { database } = options;
  try {
    return await readFacts(options);
  } catch (error) {
    await database[Symbol.asyncDispose]();
    throw error;
  }
}

async function readFacts(options: SqlFactsOptions): Promise<SystemFacts> {
  const { database, mapping } = options;
  const run = problemExecutorOf(database);
  const dossiers = mapping.dossiers === undefined ? null : await openDossiers(options, mapping.dossiers, run);
  const catalogue = await openCatalogue(options, run);
  const missing = [...(dossiers?.missing ?? []), ...catalogue.missing];
  const isWhole = dossiers !== null && dossiers.missing.length === 0;
  return {
    missing,
    dossiers: dossiers?.facts ?? null,
    catalogue: catalogue.facts,
    speed:
      isWhole && mapping.dossiers !== undefined
        ? new SqlSpeedFacts({ ...options, mapping: mapping.dossiers })
        : null,
    copy: null,
    problems: [],
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

interface Opened<Facts> {
  readonly facts: Facts | null;
  readonly missing: readonly MissingPart[];
}

async function openDossiers(
  { database, holidays, nowMs }: SqlFactsOptions,
  mapping: DossierMapping,
  run: ExecuteStatement,
): Promise<Opened<SqlDossierFacts>> {
  const found = await readableDossiers(mapping, probeOf(database));
  if (found.mapping === null) return { facts: null, missing: found.missing };
  const tables = mappingTables(mapping);
  const context = await contextOf(database, tables, holidays);
  const indexes = await readIndexes(database, tables);
  const readable = await spelledOut(found.mapping, { execute: run, context, indexes }, database.place);
  return { facts: new SqlDossierFacts(run, context, readable, nowMs), missing: found.missing };
}

async function contextOf(
  database: OpenSqlDatabase,
  tables: readonly string[],
  holidays: readonly Holiday[],
): Promise<SqlContext> {
  const columns = await readColumns(database, tables);
  return {
    dialect: database.dialect,
    shifts: holidayShifts(holidays),
    kindOf: (table, column) => columns.get(table)?.kindOf(column) ?? null,
    procedureNames: new Map(),
  };
}

async function openCatalogue(
  { database, mapping: { procedures, agencies } }: SqlFactsOptions,
  run: ExecuteStatement,
): Promise<Opened<SqlCatalogueFacts>> {
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
  if (missing.length > 0) return { facts: null, missing };
  const only = agencies.length === 1 ? (agencies[0] ?? null) : null;
  const context = await contextOf(database, [table], []);
  return { facts: new SqlCatalogueFacts(run, context, procedures, only), missing };
}
