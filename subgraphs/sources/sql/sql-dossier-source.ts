import { sql } from 'kysely';
import { comparePositions } from '../../../schema/shard-cursor';
import { ColumnTime, type SqlExpression } from './column-time';
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
import { codedColumn, isOneOf, meetsNot, oursInSql, ref } from './mapped-columns';
import { isServed, meetsCriteria, receivedBy } from './sql-criteria';
import { readPerformance } from './sql-performance';
import type { SqlDatabase } from './sqlite-database';

/** The alias of the dossier table in every query. */
const D = 'd';

/** Beyond this many, reading in order of the date until the page is full costs less than a page of each. */
const MAX_MERGED_AGENCIES = 8;

/** The dossiers of one agency system, read where they live: filters, pages and figures are computed by its database. */
export class SqlDossierSource {
  readonly keepsSupplements: boolean;
  readonly keepsSteps: boolean;
  readonly #columns: DossierColumns;
  readonly #agency: SqlExpression;

  /** The database needs the SQL function `working_day_number` (a day in, its ordinal among working days out). */
  constructor(
    private readonly database: SqlDatabase,
    private readonly mapping: DossierMapping,
  ) {
    this.keepsSupplements = mapping.supplements !== null;
    this.keepsSteps = mapping.steps !== null;
    this.#columns = dossierColumns(mapping, D);
    this.#agency = oursInSql(codedColumn(D, mapping.receivingAgency));
  }

  /** At most `limit` dossiers after a place, in order. */
  async page(query: DossierPageQuery): Promise<readonly DossierRow[]> {
    const { agencies } = query.criteria;
    const isFew = agencies != null && agencies.length > 1 && agencies.length <= MAX_MERGED_AGENCIES;
    return isFew ? this.#mergedPage(query, [...new Set(agencies)]) : this.#onePage(query);
  }

