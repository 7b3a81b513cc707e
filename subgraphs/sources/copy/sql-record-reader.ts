import { sql } from 'kysely';
import type { SupplementsMapping, StepsMapping, TextMapping } from '../dossiers/dossier-mapping';
import type { SqlSystem } from '../mapping/system-mapping';
import type { SqlDialect } from '../sql/dialects/sql-dialect';
import { followed } from '../sql/mapped-columns';
import type { OpenSqlDatabase } from '../sql/open-sql-database';
import type { SqlExpression } from '../sql/sql-expression';
import { toSourceProblem } from '../sql/sql-problem';
import type { SqlDatabase } from '../sql/sqlite-database';
import { namesOfDossiers, namesOfProcedures } from '../values/record-names';
import { textOf } from '../values/cell-text';
import { nameOfText } from '../values/read-dossier';
import { copiedFromSql, STEP_ROWS, SUPPLEMENT_ROWS } from './copied-from-sql';
import type { Cell, Collection, LocatedRecord, RawRecord, ReaderEvent, RecordReader } from './record-reader';
import { readTable, type SqlTable } from './sql-table-pages';

export interface SqlRecordReaderOptions {
  readonly mapping: SqlSystem;
  /** Not closed with the reader: it is of whoever opened it. */
  readonly database: Pick<OpenSqlDatabase, 'kysely' | 'dialect' | 'place'>;
  readonly clock: () => Date;
}

/** The alias of the table that is read. */
const D = 'd';

