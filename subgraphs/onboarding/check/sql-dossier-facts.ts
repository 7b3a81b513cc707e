import { sql } from 'kysely';
import type { AgencyMapping, ChannelMapping } from '../../sources/dossiers/dossier-mapping';
import { ColumnTime } from '../../sources/sql/column-time';
import type { ExecuteStatement } from '../../sources/sql/execute-statement';
import { endOfDay, startOfDay } from '../../sources/sql/local-clock';
import {
  codedColumn,
  followed,
  groupedColumn,
  meets,
  meetsNot,
  readStatus,
} from '../../sources/sql/mapped-columns';
import type { SqlExpression } from '../../sources/sql/sql-expression';
import { columnOf, type SqlContext, SqlTable } from '../../sources/sql/sql-table';
import { type FaultCondition, faultConditions } from './row-fault-conditions';
import { MAX_EXAMPLES } from './make-finding';
import { numberOf, occurrences, sortedCodes, textOf } from './sql-values';
import type { ReadableDossiers } from './readable-dossiers';
import type {
  AgencyGroup,
  DayGroup,
  DossierFacts,
  Occurrences,
  ProcedureGroups,
  RowFault,
  RowFaults,
  ValueGroups,
} from './system-facts';

const MAX_GROUPS = 5_000;
/** Up to so many rows of a fault are fetched together with those of the other rare faults, in one more pass. */
const RARE = 200;

/** Aggregates of the dossiers of one system, computed by its database: few passes over the table, small answers. */
export class SqlDossierFacts implements DossierFacts {
  readonly #table: SqlTable;
  readonly #faults: readonly FaultCondition[];
  readonly #from: SqlExpression;
  readonly #kept: SqlExpression;

  constructor(
    private readonly run: ExecuteStatement,
    private readonly context: SqlContext,
    private readonly mapping: ReadableDossiers,
    nowMs: number,
  ) {
    this.#table = new SqlTable(context, mapping.table, 'd');
    this.#faults = faultConditions(mapping, this.#table, nowMs);
    this.#from = sql`FROM ${this.#table.from}`;
    this.#kept = mapping.deleted === null ? sql`1 = 1` : meetsNot(this.#table, mapping.deleted);
  }

