/** A value as it stands, made plain: dates and large numbers of a driver are texts, nested lists are left out. */
export type SampledValue = string | number | boolean | null;
export type SampledRow = Readonly<Record<string, SampledValue>>;

export interface InspectedColumn {
  readonly name: string;
  /** As the system names it, lower case; '' where the source has no types. */
  readonly type: string;
}

export interface InspectedIndex {
  readonly columns: readonly string[];
  readonly isUnique: boolean;
}

export interface ValueCount {
  readonly value: SampledValue;
  readonly count: number;
}

/** More different values than this are no list of words. */
export const MOST_VALUES = 300;

/** A table of a database, a sheet, a list that a service gives: whatever the recogniser looks at. Rows are read only when asked for. */
export interface InspectedTable {
  /** As the mapping names it. */
  readonly name: string;
  readonly columns: readonly InspectedColumn[];
  /** About how many rows; null where nobody knows. */
  readonly rowCount: number | null;
  /** The columns of the primary key. */
  readonly key: readonly string[];
  readonly indexes: readonly InspectedIndex[];
  /** How the mapping says where the rows come from: a `from` section, or null for a table of a database. */
  readonly from: Readonly<Record<string, unknown>> | null;
  /** What must be looked at again in `from`, one sentence each. */
  readonly doubts: readonly string[];
  /** Some hundreds of rows, newest where that can be told. */
  sample(): Promise<readonly SampledRow[]>;
  /** Values with their numbers of rows, the commonest first, MOST_VALUES + 1 at most; of a part of a large table. */
  countValues(column: string): Promise<readonly ValueCount[]>;
  /** A few rows that have this value. */
  rowsWith(column: string, value: SampledValue, limit: number): Promise<readonly SampledRow[]>;
}

/** What is at the address: tables, and the mapping's sections that say where they are. */
export interface InspectedSystem extends AsyncDisposable {
  readonly kind: 'sql' | 'rest' | 'soap' | 'sheet';
  /** What a person calls this: `PostgreSQL 15.4`, `the folder hoso`. Never with a password. */
  readonly title: string;
  readonly connection: Readonly<Record<string, unknown>>;
  readonly connectionDoubts: readonly string[];
  readonly tables: readonly InspectedTable[];
  /** True when values could be read; a description (OpenAPI, WSDL) has none. */
  readonly hasRows: boolean;
}
