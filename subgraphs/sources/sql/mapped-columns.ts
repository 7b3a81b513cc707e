import { sql } from 'kysely';
import type {
  AgencyMapping,
  ConditionMapping,
  LookupMapping,
  StatusMapping,
  TextMapping,
} from '../dossiers/dossier-mapping';
import { ALWAYS, NEVER } from './dialects/portable-sql';
import type { Bindable } from './dialects/sql-dialect';
import type { SqlExpression } from './sql-expression';
import { type SqlContext, SqlTable } from './sql-table';

/** The column's value is one of these; no value fits no row. */
export function isOneOf(table: SqlTable, column: string, values: readonly Bindable[]): SqlExpression {
  if (values.length === 0) return NEVER;
  return table.dialect.isOneOf(table.column(column), values, table.kindOf(column));
}

export function meets(table: SqlTable, { column, values }: ConditionMapping): SqlExpression {
  return isOneOf(table, column, values);
}

/** An empty column does not meet a condition, so its negation must let it through. */
export function meetsNot(table: SqlTable, condition: ConditionMapping): SqlExpression {
  return sql`(${table.column(condition.column)} IS NULL OR NOT (${meets(table, condition)}))`;
}

/** A column whose values stand for ours, read in both directions. */
export interface CodedColumn {
  /** The column as it is; null when one value holds for the whole system. */
  readonly raw: SqlExpression | null;
  /** What a raw value stands for; null when the mapping does not say. */
  toOurs(raw: unknown): string | null;
  /** Every value of ours it can have. */
  readonly ours: readonly string[];
  /** Rows whose value is one of ours. `scan` keeps an index on the column out of it. */
  hasOneOf(ours: readonly string[], access?: 'index' | 'scan'): SqlExpression;
  /** The column in a form whose groups are of equal texts, to the letter. */
  readonly grouped: SqlExpression | null;
}

type CodedMapping =
  | Extract<AgencyMapping, { readonly constant: string }>
  | {
      readonly column: string;
      readonly type: 'text' | 'number';
      readonly values: Readonly<Record<string, string>>;
    };

export function codedColumn(table: SqlTable, mapping: CodedMapping): CodedColumn {
  if ('constant' in mapping) return constantColumn(mapping.constant);
  const { column, type } = mapping;
  const entries = Object.entries(mapping.values);
  const oursByRaw = new Map(entries);
  const raw = table.column(column);
  const toRaw = (ours: readonly string[]) => {
    const wanted = new Set(ours);
    const texts = entries.filter(([, value]) => wanted.has(value)).map(([text]) => text);
    return type === 'number' ? texts.map(Number) : texts;
  };
  return {
    raw,
    toOurs: (value) =>
      rawTexts(value)
        .map((text) => oursByRaw.get(text))
        .find((ours) => ours !== undefined) ?? null,
    ours: [...new Set(oursByRaw.values())],
    hasOneOf(ours, access = 'index') {
      const values = toRaw(ours);
      if (values.length === 0) return NEVER;
      const kind = table.kindOf(column);
      return access === 'scan'
        ? table.dialect.isOneOfMany(raw, values, kind)
        : table.dialect.isOneOf(raw, values, kind);
    },
    grouped: groupedColumn(table, column),
  };
}

function constantColumn(constant: string): CodedColumn {
  return {
    raw: null,
    toOurs: () => constant,
    ours: [constant],
    hasOneOf: (ours) => (ours.includes(constant) ? ALWAYS : NEVER),
    grouped: null,
  };
}

/** A column in a form whose groups are of equal values, to the letter. */
export function groupedColumn(table: SqlTable, column: string): SqlExpression {
  const { dialect } = table;
  const kind = table.kindOf(column);
  return dialect.groupsByBytes || (kind !== null && kind !== 'text')
    ? table.column(column)
    : dialect.exact(table.column(column));
}

/** Our value of a coded column as SQL, for order and ties. */
export function oursInSql(coded: CodedColumn): SqlExpression {
  const { ours } = coded;
  if (ours.length === 0) return sql`NULL`;
  if (ours.length === 1) return sql`${ours[0]}`;
  const branches = ours.map((one) => sql`WHEN ${coded.hasOneOf([one], 'scan')} THEN ${one}`);
  return sql`CASE ${sql.join(branches, sql` `)} END`;
}

