import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { ProcedureRecord } from '../../../subgraphs/sources/catalogue/procedure-record';
import {
  type AgencyNotation,
  createCatalogueTables,
  writeCatalogue,
} from '../../../subgraphs/sources/catalogue/write-catalogue';
import type { CatalogueLayout } from '../../../subgraphs/sources/layouts/catalogue-layout';

export type FlatRow = Readonly<Record<string, SQLInputValue>>;

const TABLE = 'tthc_cong_bo';

/** A catalogue as one table, a line for each who publishes a procedure, as a province's view over two tables gives it. */
export interface FlatCatalogue {
  readonly table: string;
  readonly rows: readonly FlatRow[];
  /** What its mapping says of it, as in a file. */
  readonly procedures: Readonly<Record<string, unknown>>;
}

/** @param publisherOf how the system writes an agency. */
export function flatCatalogue(
  layout: CatalogueLayout,
  records: readonly ProcedureRecord[],
  publisherOf: AgencyNotation,
): FlatCatalogue {
  using database = new DatabaseSync(':memory:');
  createCatalogueTables(database, layout);
  writeCatalogue(database, layout, records, publisherOf);
  const { table, columns, competences } = layout.mapping;
  const { procedure, agency, validFrom, validTo } = competences.columns;
  const rows = database
    .prepare(
      `SELECT ${[...mappedColumns(layout)].map((name) => `t.${name}`).join(', ')}, c.${agency} AS publisher, c.${validFrom} AS "from", c.${validTo} AS "to"
      FROM ${table} AS t JOIN ${competences.table} AS c ON c.${procedure} = t.${columns.code}`,
    )
    .all() as FlatRow[]; // Cells of SQLite.
  return { table: TABLE, rows, procedures: proceduresOf(layout) };
}

function mappedColumns({ mapping }: CatalogueLayout): ReadonlySet<string> {
  const { columns, channelTimes, money, time } = mapping;
  return new Set([
    ...Object.values(columns),
    ...Object.values(channelTimes),
    ...(time.kind === 'pair' ? [time.value, time.unit] : [time.column]),
    ...(money.kind === 'text' ? [money.min, money.max, money.unit] : [money.min, money.max]),
  ]);
}

function proceduresOf({ mapping }: CatalogueLayout): FlatCatalogue['procedures'] {
  const { columns, separators, words, time, money, channelTimes, absentText, competences } = mapping;
  const format = competences.days.kind === 'epoch-ms' ? 'epoch-ms' : 'local-text';
  // An open end is 1753-01-01, 0001-01-01 or 0: no later day is one.
  const date = (column: string) => ({ column, format, earliest: '1971-01-01' });
  return {
    table: TABLE,
    columns,
    time,
    channelTimes,
    money:
      money.kind === 'number'
        ? money
        : { kind: 'text', min: money.min, max: money.max, unit: money.unit, units: [money.unitWord] },
    absentTexts: absentText === null ? [] : [absentText],
    separators,
    words,
    publishedBy: { column: 'publisher', values: {} },
    validFrom: date('from'),
    validTo: date('to'),
  };
}
