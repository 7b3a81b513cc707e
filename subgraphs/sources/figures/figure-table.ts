import { sql } from 'kysely';
import type { DossierMapping, LookupMapping } from '../dossiers/dossier-mapping';
import { ENDED_STATUSES, NEWLY_REGISTERED, NOT_ACCEPTED } from '../dossiers/dossier-row';
import { ColumnTime, readColumnValue } from '../sql/column-time';
import { ALWAYS } from '../sql/dialects/portable-sql';
import type { ExecuteStatement } from '../sql/execute-statement';
import { codedColumn, groupedColumn, meetsNot } from '../sql/mapped-columns';
import { isServed, isStatus, receivedBy } from '../sql/sql-criteria';
import type { SqlExpression } from '../sql/sql-expression';
import { type SqlContext, SqlTable } from '../sql/sql-table';
import { dossierTimes, type DossierTimes, endSeconds } from '../sql/sql-timeliness';
import { dayOfSeconds, type FigureRow, type FigureSupplements } from './figure-day';
import { type FigureValues, UnfitFiguresError } from './value-list';

/** Rows that are read between two turns of the loop. */
const ROWS_A_TURN = 2_000;

export interface FigureTableParts {
  readonly execute: ExecuteStatement;
  readonly mapping: DossierMapping;
  readonly context: SqlContext;
}

/** Asks a table of dossiers for what figures are made of, by the very expressions that live figures are counted with. */
export class FigureTable {
  readonly #table: SqlTable;
  readonly #times: DossierTimes;

  constructor(private readonly parts: FigureTableParts) {
    this.#table = new SqlTable(parts.context, parts.mapping.table, 'd');
    this.#times = dossierTimes(parts.mapping, this.#table);
  }

