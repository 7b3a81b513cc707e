import { sql } from 'kysely';
import { comparePositions } from '../../../schema/shard-cursor';
import { ColumnTime } from './column-time';
import { ALWAYS, NEVER } from './dialects/portable-sql';
import {
  dossierColumns,
  type DossierColumns,
  readKey,
  readStep,
  readSupplement,
  stepSelection,
  supplementSelection,
  type RawRow,
} from '../dossiers/dossier-columns';
import type { DossierMapping } from '../dossiers/dossier-mapping';
import { positionOf } from '../dossiers/dossier-position';
import type {
  DossierCountQuery,
  DossierOrderName,
  DossierPageQuery,
  DossierPlace,
  PerformanceQuery,
  PerformanceRow,
} from '../dossiers/dossier-query';
import type { DossierKey, DossierRow, DossierStepRow, SupplementRow } from '../dossiers/dossier-row';
import { type CodedColumn, codedColumn, isOneOf, meetsNot, oursInSql } from './mapped-columns';
import { isServed, meetsCriteria, receivedBy } from './sql-criteria';
import { readPerformance } from './sql-performance';
import type { ExecuteStatement } from './execute-statement';
import type { SqlExpression } from './sql-expression';
import { type SqlContext, SqlTable } from './sql-table';

/** Beyond this many, reading in order of the date until the page is full costs less than a page of each. */
const MAX_MERGED_AGENCIES = 8;

/** The dossiers of one agency system, read where they live: filters, pages and figures are computed by its database. */
export class SqlDossierSource {
  readonly keepsSupplements: boolean;
  readonly keepsSteps: boolean;
  readonly #table: SqlTable;
  readonly #columns: DossierColumns;
  readonly #receiving: CodedColumn;

  constructor(
    private readonly execute: ExecuteStatement,
    private readonly mapping: DossierMapping,
    private readonly context: SqlContext,
  ) {
    this.keepsSupplements = mapping.supplements !== null;
    this.keepsSteps = mapping.steps !== null;
    this.#table = new SqlTable(context, mapping.table, 'd');
    this.#columns = dossierColumns(mapping, this.#table);
    this.#receiving = codedColumn(this.#table, mapping.receivingAgency);
  }

  /** At most `limit` dossiers after a place, in order. */
  async page(query: DossierPageQuery): Promise<readonly DossierRow[]> {
    const { agencies } = query.criteria;
    const isFew = agencies != null && agencies.length > 1 && agencies.length <= MAX_MERGED_AGENCIES;
    return isFew ? this.#mergedPage(query, [...new Set(agencies)]) : this.#onePage(query);
  }

  async count({ criteria, now }: DossierCountQuery): Promise<number> {
    const [row] = await this.execute(
      sql`SELECT count(*) AS ${sql.id('count')} FROM ${this.#table.from} WHERE ${this.#meets(criteria, now)}`,
    );
    return Number(row?.['count'] ?? 0);
  }

  /** Counts of each receiving agency asked for, in one pass; an agency without a dossier is not in the answer. */
  async countByAgency({ criteria, now }: DossierCountQuery): Promise<ReadonlyMap<string, number>> {
    const { grouped } = this.#receiving;
    const rows = await this.execute(
      sql`SELECT ${grouped ?? sql`NULL`} AS ${sql.id('agency')}, count(*) AS ${sql.id('count')}
        FROM ${this.#table.from} WHERE ${this.#meets(criteria, now)} ${grouped === null ? sql`` : sql`GROUP BY ${grouped}`}`,
    );
    const counts = new Map<string, number>();
    for (const row of rows) {
      const agency = this.#receiving.toOurs(row['agency']);
      const count = Number(row['count']);
      if (agency !== null && count > 0) counts.set(agency, (counts.get(agency) ?? 0) + count);
    }
    return counts;
  }