  async count({ criteria, now }: DossierCountQuery): Promise<number> {
    const [row] = await this.#rows(
      sql`SELECT count(*) AS ${sql.id('count')} FROM ${this.#table()} WHERE ${this.#meets(criteria, now)}`,
    );
    return Number(row?.['count'] ?? 0);
  }

  /** Counts of each receiving agency asked for, in one pass; an agency without a dossier is not in the answer. */
  async countByAgency({ criteria, now }: DossierCountQuery): Promise<ReadonlyMap<string, number>> {
    const receiving = codedColumn(D, this.mapping.receivingAgency);
    const rows = await this.#rows(
      sql`SELECT ${receiving.raw ?? sql`NULL`} AS ${sql.id('agency')}, count(*) AS ${sql.id('count')}
        FROM ${this.#table()} WHERE ${this.#meets(criteria, now)} GROUP BY 1`,
    );
    const counts = new Map<string, number>();
    for (const row of rows) {
      const agency = receiving.toOurs(row['agency']);
      if (agency !== null) counts.set(agency, (counts.get(agency) ?? 0) + Number(row['count']));
    }
    return counts;
  }

  /** The dossiers known here by any of these texts, as code or alias, in no order. */
  async findByCodes(codes: readonly string[]): Promise<readonly DossierRow[]> {
    const columns = [this.mapping.code, ...this.mapping.aliases];
    const isKnown = sql.join(
      columns.map((column) => isOneOf(ref(D, column), codes)),
      sql` OR `,
    );
    const conditions = [sql`(${isKnown})`, isServed(this.mapping, D), receivedBy(this.mapping, D, null)];
    return this.#dossiers(allOf(conditions), sql``);
  }

  /** Supplements by dossier, oldest first; null when the system keeps no record of them. */
  async supplements(
    keys: readonly DossierKey[],
  ): Promise<ReadonlyMap<DossierKey, readonly SupplementRow[]> | null> {
    const { supplements } = this.mapping;
    if (supplements === null) return null;
    const condition = allOf([
      isOneOf(ref('x', supplements.dossier), keys),
      supplements.deleted && meetsNot('x', supplements.deleted),
    ]);
    const rows = await this.#rows(
      sql`SELECT ${supplementSelection(supplements, 'x')} FROM ${sql.table(supplements.table)} AS ${sql.id('x')}
        WHERE ${condition} ORDER BY ${ref('x', supplements.requestedAt.column)}, ${sql.id('rowid')}`,
    );
    return byDossier(rows, (row) => readSupplement(supplements, row));
  }

  /** Steps by dossier, oldest first; null when the system keeps none. */
  async steps(
    keys: readonly DossierKey[],
  ): Promise<ReadonlyMap<DossierKey, readonly DossierStepRow[]> | null> {
    const { steps } = this.mapping;
    if (steps === null) return null;
    const rows = await this.#rows(
      sql`SELECT ${stepSelection(steps, 'x')} FROM ${sql.table(steps.table)} AS ${sql.id('x')}
        WHERE ${isOneOf(ref('x', steps.dossier), keys)} ORDER BY ${ref('x', steps.at.column)}, ${sql.id('rowid')}`,
    );
    return byDossier(rows, (row) => readStep(steps, row));
  }

  /** Pairs of split and group that have at least one dossier, in no order. */
  performance(query: PerformanceQuery): Promise<readonly PerformanceRow[]> {
    return readPerformance((statement) => this.#rows(statement), this.mapping, query);
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
    const dated = query.after?.value === null ? [] : await this.#datedPage(query, query.after);
    if (dated.length >= query.limit) return dated;
    const after = query.after?.value === null ? query.after : null;
    return [...dated, ...(await this.#undatedPage(query, after, query.limit - dated.length))];
  }

  async #datedPage(query: DossierPageQuery, after: DossierPlace | null): Promise<readonly DossierRow[]> {
    const { time, isDescending } = this.#order(query.order);
    const direction = isDescending ? sql`DESC` : sql`ASC`;
    const condition = allOf([
      this.#meets(query.criteria, query.now),
      time.isPresent(),
      after && this.#isAfter(time, isDescending, after),
    ]);
    const order = sql`ORDER BY ${time.column} ${direction}, ${this.#agency}, ${ref(D, this.mapping.code)} LIMIT ${query.limit}`;
    return this.#dossiers(condition, order);
  }

  async #undatedPage(
    query: DossierPageQuery,
    after: DossierPlace | null,
    limit: number,
  ): Promise<readonly DossierRow[]> {
    const { time } = this.#order(query.order);
    const condition = allOf([
      this.#meets(query.criteria, query.now),
      time.isAbsent(),
      after && this.#isBehindTie(after),
    ]);
    const order = sql`ORDER BY ${this.#agency}, ${ref(D, this.mapping.code)} LIMIT ${limit}`;
    return this.#dossiers(condition, order);
  }

  #order(order: DossierOrderName): { readonly time: ColumnTime; readonly isDescending: boolean } {
    const { received, due } = this.mapping.dates;
    const date = order.startsWith('RECEIVED') ? received : due;
    return { time: new ColumnTime(date, D), isDescending: order.endsWith('_DESC') };
  }

  /** The first comparison alone bounds the index; the second settles the ties. */
  #isAfter(time: ColumnTime, isDescending: boolean, after: DossierPlace): SqlExpression {
    const value = time.bound(Date.parse(after.value ?? ''));
    const [upTo, beyond] = isDescending ? [sql`<=`, sql`<`] : [sql`>=`, sql`>`];
    return sql`(${time.column} ${upTo} ${value} AND (${time.column} ${beyond} ${value} OR ${this.#isBehindTie(after)}))`;
  }

  #isBehindTie({ agency, code }: DossierPlace): SqlExpression {
    return sql`(${this.#agency} > ${agency} OR (${this.#agency} = ${agency} AND ${ref(D, this.mapping.code)} > ${code}))`;
  }

  #meets(criteria: DossierPageQuery['criteria'], now: string): SqlExpression {
    return meetsCriteria(this.mapping, D, criteria, Date.parse(now));
  }

  #table(): SqlExpression {
    return sql`${sql.table(this.mapping.table)} AS ${sql.id(D)}`;
  }

  async #dossiers(condition: SqlExpression, order: SqlExpression): Promise<readonly DossierRow[]> {
    const rows = await this.#rows(
      sql`SELECT ${this.#columns.selection} FROM ${this.#table()} WHERE ${condition} ${order}`,
    );
    return rows.map((row) => this.#columns.read(row));
  }

  async #rows(statement: SqlExpression): Promise<readonly RawRow[]> {
    const { rows } = await statement.execute(this.database);
    // Every statement here selects, so each row is an object of its named columns.
    return rows as readonly RawRow[];
  }
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