  /** The first instant from one on at which a dossier was received; null when there is none. */
  async nextReceived(fromMs: number | null): Promise<number | null> {
    const { received } = this.#times;
    return this.#instant(
      sql`SELECT min(${received.column}) AS ${sql.id('at')} FROM ${this.#table.from} WHERE ${received.isBetween(fromMs, null)}`,
      this.parts.mapping.dates.received,
    );
  }

  /** When a row was last changed, not counting what is said to change later than now; null when the table does not tell. */
  async lastChange(nowMs: number): Promise<number | null> {
    const { updatedAt } = this.parts.mapping;
    if (updatedAt === null) return null;
    const time = new ColumnTime(updatedAt, this.#table);
    return this.#instant(
      sql`SELECT max(${time.column}) AS ${sql.id('at')} FROM ${this.#table.from} WHERE ${time.isPresentBy(nowMs)}`,
      updatedAt,
    );
  }

  /** The days, since 1970, on which dossiers that changed from an instant on were received. */
  async daysChangedSince(sinceMs: number): Promise<readonly number[]> {
    const updated = new ColumnTime(this.parts.mapping.updatedAt, this.#table);
    const { received } = this.#times;
    const rows = await this.parts.execute(
      sql`SELECT DISTINCT ${received.dayOfPresent()} AS ${sql.id('day')} FROM ${this.#table.from}
        WHERE ${updated.isBetween(sinceMs, null)} AND ${received.isPresent()}`,
    );
    return rows.map((row) => readDay(row['day'])).filter((day) => day !== null);
  }

  /** The dossiers received within [from, to), by day. */
  async rows(
    fromMs: number,
    toMs: number,
    values: FigureValues,
    turn: () => Promise<void>,
  ): Promise<ReadonlyMap<number, readonly FigureRow[]>> {
    const { mapping, execute } = this.parts;
    const supplements = await this.#supplements(fromMs, toMs);
    const refersTo = mapping.supplements && this.#table.column(mapping.supplements.refersTo);
    const { received, due } = this.#times;
    const columns = {
      ...this.#rawTexts(),
      received: received.seconds(),
      end: endSeconds(this.#table.dialect, this.#times),
      due: due.seconds(),
      over: sql`CASE WHEN ${isStatus(mapping, this.#table, ENDED_STATUSES)} THEN 1 ELSE 0 END`,
      refersTo: refersTo ?? sql`NULL`,
    };
    const selection = Object.entries(columns).map(([name, value]) => sql`${value} AS ${sql.id(name)}`);
    const rows = await execute(
      sql`SELECT ${sql.join(selection)} FROM ${this.#table.from} WHERE ${this.#isCounted(fromMs, toMs)}`,
    );
    const days = new Map<number, FigureRow[]>();
    let sinceTurn = 0;
    for (const row of rows) {
      const read = readRow(row, values, supplements.get(row['refersTo']) ?? null);
      const day = dayOfSeconds(read.received);
      const ofDay = days.get(day);
      if (ofDay === undefined) days.set(day, [read]);
      else ofDay.push(read);
      sinceTurn += 1;
      if (sinceTurn % ROWS_A_TURN === 0) await turn();
    }
    return days;
  }

  /** For each step, what its values lead to; a value that leads to none or several is not in it. */
  async followings(through: readonly LookupMapping[]): Promise<readonly ReadonlyMap<string, unknown>[]> {
    const steps = [];
    for (const { table: name, match, value } of through) {
      const table = new SqlTable(this.parts.context, name, 'l');
      const from = groupedColumn(table, match);
      const to = groupedColumn(table, value);
      const rows = await this.parts.execute(
        sql`SELECT ${from} AS ${sql.id('from')}, min(${to}) AS ${sql.id('to')} FROM ${table.from}
          GROUP BY ${from} HAVING count(DISTINCT ${to}) = 1`,
      );
      steps.push(
        new Map(rows.filter((row) => row['from'] !== null).map((row) => [String(row['from']), row['to']])),
      );
    }
    return steps;
  }

  #rawTexts(): Readonly<Record<string, SqlExpression>> {
    const { receivingAgency, channel, procedure, field } = this.parts.mapping;
    const coded = (mapping: typeof receivingAgency | typeof channel) =>
      (mapping && codedColumn(this.#table, mapping).grouped) ?? sql`NULL`;
    return {
      agency: coded(receivingAgency),
      channel: coded(channel),
      procedure: procedure === null ? sql`NULL` : groupedColumn(this.#table, procedure.column),
      field: field === null ? sql`NULL` : groupedColumn(this.#table, field.column),
    };
  }

  /** What no question about figures would leave in is not kept. */
  #isCounted(fromMs: number, toMs: number): SqlExpression {
    const { mapping } = this.parts;
    return sql`${this.#times.received.isBetween(fromMs, toMs)} AND ${isServed(mapping, this.#table) ?? ALWAYS}
      AND ${receivedBy(mapping, this.#table, null)} AND NOT ${isStatus(mapping, this.#table, [NEWLY_REGISTERED, NOT_ACCEPTED])}`;
  }

  /** By the key of the dossier. */
  async #supplements(fromMs: number, toMs: number): Promise<ReadonlyMap<unknown, FigureSupplements>> {
    const { mapping, context, execute } = this.parts;
    const { supplements } = mapping;
    const known = new Map<unknown, FigureSupplements>();
    if (supplements === null) return known;
    const table = new SqlTable(context, supplements.table, 'x');
    const requested = new ColumnTime(supplements.requestedAt, table);
    const completed = new ColumnTime(supplements.completedAt, table);
    const dueBefore = new ColumnTime(supplements.dueBefore, table);
    const refersTo = this.#table.column(supplements.refersTo);
    const kept = supplements.deleted === null ? ALWAYS : meetsNot(table, supplements.deleted);
    const rows = await execute(
      sql`SELECT ${refersTo} AS ${sql.id('key')}, ${requested.seconds()} AS ${sql.id('requested')},
          ${completed.seconds()} AS ${sql.id('completed')}, ${dueBefore.seconds()} AS ${sql.id('dueBefore')}
        FROM ${this.#table.from} INNER JOIN ${table.from} ON ${table.column(supplements.dossier)} = ${refersTo}
        WHERE ${this.#isCounted(fromMs, toMs)} AND ${requested.isPresent()} AND ${kept}`,
    );
    for (const row of rows) {
      const one = readSupplement(row);
      if (one === null) continue;
      const other = known.get(row['key']);
      known.set(row['key'], other === undefined ? one : firstOf(one, other));
    }
    return known;
  }

  async #instant(
    statement: SqlExpression,
    date: Parameters<typeof readColumnValue>[1],
  ): Promise<number | null> {
    const [row] = await this.parts.execute(statement);
    const instant = readColumnValue(row?.['at'], date);
    return instant === null ? null : Date.parse(instant);
  }
}

/** Of the earlier, with when the next was requested. */
function firstOf(one: FigureSupplements, other: FigureSupplements): FigureSupplements {
  const [first, later] = one.first < other.first ? [one, other] : [other, one];
  return { ...first, second: Math.min(first.second, later.first) };
}

type Raw = Readonly<Record<string, unknown>>;

function readRow(raw: Raw, values: FigureValues, supplements: FigureSupplements | null): FigureRow {
  const received = readNumber(raw['received']);
  if (received === null) throw new UnfitFiguresError('A date of receipt cannot be read');
  const due = readNumber(raw['due']);
  return {
    agency: values.agency.numberOf(raw['agency']),
    procedure: values.procedure.numberOf(raw['procedure']),
    field: values.field.numberOf(raw['field']),
    channel: values.channel.numberOf(raw['channel']),
    isOver: Number(raw['over']) === 1,
    received,
    end: readNumber(raw['end']),
    dueDay: due === null ? null : dayOfSeconds(due),
    supplements,
  };
}

function readSupplement(raw: Raw): FigureSupplements | null {
  const first = readNumber(raw['requested']);
  if (first === null) return null;
  const dueBefore = readNumber(raw['dueBefore']);
  return {
    first,
    second: Infinity,
    completed: readNumber(raw['completed']) ?? Infinity,
    dueBeforeDay: dueBefore === null ? Infinity : dayOfSeconds(dueBefore),
  };
}

function readNumber(value: unknown): number | null {
  return value === null || value === undefined ? null : Math.floor(Number(value));
}

/** As a database has its days: a text that begins with it, or a date of UTC. */
function readDay(value: unknown): number | null {
  const text = value instanceof Date ? value.toISOString() : String(value);
  const ms = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(ms) ? null : ms / 86_400_000;
}