  /** The dossiers known here by any of these texts, as code or alias, in no order. */
  async findByCodes(codes: readonly string[]): Promise<readonly DossierRow[]> {
    const columns = [this.mapping.code, ...this.mapping.aliases];
    const isKnown = sql.join(
      columns.map((column) => isOneOf(this.#table, column, codes)),
      sql` OR `,
    );
    const isServedHere = isServed(this.mapping, this.#table);
    return this.#dossiers(
      allOf([sql`(${isKnown})`, isServedHere, receivedBy(this.mapping, this.#table, null)]),
      sql``,
    );
  }

  /** Supplements by dossier, oldest first; null when the system keeps no record of them. */
  async supplements(
    keys: readonly DossierKey[],
  ): Promise<ReadonlyMap<DossierKey, readonly SupplementRow[]> | null> {
    const { supplements } = this.mapping;
    if (supplements === null) return null;
    const table = new SqlTable(this.context, supplements.table, 'x');
    const condition = allOf([
      isOneOf(table, supplements.dossier, keys),
      supplements.deleted && meetsNot(table, supplements.deleted),
    ]);
    const rows = await this.execute(
      sql`SELECT ${supplementSelection(supplements, table)} FROM ${table.from} WHERE ${condition}`,
    );
    const byKey = byDossier(rows, (row) => readSupplement(supplements, row));
    return sorted(byKey, ({ requestedAt, completedAt }) => `${requestedAt} ${completedAt}`);
  }

  /** Steps by dossier, oldest first; null when the system keeps none. */
  async steps(
    keys: readonly DossierKey[],
  ): Promise<ReadonlyMap<DossierKey, readonly DossierStepRow[]> | null> {
    const { steps } = this.mapping;
    if (steps === null) return null;
    const table = new SqlTable(this.context, steps.table, 'x');
    const rows = await this.execute(
      sql`SELECT ${stepSelection(steps, table)} FROM ${table.from} WHERE ${isOneOf(table, steps.dossier, keys)}`,
    );
    const byKey = byDossier(rows, (row) => readStep(steps, row));
    return sorted(byKey, ({ at, status, dueAt }) => `${at} ${dueAt} ${status}`);
  }

  /** Pairs of split and group that have at least one dossier, in no order. */
  performance(query: PerformanceQuery): Promise<readonly PerformanceRow[]> {
    return readPerformance(this.execute, this.mapping, this.#table, query);
  }

  /** An index on agency and date serves one agency in order; asked for several together, the database would sort all they have. */
  async #mergedPage(query: DossierPageQuery, agencies: readonly string[]): Promise<readonly DossierRow[]> {
    const { criteria, order, limit } = query;
    const pages = await Promise.all(
      agencies.map((agency) => this.#onePage({ ...query, criteria: { ...criteria, agencies: [agency] } })),
    );
    const placed = pages.flat().map((row) => ({ row, position: positionOf(row, order) }));
    return placed
      .sort((a, b) => comparePositions(a.position, b.position))
      .slice(0, limit)
      .map(({ row }) => row);
  }

  async #onePage(query: DossierPageQuery): Promise<readonly DossierRow[]> {
    const { after, limit } = query;
    const dated = after?.value === null ? [] : await this.#datedPage(query, after);
    if (dated.length >= limit || impliesDate(query)) return dated;
    const place = after?.value === null ? after : null;
    return [...dated, ...(await this.#undatedPage(query, place, limit - dated.length))];
  }

  async #datedPage(query: DossierPageQuery, after: DossierPlace | null): Promise<readonly DossierRow[]> {
    const { time, isDescending } = this.#order(query.order);
    const tie = this.#tie(query.criteria);
    const conditions = [
      this.#meets(query.criteria, query.now),
      time.isPresent(),
      after && isAfter(time, isDescending, after, tie.isBehind(after)),
    ];
    const direction = isDescending ? sql`DESC` : sql`ASC`;
    const order = sql`ORDER BY ${time.column} ${direction}, ${tie.order} ${this.context.dialect.limit(query.limit)}`;
    if (this.context.dialect.sortsTies) return this.#dossiers(allOf(conditions), order);
    return this.#pageUpToCut(query, { time, isDescending, conditions, order });
  }

  /**
   * For a database that would sort everything behind an index to settle a few ties: the date of the last row of the page first, by
   * the index alone, and then what lies up to it, ties and all. Rows that vanish in between make it look once more, without a cut.
   */
  async #pageUpToCut(
    { limit }: DossierPageQuery,
    { time, isDescending, conditions, order }: DatedPageParts,
  ): Promise<readonly DossierRow[]> {
    const direction = isDescending ? sql`DESC` : sql`ASC`;
    const [last] = await this.execute(
      sql`SELECT ${time.column} AS ${sql.id('cut')} FROM ${this.#table.from} WHERE ${allOf(conditions)}
        ORDER BY ${time.column} ${direction} ${this.context.dialect.limit(1, limit - 1)}`,
    );
    const cut = last?.['cut'];
    if (cut === undefined) return this.#dossiers(allOf(conditions), order);
    const isUpToCut = sql`${time.column} ${isDescending ? sql`>=` : sql`<=`} ${cut}`;
    const rows = await this.#dossiers(allOf([...conditions, isUpToCut]), order);
    return rows.length >= limit ? rows : this.#dossiers(allOf(conditions), order);
  }

  async #undatedPage(
    query: DossierPageQuery,
    after: DossierPlace | null,
    limit: number,
  ): Promise<readonly DossierRow[]> {
    const { time } = this.#order(query.order);
    const tie = this.#tie(query.criteria);
    const condition = allOf([
      this.#meets(query.criteria, query.now),
      time.isAbsent(),
      after && tie.isBehind(after),
    ]);
    return this.#dossiers(condition, sql`ORDER BY ${tie.order} ${this.context.dialect.limit(limit)}`);
  }

  #order(order: DossierOrderName): { readonly time: ColumnTime; readonly isDescending: boolean } {
    const { received, due } = this.mapping.dates;
    const date = order.startsWith('RECEIVED') ? received : due;
    return { time: new ColumnTime(date, this.#table), isDescending: order.endsWith('_DESC') };
  }

  /** Ties go by agency, then code, bytewise; where one agency alone is asked for, it decides nothing. */
  #tie({ agencies }: DossierPageQuery['criteria']): Tie {
    const { dialect } = this.context;
    const code = dialect.exact(this.#table.column(this.mapping.code));
    const wanted = this.#receiving.ours.filter((ours) => agencies == null || agencies.includes(ours));
    const isBehindCode = (place: DossierPlace) => sql`${code} > ${dialect.exact(sql`${place.code}`)}`;
    const [only] = wanted;
    if (only !== undefined && wanted.length === 1) {
      return {
        order: code,
        isBehind: (place) =>
          only === place.agency ? isBehindCode(place) : only > place.agency ? ALWAYS : NEVER,
      };
    }
    const agency = dialect.exact(oursInSql(this.#receiving));
    return {
      order: sql`${agency}, ${code}`,
      isBehind: (place) =>
        sql`(${agency} > ${dialect.exact(sql`${place.agency}`)} OR (${agency} = ${dialect.exact(sql`${place.agency}`)} AND ${isBehindCode(place)}))`,
    };
  }

  #meets(criteria: DossierPageQuery['criteria'], now: string): SqlExpression {
    return meetsCriteria(this.mapping, this.#table, criteria, Date.parse(now));
  }

  async #dossiers(condition: SqlExpression, order: SqlExpression): Promise<readonly DossierRow[]> {
    const rows = await this.execute(
      sql`SELECT ${this.#columns.selection} FROM ${this.#table.from} WHERE ${condition} ${order}`,
    );
    return rows.map((row) => this.#columns.read(row));
  }
}

interface Tie {
  readonly order: SqlExpression;
  isBehind(place: DossierPlace): SqlExpression;
}

interface DatedPageParts {
  readonly time: ColumnTime;
  readonly isDescending: boolean;
  readonly conditions: readonly (SqlExpression | null)[];
  readonly order: SqlExpression;
}

/** The first comparison alone bounds the index; the second settles the ties. */
function isAfter(
  time: ColumnTime,
  isDescending: boolean,
  { value }: DossierPlace,
  isBehindTie: SqlExpression,
): SqlExpression {
  const instantMs = Date.parse(value ?? '');
  return isDescending
    ? sql`(${time.isUpTo(instantMs)} AND (${time.isBefore(instantMs)} OR ${isBehindTie}))`
    : sql`(${time.isFrom(instantMs)} AND (${time.isBeyond(instantMs)} OR ${isBehindTie}))`;
}

/** A verdict, or a day to be within, needs the date that the page is ordered by: nothing is left for those without. */
function impliesDate({ criteria, order }: DossierPageQuery): boolean {
  const { timeliness, receivedFrom, receivedTo, dueFrom, dueTo } = criteria;
  const days = order.startsWith('RECEIVED') ? [receivedFrom, receivedTo] : [dueFrom, dueTo];
  return timeliness != null || days.some((day) => day != null);
}

/** Oldest first; a database may give what is of one moment in any order. */
function sorted<Row>(
  groups: ReadonlyMap<DossierKey, readonly Row[]>,
  keyOf: (row: Row) => string,
): ReadonlyMap<DossierKey, readonly Row[]> {
  const byKey = (a: Row, b: Row) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0);
  return new Map([...groups].map(([key, rows]) => [key, rows.toSorted(byKey)]));
}

function allOf(conditions: readonly (SqlExpression | null)[]): SqlExpression {
  return sql.join(
    conditions.filter((condition) => condition !== null),
    sql` AND `,
  );
}

function byDossier<Row>(
  rows: readonly RawRow[],
  read: (row: RawRow) => Row | null,
): ReadonlyMap<DossierKey, readonly Row[]> {
  const groups = new Map<DossierKey, Row[]>();
  for (const raw of rows) {
    const key = readKey(raw['dossier']);
    const row = read(raw);
    if (key === null || row === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