/** The text that a raw value leads to through the system's own tables; null where it leads to none or to several. */
export function followed(
  context: SqlContext,
  value: SqlExpression,
  through: readonly LookupMapping[],
): SqlExpression {
  return through.reduce<SqlExpression>((from, lookup) => {
    const { match, to, table } = lookupColumns(context, lookup);
    return sql`(SELECT CASE WHEN count(DISTINCT ${to}) = 1 THEN min(${to}) END FROM ${table.from} WHERE ${context.dialect.isSame(match, from)})`;
  }, value);
}

/** Each level has an alias of its own, so that a column of one is not taken for the same name of another. */
function lookupColumns(context: SqlContext, { table: name, match, value }: LookupMapping) {
  const table = new SqlTable(context, name, `l_${name.replaceAll('.', '_')}`);
  return { table, match: table.column(match), to: groupedColumn(table, value) };
}

/** Rows whose text, followed through the system's tables, is one of the wanted. */
export function leadsToOneOf(
  table: SqlTable,
  { column, through }: Pick<TextMapping, 'column' | 'through'>,
  wanted: readonly string[],
): SqlExpression {
  const texts = wanted.filter((value) => value !== '');
  if (texts.length === 0) return NEVER;
  const [first, ...rest] = through;
  if (first === undefined) return isOneOf(table, column, texts);
  return sql`${groupedColumn(table, column)} IN (${matching(table.context, first, rest, texts)})`;
}

function matching(
  context: SqlContext,
  lookup: LookupMapping,
  rest: readonly LookupMapping[],
  wanted: readonly string[],
): SqlExpression {
  const { table, to } = lookupColumns(context, lookup);
  const match = groupedColumn(table, lookup.match);
  const target = sql`min(${to})`;
  const [next, ...others] = rest;
  const fits =
    next === undefined
      ? sql`${target} IN (${sql.join(wanted)})`
      : sql`${target} IN (${matching(context, next, others, wanted)})`;
  return sql`SELECT ${match} FROM ${table.from} GROUP BY ${match} HAVING count(DISTINCT ${to}) = 1 AND ${fits}`;
}

/** Rows whose status is one of the national numbers. */
export function hasStatus(table: SqlTable, status: StatusMapping, wanted: readonly number[]): SqlExpression {
  const raw = singleColumnValues(status, wanted);
  if (raw !== null) return isOneOf(table, status.columns[0] ?? '', raw);
  const branches = status.values.map(
    ({ when, status: number }) => sql`WHEN ${fitsLine(table, status.columns, when)} THEN ${sql.lit(number)}`,
  );
  if (branches.length === 0 || wanted.length === 0) return NEVER;
  return sql`CASE ${sql.join(branches, sql` `)} END IN (${sql.join(wanted.map((number) => sql.lit(number)))})`;
}

/** One column without a line for null needs no CASE, so an index on it can serve. */
function singleColumnValues(status: StatusMapping, wanted: readonly number[]): readonly Bindable[] | null {
  const firstLines = new Map<Bindable, number>();
  for (const { when, status: number } of status.values) {
    const [raw] = when;
    if (status.columns.length !== 1 || raw === null || raw === undefined) return null;
    if (!firstLines.has(raw)) firstLines.set(raw, number);
  }
  return [...firstLines].filter(([, number]) => wanted.includes(number)).map(([raw]) => raw);
}

function fitsLine(
  table: SqlTable,
  columns: readonly string[],
  when: readonly (Bindable | null)[],
): SqlExpression {
  const parts = when.map((value, i) => {
    const column = columns[i] ?? '';
    return value === null ? sql`${table.column(column)} IS NULL` : isOneOf(table, column, [value]);
  });
  return sql.join(parts, sql` AND `);
}

/** The national number of the raw values of the status columns; null when no line fits. */
export function readStatus(status: StatusMapping, raw: readonly unknown[]): number | null {
  const line = status.values.find(({ when }) => when.every((value, i) => isSame(value, raw[i])));
  return line?.status ?? null;
}

/** Systems keep a number in a text column and the other way round; the text of both is what the mapping means. */
function isSame(expected: Bindable | null, raw: unknown): boolean {
  if (expected === null) return raw === null;
  return rawTexts(raw).includes(String(expected));
}

const TRUE_TEXTS = ['true', '1', 't'];
const FALSE_TEXTS = ['false', '0', 'f'];

/** How a mapping may write a value of the database; a boolean is 1 in one of them and true in another. */
export function rawTexts(raw: unknown): readonly string[] {
  if (typeof raw === 'string') return [raw];
  if (typeof raw === 'number' || typeof raw === 'bigint') return [String(raw)];
  if (typeof raw === 'boolean') return raw ? TRUE_TEXTS : FALSE_TEXTS;
  return [];
}