  async rowFaults(): Promise<RowFaults> {
    const { deleted } = this.mapping;
    const sums = this.#faults.map(
      ({ condition }, i) => sql`${sumOf(sql`${this.#kept} AND ${condition}`)} AS ${sql.id(`fault${i}`)}`,
    );
    const [row] = await this.run(
      sql`SELECT ${sql.join([
        sql`count(*) AS ${sql.id('rows')}`,
        sql`${deleted === null ? sql.lit(0) : sumOf(meets(this.#table, deleted))} AS ${sql.id('deleted')}`,
        ...sums,
      ])} ${this.#from}`,
    );
    const found = this.#faults
      .map((fault, i) => ({ ...fault, count: numberOf(row?.[`fault${i}`]) }))
      .filter(({ count }) => count > 0);
    return {
      rows: numberOf(row?.['rows']),
      deleted: numberOf(row?.['deleted']),
      faults: await this.#withExamples(found),
    };
  }

  async agencies(): Promise<readonly AgencyGroup[] | null> {
    const { receivingAgency, dates } = this.mapping;
    if (receivingAgency === null) return null;
    const coded = codedColumn(this.#table, receivingAgency);
    const received = new ColumnTime(dates.received, this.#table);
    const ofPresent = (what: SqlExpression) => sql`CASE WHEN ${received.isPresent()} THEN ${what} END`;
    const rows = await this.run(
      sql`SELECT ${sql.id('raw')}, ${sql.id('rows')}, ${sql.id('first')}, ${sql.id('last')} FROM (
        SELECT ${coded.grouped ?? sql`NULL`} AS ${sql.id('raw')}, count(*) AS ${sql.id('rows')},
          min(${ofPresent(received.dayOfPresent())}) AS ${sql.id('first')},
          max(${ofPresent(received.dayOfPresent())}) AS ${sql.id('last')}
        ${this.#from} WHERE ${this.#kept} ${groupBy(coded.grouped)}) AS ${sql.id('g')}
        WHERE ${sql.id('rows')} > 0 ORDER BY ${sql.id('rows')} DESC ${this.context.dialect.limit(MAX_GROUPS)}`,
    );
    return rows.map((row) => ({
      raw: textOf(row['raw']),
      agency: coded.toOurs(row['raw']),
      rows: numberOf(row['rows']),
      firstReceived: textOf(row['first']),
      lastReceived: textOf(row['last']),
    }));
  }

  handlingAgencies(): Promise<ValueGroups> {
    return this.#codedGroups(this.mapping.handlingAgency);
  }

  channels(): Promise<ValueGroups> {
    return this.#codedGroups(this.mapping.channel);
  }

  async statuses(): Promise<ValueGroups> {
    const { status } = this.mapping;
    if (status === null) return NO_GROUPS;
    return this.#groups(status.columns, (raw) => readStatus(status, raw) !== null);
  }

  async procedures(): Promise<ProcedureGroups> {
    const { procedure } = this.mapping;
    if (procedure === null) return { column: '', groups: [], isCut: false };
    const raw = columnOf('g', 'raw');
    const column = groupedColumn(this.#table, procedure.column);
    const rows = await this.run(
      sql`SELECT ${raw} AS ${sql.id('raw')}, ${columnOf('g', 'rows')} AS ${sql.id('rows')},
        ${followed(this.context, raw, procedure.through)} AS ${sql.id('code')} FROM (
        SELECT ${column} AS ${sql.id('raw')}, count(*) AS ${sql.id('rows')}
        ${this.#from} WHERE ${this.#kept} GROUP BY ${column}
        ORDER BY count(*) DESC ${this.context.dialect.limit(MAX_GROUPS + 1)}) AS ${sql.id('g')}`,
    );
    return {
      column: procedure.column,
      groups: rows.slice(0, MAX_GROUPS).map((row) => ({
        raw: textOf(row['raw']),
        code: textOf(row['code']),
        rows: numberOf(row['rows']),
      })),
      isCut: rows.length > MAX_GROUPS,
    };
  }

  async dueDays(): Promise<readonly DayGroup[]> {
    if (this.mapping.dates.due === null) return [];
    const due = new ColumnTime(this.mapping.dates.due, this.#table);
    const rows = await this.run(
      sql`SELECT ${due.dayOfPresent()} AS ${sql.id('day')}, count(*) AS ${sql.id('rows')}
        ${this.#from} WHERE ${this.#kept} AND ${due.isPresent()} GROUP BY 1`,
    );
    return rows.flatMap((row) => {
      const day = textOf(row['day']);
      return day === null ? [] : [{ day, rows: numberOf(row['rows']) }];
    });
  }

  async dueOn(days: readonly string[]): Promise<readonly string[]> {
    const due = new ColumnTime(this.mapping.dates.due, this.#table);
    const onDays = days.map((day) => due.isBetween(startOfDay(day), endOfDay(day)));
    return days.length === 0 ? [] : this.#codesWhere(sql`(${sql.join(onDays, sql` OR `)})`);
  }

  async duplicates(): Promise<Occurrences> {
    const { code, receivingAgency } = this.mapping;
    if (code === null) return NO_OCCURRENCES;
    const column = groupedColumn(this.#table, code);
    const agency = receivingAgency === null ? null : codedColumn(this.#table, receivingAgency);
    const rows = await this.run(
      sql`SELECT ${column} AS ${sql.id('code')}, ${agency?.grouped ?? sql`NULL`} AS ${sql.id('agency')}, count(*) AS ${sql.id('rows')}
        ${this.#from} WHERE ${this.#kept} AND ${column} IN (
          SELECT ${column} ${this.#from} WHERE ${this.#kept} AND ${column} <> '' GROUP BY ${column} HAVING count(*) > 1)
        GROUP BY ${column}${agency?.grouped ? sql`, ${agency.grouped}` : sql``}`,
    );
    // Two notations of one agency are one agency.
    const counts = new Map<string, { readonly code: string; readonly rows: number }>();
    for (const row of rows) {
      const text = textOf(row['code']) ?? '';
      const key = JSON.stringify([text, agency?.toOurs(row['agency']) ?? textOf(row['agency'])]);
      counts.set(key, { code: text, rows: (counts.get(key)?.rows ?? 0) + numberOf(row['rows']) });
    }
    const twice = [...counts.values()].filter((entry) => entry.rows > 1);
    return occurrences(twice.map((entry) => entry.code));
  }

  async aliasesThatAreCodes(): Promise<Occurrences> {
    const { code, aliases, table } = this.mapping;
    if (code === null) return NO_OCCURRENCES;
    const other = new SqlTable(this.context, table, 'o');
    const clashing: string[] = [];
    for (const alias of aliases) {
      const rows = await this.run(
        sql`SELECT DISTINCT ${this.#table.column(alias)} AS ${sql.id('code')} ${this.#from}
          JOIN ${other.from} ON ${this.context.dialect.isSame(other.column(code), this.#table.column(alias))}
          WHERE ${this.#kept} AND ${this.#table.column(alias)} <> '' AND ${this.#table.column(code)} <> ${this.#table.column(alias)}
          ${this.context.dialect.limit(MAX_GROUPS)}`,
      );
      clashing.push(...rows.map((row) => textOf(row['code']) ?? ''));
    }
    return occurrences(clashing);
  }

  async supplementsWithoutDossier(): Promise<number> {
    const { supplements } = this.mapping;
    if (supplements === null) return 0;
    const table = new SqlTable(this.context, supplements.table, 'x');
    const kept = supplements.deleted === null ? sql`1 = 1` : meetsNot(table, supplements.deleted);
    return this.#orphans(table, supplements.dossier, supplements.refersTo, kept);
  }

  async stepsWithoutDossier(): Promise<number> {
    const { steps } = this.mapping;
    if (steps === null) return 0;
    const table = new SqlTable(this.context, steps.table, 'x');
    return this.#orphans(table, steps.dossier, steps.refersTo, sql`1 = 1`);
  }

  async #orphans(table: SqlTable, from: string, to: string, kept: SqlExpression): Promise<number> {
    const [row] = await this.run(
      sql`SELECT count(*) AS ${sql.id('rows')} FROM ${table.from}
        WHERE ${kept} AND NOT EXISTS (SELECT 1 ${this.#from} WHERE ${this.#table.column(to)} = ${table.column(from)})`,
    );
    return numberOf(row?.['rows']);
  }

  async #codedGroups(mapping: AgencyMapping | ChannelMapping | null): Promise<ValueGroups> {
    if (mapping === null || 'constant' in mapping) return NO_GROUPS;
    const coded = codedColumn(this.#table, mapping);
    return this.#groups([mapping.column], ([raw]) => coded.toOurs(raw) !== null);
  }

  async #groups(
    columns: readonly string[],
    isKnown: (raw: readonly unknown[]) => boolean,
  ): Promise<ValueGroups> {
    const raw = columns.map((column) => groupedColumn(this.#table, column));
    const names = raw.map((column, i) => sql`${column} AS ${sql.id(`raw${i}`)}`);
    const rows = await this.run(
      sql`SELECT ${sql.join([...names, sql`count(*) AS ${sql.id('rows')}`])} ${this.#from}
        WHERE ${this.#kept} GROUP BY ${sql.join(raw)} ORDER BY count(*) DESC ${this.context.dialect.limit(MAX_GROUPS + 1)}`,
    );
    const groups = rows.slice(0, MAX_GROUPS).map((row) => {
      const values = columns.map((_, i) => row[`raw${i}`] ?? null);
      return { raw: values.map(textOf), isKnown: isKnown(values), rows: numberOf(row['rows']) };
    });
    return { columns, groups, isCut: rows.length > MAX_GROUPS };
  }

  /** Frequent faults show an example soon wherever one looks; the rare ones are looked for together. */
  async #withExamples(
    found: readonly (FaultCondition & { readonly count: number })[],
  ): Promise<readonly RowFault[]> {
    const rare = found.filter(({ count, code }) => count <= RARE && code !== 'NO_CODE');
    const rareCodes = await this.#codesOfEach(rare.map(({ condition }) => condition));
    const faults: RowFault[] = [];
    for (const fault of found) {
      const { code, place, count, condition } = fault;
      const at = rare.indexOf(fault);
      const examples =
        code === 'NO_CODE'
          ? []
          : at < 0
            ? await this.#codesWhere(condition)
            : (rareCodes[at] ?? []).slice(0, MAX_EXAMPLES);
      faults.push({ code, place, count, examples });
    }
    return faults;
  }

  async #codesOfEach(conditions: readonly SqlExpression[]): Promise<readonly (readonly string[])[]> {
    const { code } = this.mapping;
    if (code === null || conditions.length === 0) return conditions.map(() => []);
    const flags = conditions.map(
      (condition, i) => sql`CASE WHEN ${condition} THEN 1 ELSE 0 END AS ${sql.id(`fault${i}`)}`,
    );
    const rows = await this.run(
      sql`SELECT ${sql.join([sql`${this.#table.column(code)} AS ${sql.id('code')}`, ...flags])} ${this.#from}
        WHERE ${this.#kept} AND (${sql.join(conditions, sql` OR `)}) ${this.context.dialect.limit(RARE * conditions.length)}`,
    );
    return conditions.map((_, i) =>
      sortedCodes(rows.filter((row) => numberOf(row[`fault${i}`]) === 1).map((row) => textOf(row['code']))),
    );
  }

  async #codesWhere(condition: SqlExpression): Promise<readonly string[]> {
    const { code } = this.mapping;
    if (code === null) return [];
    const rows = await this.run(
      sql`SELECT ${this.#table.column(code)} AS ${sql.id('code')} ${this.#from}
        WHERE ${this.#kept} AND ${condition} ${this.context.dialect.limit(MAX_EXAMPLES)}`,
    );
    return sortedCodes(rows.map((row) => textOf(row['code'])));
  }
}

const NO_GROUPS: ValueGroups = { columns: [], groups: [], isCut: false };
const NO_OCCURRENCES: Occurrences = { count: 0, examples: [] };

function sumOf(condition: SqlExpression): SqlExpression {
  return sql`sum(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
}

function groupBy(column: SqlExpression | null): SqlExpression {
  return column === null ? sql`` : sql`GROUP BY ${column}`;
}
