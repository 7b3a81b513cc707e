import { sql } from 'kysely';
import type { DateMapping } from '../../sources/dossiers/dossier-mapping';
import { ENDED_STATUSES, NEWLY_REGISTERED, NOT_ACCEPTED } from '../../sources/dossiers/dossier-row';
import { ColumnTime } from '../../sources/sql/column-time';
import { endOfDay, startOfDay } from '../../sources/sql/local-clock';
import { hasStatus } from '../../sources/sql/mapped-columns';
import type { SqlExpression } from '../../sources/sql/sql-expression';
import type { SqlTable } from '../../sources/sql/sql-table';
import type { DossierDates, ReadableDossiers } from './readable-dossiers';
import type { RowFaultCode } from './system-facts';

export interface FaultCondition {
  readonly code: RowFaultCode;
  readonly place: string | null;
  /** True for a row with the fault; null counts as false. */
  readonly condition: SqlExpression;
}

/** No one-stop shop kept dossiers in a database before, and none promises further ahead. */
const FIRST_YEAR = 1990;
const YEARS_AHEAD = 20;

const YEAR_MS = 365.25 * 86_400_000;

/** All but those of dossiers that nobody has taken in (yet). */
const TAKEN_IN: readonly number[] = [0, 2, 4, 5, 6, 7, 8, 9, 10];

/** Days that systems write for "no date". They are meant, so they are no fault even where the mapping does not name them. */
const SENTINEL_DAYS = ['0001-01-01', '1753-01-01', '1899-12-30', '1900-01-01'] as const;
const LAST_SENTINEL = '9999-12-31';

/** The faults that this mapping lets one row show, those without the columns for it left out. */
export function faultConditions(
  mapping: ReadableDossiers,
  table: SqlTable,
  nowMs: number,
): readonly FaultCondition[] {
  const time = (name: keyof DossierDates) => new ColumnTime(mapping.dates[name], table);
  const { dates } = mapping;
  const has = (...names: readonly (keyof DossierDates)[]) => names.every((name) => dates[name] !== null);
  const fault = (isPossible: boolean, code: RowFaultCode, condition: () => SqlExpression) =>
    isPossible ? [{ code, place: null, condition: condition() }] : [];
  const isStatus = (statuses: readonly number[]) =>
    mapping.status === null
      ? sql`(1 = 0)`
      : sql`coalesce(${hasStatus(table, mapping.status, statuses)}, FALSE)`;
  const isBefore = (one: keyof DossierDates, other: keyof DossierDates) =>
    sql`(${comesBefore(mapping, table, one, other)} AND ${areDates(mapping, table, one, other)})`;
  return [
    ...(mapping.code === null ? [] : [isEmpty(table.column(mapping.code))]).map((condition) => ({
      code: 'NO_CODE' as const,
      place: mapping.code,
      condition,
    })),
    ...fault(
      has('received'),
      'NO_RECEIVED_DATE',
      () => sql`(${time('received').isAbsent()} AND ${isStatus(TAKEN_IN)})`,
    ),
    ...fault(
      has('due', 'received'),
      'NO_DUE_DATE',
      () =>
        sql`(${time('due').isAbsent()} AND ${time('received').isPresent()} AND NOT ${isStatus([NEWLY_REGISTERED, NOT_ACCEPTED])})`,
    ),
    ...fault(
      mapping.status !== null && (has('finished') || has('returned') || has('refused')),
      'ENDED_WITHOUT_DATE',
      () =>
        sql`(${isStatus(ENDED_STATUSES)} AND ${time('finished').isAbsent()} AND ${time('returned').isAbsent()} AND ${time('refused').isAbsent()})`,
    ),
    ...fault(has('finished', 'received'), 'FINISHED_BEFORE_RECEIVED', () => isBefore('finished', 'received')),
    ...fault(
      has('due', 'received'),
      'DUE_BEFORE_RECEIVED',
      () =>
        sql`(${isDayBefore(time('due'), time('received'))} AND ${areDates(mapping, table, 'due', 'received')})`,
    ),
    ...fault(has('returned', 'finished'), 'RETURNED_BEFORE_FINISHED', () => isBefore('returned', 'finished')),
    ...fault(
      has('received'),
      'RECEIVED_IN_FUTURE',
      () =>
        sql`(${time('received').isPresent()} AND ${time('received').isBeyond(nowMs)} AND NOT ${isImplausible(time('received'), nowMs)})`,
    ),
    ...Object.entries(dates).flatMap(([, date]) => (date === null ? [] : ofOneDate(date, table, nowMs))),
  ];
}

function ofOneDate(date: DateMapping, table: SqlTable, nowMs: number): readonly FaultCondition[] {
  const time = new ColumnTime(date, table);
  const isOutside = sql`(${time.column} IS NOT NULL AND ${time.isAbsent()} AND NOT ${meansNoDate(date, time)})`;
  const malformed = isMalformed(date, table);
  return [
    {
      code: 'DATE_OUT_OF_BOUNDS',
      place: date.column,
      condition: sql`(${isOutside} OR ${isImplausible(time, nowMs)})`,
    },
    ...(malformed === null
      ? []
      : [
          {
            code: 'DATE_UNREADABLE' as const,
            place: date.column,
            condition: sql`(${time.isPresent()} AND ${malformed})`,
          },
        ]),
  ];
}

