import { sql } from 'kysely';
import type { SqlExpression } from './column-time';
import type {
  AgencyMapping,
  ConditionMapping,
  LookupMapping,
  StatusMapping,
  TextMapping,
} from '../dossiers/dossier-mapping';

type Bindable = string | number;

/** An expression that is true for no row. */
export const NEVER: SqlExpression = sql`1 = 0`;

export function ref(table: string, column: string): SqlExpression {
  return sql.ref(`${table}.${column}`);
}

/** `column IN (values)`; no value fits no row. */
export function isOneOf(column: SqlExpression, values: readonly Bindable[]): SqlExpression {
  if (values.length === 0) return NEVER;
  if (values.length === 1) return sql`${column} = ${values[0]}`;
  return sql`${column} IN (${sql.join(values)})`;
}

export function meets(table: string, { column, values }: ConditionMapping): SqlExpression {
  return isOneOf(ref(table, column), values);
}

/** An empty column does not meet a condition, so its negation must let it through. */
export function meetsNot(table: string, condition: ConditionMapping): SqlExpression {
  return sql`(${ref(table, condition.column)} IS NULL OR NOT (${meets(table, condition)}))`;
}

/** A column whose values stand for ours, read in both directions. */
export interface CodedColumn {
  /** The column as it is; null when one value holds for the whole system. */
  readonly raw: SqlExpression | null;
  /** What a raw value stands for; null when the mapping does not say. */
  toOurs(raw: unknown): string | null;
  /** The raw values that stand for any of ours. */
  toRaw(ours: readonly string[]): readonly Bindable[];
  /** Every value of ours it can have. */
  readonly ours: readonly string[];
}

type CodedMapping =
  | Extract<AgencyMapping, { readonly constant: string }>
  | {
      readonly column: string;
      readonly type: 'text' | 'number';
      readonly values: Readonly<Record<string, string>>;
    };

export function codedColumn(table: string, mapping: CodedMapping): CodedColumn {
  if ('constant' in mapping) {
    const { constant } = mapping;
    return { raw: null, toOurs: () => constant, toRaw: () => [], ours: [constant] };
  }
  const entries = Object.entries(mapping.values);
  const oursByRaw = new Map(entries);
  return {
    raw: ref(table, mapping.column),
    toOurs: (raw) => (isBindable(raw) ? (oursByRaw.get(String(raw)) ?? null) : null),
    toRaw: (ours) => {
      const wanted = new Set(ours);
      const raw = entries.filter(([, value]) => wanted.has(value)).map(([text]) => text);
      return mapping.type === 'number' ? raw.map(Number) : raw;
    },
    ours: [...new Set(oursByRaw.values())],
  };
}

/** Our value of a coded column as SQL, for order and ties. */
export function oursInSql(coded: CodedColumn): SqlExpression {
  if (coded.raw === null) return sql`${coded.ours[0]}`;
  const branches = coded.ours.map(
    (ours) => sql`WHEN ${isOneOf(coded.raw ?? NEVER, coded.toRaw([ours]))} THEN ${ours}`,
  );
  return branches.length === 0 ? sql`NULL` : sql`CASE ${sql.join(branches, sql` `)} END`;
}

/** Rows whose coded value is one of ours. `scan` keeps an index on the column out of it. */
export function hasOneOf(
  coded: CodedColumn,
  ours: readonly string[],
  access: 'index' | 'scan' = 'index',
): SqlExpression {
  if (coded.raw === null) return ours.some((value) => coded.ours.includes(value)) ? sql`1 = 1` : NEVER;
  return isOneOf(access === 'scan' ? sql`+${coded.raw}` : coded.raw, coded.toRaw(ours));
}

/** The text that a raw value leads to through the system's own tables; null where it leads to none or to several. */
export function followed(value: SqlExpression, through: readonly LookupMapping[]): SqlExpression {
  return through.reduce<SqlExpression>(
    (from, { table, match, value: to }) =>
      sql`(SELECT CASE WHEN count(DISTINCT ${sql.ref(to)}) = 1 THEN min(${sql.ref(to)}) END FROM ${sql.table(table)} WHERE ${sql.ref(match)} = ${from})`,
    value,
  );
}

/** Rows whose text, followed through the system's tables, is one of the wanted. */
export function leadsToOneOf(table: string, text: TextMapping, wanted: readonly string[]): SqlExpression {
  const column = ref(table, text.column);
  const texts = wanted.filter((value) => value !== '');
  if (texts.length === 0) return NEVER;
  const [first, ...rest] = text.through;
  return first === undefined ? isOneOf(column, texts) : sql`${column} IN (${matching(first, rest, texts)})`;
}

function matching(
  lookup: LookupMapping,
  rest: readonly LookupMapping[],
  wanted: readonly string[],
): SqlExpression {
  const target = sql`min(${sql.ref(lookup.value)})`;
  const [next, ...others] = rest;
  const fits =
    next === undefined ? isOneOf(target, wanted) : sql`${target} IN (${matching(next, others, wanted)})`;
  return sql`SELECT ${sql.ref(lookup.match)} FROM ${sql.table(lookup.table)} GROUP BY ${sql.ref(lookup.match)} HAVING count(DISTINCT ${sql.ref(lookup.value)}) = 1 AND ${fits}`;
}

/** Rows whose status is one of the national numbers. */
export function hasStatus(table: string, status: StatusMapping, wanted: readonly number[]): SqlExpression {
  const raw = singleColumnValues(status, wanted);
  if (raw !== null) return isOneOf(ref(table, status.columns[0] ?? ''), raw);
  const branches = status.values.map(
    ({ when, status: number }) => sql`WHEN ${fitsLine(table, status.columns, when)} THEN ${sql.lit(number)}`,
  );
  if (branches.length === 0 || wanted.length === 0) return NEVER;
  return sql`CASE ${sql.join(branches, sql` `)} END IN (${sql.join(wanted)})`;
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
  table: string,
  columns: readonly string[],
  when: readonly (Bindable | null)[],
): SqlExpression {
  const parts = when.map((value, i) => {
    const column = ref(table, columns[i] ?? '');
    return value === null ? sql`${column} IS NULL` : sql`${column} = ${value}`;
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
  return isBindable(raw) && String(raw) === String(expected);
}

function isBindable(value: unknown): value is Bindable {
  return typeof value === 'string' || typeof value === 'number';
}
