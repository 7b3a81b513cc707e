import { sql } from 'kysely';
import type { SystemMapping } from '../../sources/mapping/system-mapping';
import { codedColumn, groupedColumn, meetsNot } from '../../sources/sql/mapped-columns';
import { type SqlContext, SqlTable } from '../../sources/sql/sql-table';
import type { ExecuteStatement } from '../../sources/sql/execute-statement';
import { numberOf, occurrences, textOf } from './sql-values';
import type { CatalogueFacts, Occurrences } from './system-facts';

export type SqlProcedures = NonNullable<Extract<SystemMapping, { kind: 'sql' }>['procedures']>;

interface CatalogueRow {
  readonly code: string | null;
  readonly name: string | null;
  readonly raw: string | null;
  readonly agency: string | null;
  readonly rows: number;
}

/** The catalogue of one system, in one pass: a few thousand codes. */
export class SqlCatalogueFacts implements CatalogueFacts {
  #rows: Promise<readonly CatalogueRow[]> | null = null;

  constructor(
    private readonly run: ExecuteStatement,
    private readonly context: SqlContext,
    private readonly mapping: SqlProcedures,
    /** Who publishes every row of a mapping that does not say. */
    private readonly onlyAgency: string | null,
  ) {}

  async agencies() {
    const byRaw = Map.groupBy(await this.#read(), ({ raw }) => raw);
    return [...byRaw].map(([raw, rows]) => ({
      raw,
      agency: rows[0]?.agency ?? null,
      rows: rows.reduce((sum, row) => sum + row.rows, 0),
    }));
  }

  async procedures() {
    const rows = await this.#read();
    const named = rows.flatMap(({ code, name }) =>
      code === null || code === '' ? [] : [[code, { code, name: name ?? '' }] as const],
    );
    return [...new Map(named).values()];
  }

  async duplicates(): Promise<Occurrences> {
    const twice = (await this.#read()).filter(({ code, rows }) => code !== null && code !== '' && rows > 1);
    return occurrences(twice.map(({ code }) => code ?? ''));
  }

  #read(): Promise<readonly CatalogueRow[]> {
    return (this.#rows ??= this.#query());
  }

  async #query(): Promise<readonly CatalogueRow[]> {
    const { table, columns, publishedBy, deleted } = this.mapping;
    const from = new SqlTable(this.context, table, 'p');
    const publisher = publishedBy === undefined ? null : codedColumn(from, publishedBy);
    const code = groupedColumn(from, columns.code);
    const raw = publisher?.grouped ?? null;
    const rows = await this.run(
      sql`SELECT ${code} AS ${sql.id('code')}, ${raw ?? sql`NULL`} AS ${sql.id('raw')},
        count(*) AS ${sql.id('rows')}, min(${from.column(columns.name)}) AS ${sql.id('name')} FROM ${from.from}
        WHERE ${deleted === null ? sql`1 = 1` : meetsNot(from, deleted)}
        GROUP BY ${code}${raw === null ? sql`` : sql`, ${raw}`}`,
    );
    return rows.map((row) => ({
      code: textOf(row['code']),
      name: textOf(row['name']),
      raw: textOf(row['raw']),
      agency: publisher === null ? this.onlyAgency : publisher.toOurs(row['raw']),
      rows: numberOf(row['rows']),
    }));
  }
}
