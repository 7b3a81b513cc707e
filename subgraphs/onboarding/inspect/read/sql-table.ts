import {
  type InspectedColumn,
  type InspectedIndex,
  type InspectedTable,
  MOST_VALUES,
} from './inspected-table';
import type { SampledRow, SampledValue } from './inspected-table';

/** One statement, its rows as plain values. Throws a SourceProblem. */
export type RunSql = (statement: string, params?: readonly SampledValue[]) => Promise<readonly SampledRow[]>;

export interface SqlDialect {
  readonly run: RunSql;
  /** Quotes one name. */
  readonly quote: (name: string) => string;
  /** The mark of the n-th parameter, from 1. */
  readonly mark: (place: number) => string;
}

export interface SqlTableFacts {
  /** Null for the schema that needs no name. */
  readonly schema: string | null;
  readonly table: string;
  readonly columns: readonly InspectedColumn[];
  readonly rowCount: number | null;
  readonly key: readonly string[];
  readonly indexes: readonly InspectedIndex[];
}

const SAMPLED_ROWS = 400;
/** So many rows are counted by value: enough to meet every word, little enough for a busy server. */
const COUNTED_ROWS = 200_000;
/** Files and geometries are not looked at. */
const UNREADABLE = /blob|bytea|binary|image|geometry|geography|tsvector/;

/** A table of a database; every statement is a plain SELECT with a LIMIT. */
export function createSqlTable(facts: SqlTableFacts, dialect: SqlDialect): InspectedTable {
  const { schema, table, key } = facts;
  const { run, quote, mark } = dialect;
  const columns = facts.columns.filter(({ type }) => !UNREADABLE.test(type));
  const from = schema === null ? quote(table) : `${quote(schema)}.${quote(table)}`;
  const list = columns.map(({ name }) => quote(name)).join(', ');
  // Backwards along the primary key: the newest rows, and no sorting.
  const newest = key.length === 0 ? '' : ` ORDER BY ${key.map((name) => `${quote(name)} DESC`).join(', ')}`;
  let sampled: Promise<readonly SampledRow[]> | null = null;
  return {
    name: schema === null ? table : `${schema}.${table}`,
    columns,
    rowCount: facts.rowCount,
    key,
    indexes: facts.indexes,
    from: null,
    doubts: [],
    sample: () =>
      (sampled ??=
        columns.length === 0
          ? Promise.resolve([])
          : run(`SELECT ${list} FROM ${from}${newest} LIMIT ${SAMPLED_ROWS}`)),
    async countValues(column) {
      const part = `SELECT ${quote(column)} AS v FROM ${from}${newest} LIMIT ${COUNTED_ROWS}`;
      const rows = await run(
        `SELECT v, COUNT(*) AS n FROM (${part}) part GROUP BY v ORDER BY n DESC LIMIT ${MOST_VALUES + 1}`,
      );
      return rows.map(({ v, n }) => ({ value: v ?? null, count: Number(n) }));
    },
    rowsWith: (column, value, limit) =>
      run(`SELECT ${list} FROM ${from} WHERE ${quote(column)} = ${mark(1)} LIMIT ${limit}`, [value]),
  };
}