/** Reads the tables of a database as records: only the columns that the mapping names, a page at a time. */
export function sqlRecordReader(options: SqlRecordReaderOptions): RecordReader {
  const { mapping } = options;
  return {
    read: ({ collection, pass, marks, signal }) =>
      told(options, {
        ...tableOf(options, collection),
        dialect: mapping.connection.dialect,
        pass,
        mark: marks.get('') ?? null,
        signal,
      }),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function* told(options: SqlRecordReaderOptions, table: SqlTable): AsyncGenerator<ReaderEvent> {
  const { database, clock, mapping } = options;
  try {
    for await (const page of readTable(table, { database: database.kysely, clock })) {
      const records = page.rows.map((row) => ({ record: toRecord(row), place: placeOf(table, row) }));
      const whole =
        table.collection === 'dossiers' ? await withNested(records, mapping, database.kysely) : records;
      yield page.isComplete
        ? { kind: 'complete', scope: '', mark: page.mark }
        : { kind: 'rows', scope: '', records: whole, problems: [], mark: page.mark };
    }
  } catch (error) {
    throw toSourceProblem(error, database.place);
  }
}

function tableOf(
  { mapping: { dossiers, procedures }, database: { dialect } }: SqlRecordReaderOptions,
  collection: Collection,
): Pick<SqlTable, 'collection' | 'table' | 'code' | 'updatedAt' | 'selection'> {
  if (collection === 'procedures') {
    if (procedures === undefined) throw new TypeError('The mapping has no catalogue');
    const { table, columns, updatedAt } = procedures;
    const names = namesOfProcedures(procedures).columns;
    const code = columns.code in procedures.computed ? null : columns.code;
    return { collection, table, code, updatedAt, selection: names.map(plain) };
  }
  if (dossiers === undefined) throw new TypeError('The mapping has no dossiers');
  const { table, code, updatedAt, procedure, field, supplements, steps } = dossiers;
  const texts = new Map(
    [procedure, field]
      .filter((text) => text !== null)
      .filter((text) => text.through.length > 0)
      .map((text) => [nameOfText(text), text] as const),
  );
  const keys = [supplements?.refersTo, steps?.refersTo].filter((column) => column !== undefined);
  const names = new Set([...namesOfDossiers(copiedFromSql(dossiers)).columns, ...keys]);
  const selection = [...names].map((name) => {
    const text = texts.get(name);
    return text === undefined ? plain(name) : through(text, dialect);
  });
  return { collection, table, code, updatedAt, selection };
}

function plain(column: string): SqlExpression {
  return sql`${sql.id(D, column)} AS ${sql.id(column)}`;
}

function through(text: TextMapping, dialect: SqlDialect): SqlExpression {
  const context = { dialect, shifts: { off: [], worked: [] }, kindOf: () => null, procedureNames: new Map() };
  return sql`${followed(context, sql.id(D, text.column), text.through)} AS ${sql.id(nameOfText(text))}`;
}

/** The supplements and steps of a page of dossiers, two questions for all of them. */
async function withNested(
  records: readonly LocatedRecord[],
  { dossiers }: SqlSystem,
  database: SqlDatabase,
): Promise<readonly LocatedRecord[]> {
  const supplements = await rowsByDossier(dossiers?.supplements ?? null, records, database);
  const steps = await rowsByDossier(dossiers?.steps ?? null, records, database);
  if (supplements === null && steps === null) return records;
  return records.map(({ record, place }) => ({
    place,
    record: {
      ...record,
      ...(supplements === null ? {} : { [SUPPLEMENT_ROWS]: supplements(record) }),
      ...(steps === null ? {} : { [STEP_ROWS]: steps(record) }),
    },
  }));
}

async function rowsByDossier(
  mapping: SupplementsMapping | StepsMapping | null,
  records: readonly LocatedRecord[],
  database: SqlDatabase,
): Promise<((record: RawRecord) => readonly RawRecord[]) | null> {
  if (mapping === null) return null;
  const keys = [...new Set(records.map(({ record }) => record[mapping.refersTo]).filter(isKey))];
  if (keys.length === 0) return () => [];
  const columns = [...new Set([mapping.dossier, ...nestedColumns(mapping)])];
  const { rows } = await sql<Record<string, unknown>>`SELECT ${sql.join(columns.map(plain))}
    FROM ${sql.table(mapping.table)} AS ${sql.id(D)}
    WHERE ${sql.id(D, mapping.dossier)} IN (${sql.join(keys)})`.execute(database);
  const groups = Map.groupBy(rows.map(toRecord), (row) => textOf(row[mapping.dossier]));
  return (record) => groups.get(textOf(record[mapping.refersTo])) ?? [];
}

function nestedColumns(mapping: SupplementsMapping | StepsMapping): readonly string[] {
  const dates =
    'requestedAt' in mapping
      ? [mapping.requestedAt, mapping.completedAt, mapping.dueBefore, mapping.dueAfter, mapping.deleted]
      : [mapping.at, mapping.dueAt];
  const others = 'requestedAt' in mapping ? [] : [mapping.unit, ...(mapping.status?.columns ?? [])];
  return [...dates.map((date) => date?.column ?? null), ...others].filter((column) => column !== null);
}

function isKey(cell: Cell | undefined): cell is string | number {
  return typeof cell === 'string' || typeof cell === 'number';
}

function placeOf({ table, code }: SqlTable, row: Readonly<Record<string, unknown>>): string {
  return code === null ? table : `${table}, ${code} = ${textOf(toCell(row[code])) ?? 'nothing'}`;
}

/** Most rows hold nothing but texts, numbers and nulls, and are records as they are. */
function toRecord(row: Readonly<Record<string, unknown>>): RawRecord {
  for (const name in row) {
    if (!isCell(row[name])) {
      return Object.fromEntries(Object.entries(row).map(([own, value]) => [own, toCell(value)]));
    }
  }
  return row as RawRecord; // Each value was looked at.
}

function isCell(value: unknown): boolean {
  return (
    typeof value === 'string' || typeof value === 'number' || value === null || typeof value === 'boolean'
  );
}

/** What a driver may give beside texts and numbers. */
function toCell(value: unknown): Cell {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return String(value);
    default:
      if (value instanceof Date) return value.toISOString();
      // BIT(1) of MariaDB.
      if (value instanceof Uint8Array && value.length === 1) return value[0] ?? null;
      return null;
  }
}
