import { sql } from 'kysely';
import { type DateMapping, isSortable } from '../dossiers/dossier-mapping';
import type { SqlConnection } from '../mapping/connections';
import type { SqlExpression } from '../sql/sql-expression';
import type { SqlDatabase } from '../sql/sqlite-database';
import { compileInstant, writeInstant } from '../values/instant';
import type { Collection } from './record-reader';

export interface SqlTable {
  readonly collection: Collection;
  readonly table: string;
  /** null where the code is computed of other columns: such a table (a catalogue) is read in one go. */
  readonly code: string | null;
  readonly updatedAt: DateMapping | null;
  /** Over the alias `d`. */
  readonly selection: readonly SqlExpression[];
  readonly dialect: SqlConnection['dialect'];
  readonly pass: 'full' | 'changes';
  readonly mark: string | null;
  readonly signal: AbortSignal;
}

type Row = Readonly<Record<string, unknown>>;
type Key = string | number;

export interface TablePage {
  readonly rows: readonly Row[];
  readonly mark: string;
  /** The last page of a table that was read whole. */
  readonly isComplete: boolean;
}

interface Reading {
  readonly database: SqlDatabase;
  readonly clock: () => Date;
}

/**
 * `all`: how far a reading of the whole table came, and where reading changes is to begin afterwards. `changes`: up to where changes were
 * read, and when that reading began.
 */
type Mark =
  | { readonly kind: 'all'; readonly code: Key | null; readonly high: Key | null; readonly began: number }
  | { readonly kind: 'changes'; readonly high: Key | null; readonly began: number };

const PAGE = 1_000;
/** For transactions that were open while the table was read, and clocks that differ. */
const OVERLAP_MS = 120_000;
const D = 'd';

/** A table whole, in the order of its codes; or, where it says when rows were changed, only what changed since a mark. */
export async function* readTable(table: SqlTable, reading: Reading): AsyncGenerator<TablePage> {
  const mark = table.mark === null ? null : parseMark(table.mark);
  const { updatedAt } = table;
  if (!hasCode(table)) {
    yield* inOneGo(table, reading);
    return;
  }
  if (table.pass === 'changes' && mark?.kind === 'changes' && mark.high !== null && updatedAt !== null) {
    yield* changedRows(table, reading, { updatedAt, since: mark.high, began: mark.began });
    return;
  }
  yield* allRows(table, reading, mark?.kind === 'all' ? mark : null);
}

type CodedTable = SqlTable & { readonly code: string };

function hasCode(table: SqlTable): table is CodedTable {
  return table.code !== null;
}

async function* inOneGo(table: SqlTable, { database, clock }: Reading): AsyncGenerator<TablePage> {
  const mark = JSON.stringify({ kind: 'changes', high: null, began: clock().getTime() } satisfies Mark);
  const { rows } = await sql<Row>`SELECT ${sql.join([...table.selection])}
    FROM ${sql.table(table.table)} AS ${sql.id(D)}`.execute(database);
  for (let i = 0; i < rows.length; i += PAGE) {
    yield { rows: rows.slice(i, i + PAGE), mark, isComplete: false };
  }
  yield { rows: [], mark, isComplete: true };
}

async function* allRows(
  table: CodedTable,
  reading: Reading,
  mark: Extract<Mark, { kind: 'all' }> | null,
): AsyncGenerator<TablePage> {
  const began = mark?.began ?? reading.clock().getTime();
  // What is changed while the table is read may be behind us already, so changes are read from here on.
  const high = mark?.high ?? (await greatestChange(table, reading));
  const after = (code: Key | null): string =>
    JSON.stringify({ kind: 'all', code, high, began } satisfies Mark);
  if (mark?.code == null) {
    // No code, no dossier: a page of them is told so that somebody hears of it.
    const rows = await select(table, reading, sql`${sql.id(D, table.code)} IS NULL`, [], PAGE);
    if (rows.length > 0) yield { rows, mark: after(null), isComplete: false };
  }
  const start = mark?.code ?? null;
  for await (const rows of inOrder(table, reading, [table.code], start === null ? null : [start])) {
    yield { rows, mark: after(keyOf(rows.at(-1), table.code)), isComplete: false };
  }
  if (table.signal.aborted) return;
  yield { rows: [], mark: JSON.stringify({ kind: 'changes', high, began } satisfies Mark), isComplete: true };
}

/**
 * From the last change seen, or from before the last reading began, whichever is earlier: a clock of theirs that is slow, one that is fast
 * and a transaction that was open for a while lose nothing. Once that time is over and nothing was changed, nothing is read.
 */