/** Days are compared where one of the two columns keeps only days. */
function comesBefore(
  { dates }: ReadableDossiers,
  table: SqlTable,
  one: keyof DossierDates,
  other: keyof DossierDates,
): SqlExpression {
  const [a, b] = [dates[one], dates[other]];
  const [first, second] = [new ColumnTime(a, table), new ColumnTime(b, table)];
  if (a?.format === 'date' || b?.format === 'date') return isDayBefore(first, second);
  const isBefore =
    a?.format === b?.format
      ? sql`${first.column} < ${second.column}`
      : sql`${first.seconds()} < ${second.seconds()}`;
  return sql`(${first.isPresent()} AND ${second.isPresent()} AND ${isBefore})`;
}

/** A text that is no date is told as that, and as nothing else. */
function areDates(
  { dates }: ReadableDossiers,
  table: SqlTable,
  ...names: readonly (keyof DossierDates)[]
): SqlExpression {
  const malformed = names.flatMap((name) => {
    const date = dates[name];
    return (date && isMalformed(date, table)) ?? [];
  });
  return malformed.length === 0 ? sql`1 = 1` : sql`NOT (${sql.join(malformed, sql` OR `)})`;
}

/** A promise of a day holds all day, so its time of day says nothing. */
function isDayBefore(one: ColumnTime, other: ColumnTime): SqlExpression {
  return sql`(${one.isPresent()} AND ${other.isPresent()} AND ${one.day()} < ${other.day()})`;
}

function isImplausible(time: ColumnTime, nowMs: number): SqlExpression {
  const first = startOfDay(`${FIRST_YEAR}-01-01`);
  return sql`(${time.isBetween(null, first)} OR ${time.isBetween(nowMs + YEARS_AHEAD * YEAR_MS, null)})`;
}

/** What stands for "no date" as everybody writes it, or as the mapping says that this system does. */
function meansNoDate(date: DateMapping, time: ColumnTime): SqlExpression {
  const { column } = time;
  const days = SENTINEL_DAYS.map(
    (day) => sql`(${time.isFrom(startOfDay(day))} AND ${time.isBefore(endOfDay(day))})`,
  );
  const last = time.isFrom(startOfDay(LAST_SENTINEL));
  const own = date.nullAs === null ? [] : [sql`${column} = ${date.nullAs}`];
  return sql`(${sql.join([...days, ...emptyValues(date, column), last, ...own], sql` OR `)})`;
}

/** Types of the database's own hold neither an empty text nor a zero, and some refuse to be compared with one. */
function emptyValues(date: DateMapping, column: SqlExpression): readonly SqlExpression[] {
  switch (date.format) {
    case 'local-text':
    case 'local-compact':
      return [sql`trim(${column}) IN ('', '0')`, sql`${column} LIKE '0000%'`];
    case 'epoch-ms':
    case 'epoch-s':
      return [sql`${column} = 0`];
    case 'timestamp':
    case 'timestamptz':
    case 'date':
    case 'iso':
    case 'vietnamese':
      return [];
  }
}

/** A text within the bounds that is no date: reading the row would fail. null where the column's type rules that out. */
function isMalformed({ format, column: name }: DateMapping, table: SqlTable): SqlExpression | null {
  const column = table.column(name);
  const shape = SHAPES[format];
  if (shape === undefined) return null;
  const readable = table.dialect.isReadable(column, format);
  if (readable !== null) return sql`NOT (${readable})`;
  return table.dialect.name === 'sqlite' ? notGlob(column, shape) : notShaped(column, shape);
}

type Part = readonly [from: number, low: string, high: string];

interface Shape {
  readonly like: string;
  readonly glob: string;
  /** The month first: it is what no pattern of single letters tells. Two digits each. */
  readonly parts: readonly [month: Part, ...rest: Part[]];
}

const SHAPES: Readonly<Partial<Record<DateMapping['format'], Shape>>> = {
  'local-text': {
    like: '____-__-__ __:__:__',
    glob: '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]:[0-5][0-9]',
    parts: [
      [6, '01', '12'],
      [9, '01', '31'],
      [12, '00', '23'],
      [15, '00', '59'],
      [18, '00', '59'],
    ],
  },
  'local-compact': {
    like: '______________',
    glob: '[0-9][0-9][0-9][0-9][01][0-9][0-3][0-9][0-2][0-9][0-5][0-9][0-5][0-9]',
    parts: [
      [5, '01', '12'],
      [7, '01', '31'],
      [9, '00', '23'],
      [11, '00', '59'],
      [13, '00', '59'],
    ],
  },
};

/** Where a pattern may name digits, it does most of the work: this is asked of every date of every row. */
function notGlob(column: SqlExpression, { glob, parts: [month] }: Shape): SqlExpression {
  return sql`(${column} NOT GLOB ${sql.lit(glob)} OR ${isOutside(column, month)})`;
}

/** With LIKE and substr, which every database has alike. */
function notShaped(column: SqlExpression, { like, parts }: Shape): SqlExpression {
  const outside = parts.map((part) => isOutside(column, part));
  return sql`(${column} NOT LIKE ${sql.lit(like)} OR ${sql.join(outside, sql` OR `)})`;
}

function isOutside(column: SqlExpression, [from, low, high]: Part): SqlExpression {
  return sql`substr(${column}, ${sql.lit(from)}, 2) NOT BETWEEN ${sql.lit(low)} AND ${sql.lit(high)}`;
}

function isEmpty(column: SqlExpression): SqlExpression {
  return sql`(${column} IS NULL OR ${column} = '')`;
}