async function* changedRows(
  table: CodedTable,
  reading: Reading,
  {
    updatedAt,
    since,
    began,
  }: { readonly updatedAt: DateMapping; readonly since: Key; readonly began: number },
): AsyncGenerator<TablePage> {
  const now = reading.clock().getTime();
  const instantOf = compileInstant(updatedAt);
  const settledMs = began - OVERLAP_MS;
  const seenMs = instantOf(since) ?? settledMs;
  const column = sql.id(D, updatedAt.column);
  const start =
    seenMs + granularityMs(updatedAt) <= settledMs
      ? sql`${column} > ${since}`
      : sql`${column} >= ${seenMs <= settledMs ? since : writeInstant(settledMs, updatedAt.format)}`;
  let high = since;
  for await (const rows of inOrder(table, reading, [updatedAt.column, table.code], null, start)) {
    const key = keyOf(rows.at(-1), updatedAt.column);
    if (key !== null && (instantOf(key) ?? 0) > (instantOf(high) ?? 0)) high = key;
    // Killed in the middle, the time since the reading before counts again: its beginning stays.
    yield { rows, mark: JSON.stringify({ kind: 'changes', high, began } satisfies Mark), isComplete: false };
  }
  if (table.signal.aborted) return;
  const mark = JSON.stringify({ kind: 'changes', high, began: now } satisfies Mark);
  yield { rows: [], mark, isComplete: false };
}

/**
 * Rows by their keys, from the first row at or behind a position. A page begins with the last row of the page before: keys that are equal
 * (two agencies with one code, codes that a collation takes for one) are then never passed over, and a row that is told twice is one row.
 * Order and comparison are both the database's, whatever its collation.
 */
async function* inOrder(
  table: CodedTable,
  reading: Reading,
  columns: readonly string[],
  start: readonly Key[] | null,
  condition: SqlExpression = sql`1 = 1`,
): AsyncGenerator<readonly Row[]> {
  let position = start;
  let limit = PAGE;
  while (!table.signal.aborted) {
    const from = position === null ? sql`1 = 1` : atOrBehind(columns, position);
    const rows = await select(table, reading, sql`${condition} AND ${from}`, columns, limit);
    for (let i = 0; i < rows.length; i += PAGE) yield rows.slice(i, i + PAGE);
    if (rows.length < limit) return;
    const last = columns.map((column) => keyOf(rows.at(-1), column));
    const next = last.filter((key) => key !== null);
    if (next.length < columns.length) return;
    // More rows of one key than a page holds: only a longer page gets behind them.
    limit = JSON.stringify(next) === JSON.stringify(position) ? limit * 2 : PAGE;
    position = next;
  }
}

/** Row values are not compared by every database. */
function atOrBehind(columns: readonly string[], [key, ...rest]: readonly Key[]): SqlExpression {
  const [name, ...others] = columns;
  const column = sql.id(D, name ?? '');
  if (others.length === 0) return sql`${column} >= ${key}`;
  return sql`(${column} > ${key} OR (${column} = ${key} AND ${atOrBehind(others, rest)}))`;
}

async function select(
  table: CodedTable,
  { database }: Reading,
  condition: SqlExpression,
  order: readonly string[],
  limit: number,
): Promise<readonly Row[]> {
  const isWithin = order.length > 1 ? sql`AND ${datedWithin(table)}` : sql``;
  const isCoded = order.length > 0 ? sql`AND ${sql.id(D, table.code)} IS NOT NULL` : sql``;
  const by = order.length === 0 ? [table.code] : order;
  const ordered = sql.join(by.map((column) => sql.id(D, column)));
  const end =
    table.dialect === 'mssql'
      ? sql`OFFSET 0 ROWS FETCH NEXT ${sql.lit(limit)} ROWS ONLY`
      : sql`LIMIT ${sql.lit(limit)}`;
  const { rows } = await sql<Row>`SELECT ${sql.join([...table.selection])}
    FROM ${sql.table(table.table)} AS ${sql.id(D)}
    WHERE ${condition} ${isCoded} ${isWithin} ORDER BY ${ordered} ${end}`.execute(database);
  return rows;
}

async function greatestChange(table: CodedTable, { database }: Reading): Promise<Key | null> {
  if (sortableChange(table) === null) return null;
  const { rows } = await sql<Row>`SELECT max(${sql.id(D, table.updatedAt?.column ?? '')}) AS ${sql.id('high')}
    FROM ${sql.table(table.table)} AS ${sql.id(D)} WHERE ${datedWithin(table)}`.execute(database);
  return keyOf(rows[0], 'high');
}

/** Only real dates: what a system writes where it has none may be the greatest of all. */
function datedWithin({ updatedAt }: SqlTable): SqlExpression {
  if (updatedAt === null) return sql`1 = 1`;
  const { column, format, earliest, latest } = updatedAt;
  const low = writeInstant(Date.parse(`${earliest}T00:00:00+07:00`), format);
  const high = writeInstant(Date.parse(`${latest}T23:59:59+07:00`), format);
  return sql`${sql.id(D, column)} >= ${low} AND ${sql.id(D, column)} <= ${high}`;
}

/** Formats whose order is that of time. */
function sortableChange({ updatedAt }: SqlTable): DateMapping | null {
  return updatedAt !== null && isSortable(updatedAt) ? updatedAt : null;
}

/** Two changes closer together than this may have one value. */
function granularityMs({ format }: DateMapping): number {
  return format === 'date' ? 86_400_000 : 1_000;
}

function keyOf(row: Row | undefined, column: string): Key | null {
  const value = row?.[column];
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/** Marks are written here only; one that cannot be read is as good as none. */
function parseMark(text: string): Mark | null {
  try {
    return JSON.parse(text) as Mark;
  } catch {
    return null;
  }
}
