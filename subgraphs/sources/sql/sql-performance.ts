import { sql } from 'kysely';
import { ColumnTime } from './column-time';
import { ALWAYS, NEVER } from './dialects/portable-sql';
import { endOfDay, startOfDay } from './local-clock';
import { type RawRow, readProcedure, readText, readWords } from '../dossiers/dossier-columns';
import type { DossierMapping, LookupMapping } from '../dossiers/dossier-mapping';
import type {
  DossierClock,
  PerformanceCounts,
  PerformanceGrouping,
  PerformanceQuery,
  PerformanceRow,
} from '../dossiers/dossier-query';
import { ENDED_STATUSES, NOT_ACCEPTED } from '../dossiers/dossier-row';
import { codedColumn, followed, groupedColumn } from './mapped-columns';
import type { SqlExpression } from './sql-expression';
import { columnOf, type SqlTable } from './sql-table';
import { addCounts } from '../dossiers/performance-counts';
import { isReceivedBy, isStatus, meetsCriteria } from './sql-criteria';
import { JOINED_SUPPLEMENTS, supplementsJoin } from './sql-supplements';
import {
  dossierTimes,
  type DossierTimes,
  endDay,
  endedOnDay,
  endSeconds,
  hasEnded,
  hasUnknownEnd,
  localVerdict,
  type NationalFacts,
  nationalVerdict,
} from './sql-timeliness';

/** The aliases of the rows with their dates read, judged, and counted. */
const DATED = 't';
const JUDGED = 'j';
const COUNTED = 'g';

/** How a dossier came into the period. */
const ENTRIES = { carried: 0, direct: 1, online: 2, postal: 3 } as const;

/** Where a dossier stands at the end of the period, as a number that is cheap to compare. */
const OUTCOMES = {
  finishedEarly: 1,
  finishedOnTime: 2,
  finishedLate: 3,
  finishedUndetermined: 4,
  inProgressWithin: 5,
  inProgressOverdue: 6,
  inProgressUndetermined: 7,
} as const satisfies Partial<Record<keyof PerformanceCounts, number>>;

interface PerformanceParts {
  readonly mapping: DossierMapping;
  /** The dossiers. */
  readonly table: SqlTable;
  readonly query: PerformanceQuery;
  readonly split: GroupingKey;
  readonly group: GroupingKey;
}

/** Figures of every pair of split and group, one pass over the dossiers of the period. */
export async function readPerformance(
  execute: (statement: SqlExpression) => Promise<readonly RawRow[]>,
  mapping: DossierMapping,
  table: SqlTable,
  query: PerformanceQuery,
): Promise<readonly PerformanceRow[]> {
  const split = groupingKey(mapping, table, query.splitBy);
  const group = groupingKey(mapping, table, query.groupBy);
  const rows = await execute(performanceStatement({ mapping, table, query, split, group }));
  return merged(
    rows.map((row) => ({
      split: split.toOurs(row['split']),
      key: group.toOurs(row['key']),
      counts: readCounts(row),
    })),
  );
}

/**
 * From the inside: dates are read once for each dossier, it is judged, counted by the raw values of split and group, and only
 * those few values are followed into the system's own catalogue. The fence keeps a database from folding one level into the next,
 * which would compute the inner expressions again wherever the outer ones name them.
 */
function performanceStatement(parts: PerformanceParts): SqlExpression {
  const { table, split, group } = parts;
  const { context, dialect } = table;
  const counters = [...Object.entries(ENTRIES), ...Object.entries(OUTCOMES)].map(([name, number]) => {
    const column = columnOf(JUDGED, name in ENTRIES ? 'entry' : 'outcome');
    return sql`${dialect.countWhere(sql`${column} = ${sql.lit(number)}`)} AS ${sql.id(name)}`;
  });
  const counted = [...Object.keys(ENTRIES), ...Object.keys(OUTCOMES), 'workingDays'];
  const isOneGroup = split === NO_KEY && group === NO_KEY;
  return sql`
    SELECT ${followed(context, columnOf(COUNTED, 'split'), split.through)} AS ${sql.id('split')},
      ${followed(context, columnOf(COUNTED, 'key'), group.through)} AS ${sql.id('key')}, ${sql.join(counted.map((name) => sql.id(name)))}
    FROM (
      SELECT ${isOneGroup ? sql`NULL` : columnOf(JUDGED, 'split')} AS ${sql.id('split')}, ${isOneGroup ? sql`NULL` : columnOf(JUDGED, 'key')} AS ${sql.id('key')},
        ${sql.join(counters)}, sum(${columnOf(JUDGED, 'days')}) AS ${sql.id('workingDays')}
      FROM (${judgedRows(parts)} ${dialect.fence}) AS ${sql.id(JUDGED)}
      ${isOneGroup ? sql`` : sql`GROUP BY ${columnOf(JUDGED, 'split')}, ${columnOf(JUDGED, 'key')}`}
    ) AS ${sql.id(COUNTED)}`;
}

function judgedRows(parts: PerformanceParts): SqlExpression {
  const { mapping, table, query } = parts;
  const { context, dialect } = table;
  const { atMs } = periodOf(query);
  const isCarried = sql`${columnOf(DATED, 'entry')} = ${sql.lit(ENTRIES.carried)}`;
  const { end } = FACTS;
  const isEnded = endedOnDay(dialect, FACTS);
  const dayNumber = (day: SqlExpression) => dialect.workingDayNumber(day, context.shifts);
  const workedDays = sql`CASE WHEN ${isEnded} THEN ${dayNumber(end)} - ${dayNumber(columnOf(DATED, 'receivedDay'))} END`;
  const wasOver =
    query.from === null
      ? NEVER
      : sql`(${isEnded} AND ${end} < ${dialect.day(query.from)}) OR ${hasUnknownEnd(FACTS)}`;
  return sql`
    SELECT ${columnOf(DATED, 'split')} AS ${sql.id('split')}, ${columnOf(DATED, 'key')} AS ${sql.id('key')},
      ${columnOf(DATED, 'entry')} AS ${sql.id('entry')},
      ${outcomeOf(mapping, table, query.clock, atMs)} AS ${sql.id('outcome')},
      ${workedDays} AS ${sql.id('days')}
    FROM (${datedRows(parts)} ${dialect.fence}) AS ${sql.id(DATED)}
    WHERE NOT (CASE WHEN ${isCarried} AND (${wasOver}) THEN 1 ELSE 0 END = 1)`;
}

/** The columns of the dated rows that a verdict rests on. */
const FACTS: NationalFacts = {
  end: columnOf(DATED, 'end'),
  isOver: sql`${columnOf(DATED, 'isOver')} = 1`,
  dueDay: columnOf(DATED, 'dueDay'),
  endSeconds: columnOf(DATED, 'endSeconds'),
  requests: columnOf(DATED, 'requests'),
  requestedSeconds: columnOf(DATED, 'requestedSeconds'),
  completedSeconds: columnOf(DATED, 'completedSeconds'),
  dueBeforeDay: columnOf(DATED, 'dueBeforeDay'),
};

function outcomeOf(
  mapping: DossierMapping,
  { dialect }: SqlTable,
  clock: DossierClock,
  atMs: number,
): SqlExpression {
  const names = {
    EARLY: 'finishedEarly',
    ON_TIME: 'finishedOnTime',
    LATE: 'finishedLate',
    WITHIN: 'inProgressWithin',
    OVERDUE: 'inProgressOverdue',
  } as const;
  const undetermined = sql`CASE WHEN ${hasEnded(dialect, FACTS)} THEN ${sql.lit(OUTCOMES.finishedUndetermined)} ELSE ${sql.lit(OUTCOMES.inProgressUndetermined)} END`;
  // Without a record of supplements neither their number (rule 3) nor their time (rule 6) is known.
  if (clock === 'NATIONAL' && mapping.supplements === null) return undetermined;
  const verdict =
    clock === 'LOCAL' ? localVerdict(dialect, FACTS, atMs) : nationalVerdict(dialect, FACTS, atMs);
  const outcomes = Object.entries(names).map(
    ([name, outcome]) => sql`WHEN ${sql.lit(name)} THEN ${sql.lit(OUTCOMES[outcome])}`,
  );
  return sql`CASE ${verdict} ${sql.join(outcomes, sql` `)} ELSE ${undetermined} END`;
}

/** The dossiers of the period with what is judged, each read once. */
function datedRows({ mapping, table, query, split, group }: PerformanceParts): SqlExpression {
  const { fromMs, atMs } = periodOf(query);
  const times = dossierTimes(mapping, table);
  const isNational = query.clock === 'NATIONAL' && mapping.supplements !== null;
  const national = { endSeconds: endSeconds(table.dialect, times), ...JOINED_SUPPLEMENTS };
  const columns = {
    split: split.raw,
    key: group.raw,
    entry: entryOf(mapping, table, times.received, fromMs),
    receivedDay: times.received.dayOfPresent(),
    end: endDay(table.dialect, times, atMs),
    isOver: sql`CASE WHEN ${isStatus(mapping, table, ENDED_STATUSES)} THEN 1 ELSE 0 END`,
    dueDay: times.due.day(),
    ...(isNational ? national : {}),
  };
  const selection = Object.entries(columns).map(
    ([name, expression]) => sql`${expression} AS ${sql.id(name)}`,
  );
  const rows = (isOfPart: SqlExpression) => sql`
    SELECT ${sql.join(selection)}
    FROM ${table.from}
    ${isNational ? supplementsJoin(mapping, table, atMs) : sql``}
    WHERE ${meetsCriteria(mapping, table, query.criteria, atMs)}
      AND ${isReceivedBy(mapping, table, atMs, 'scan')}
      AND NOT ${isStatus(mapping, table, [NOT_ACCEPTED])}
      AND ${isOfPart}`;
  return sql.join(partsOfPeriod(table, times, fromMs).map(rows), sql` UNION ALL `);
}

/**
 * What came in the period, and what was carried into it, apart: each has an index of its own, on the date of receipt and on that of the
 * end, and neither reads the years before. A few that had ended by another date are left to be told when they are judged.
 */
function partsOfPeriod(
  { dialect }: SqlTable,
  { received, ends: [finished] }: DossierTimes,
  fromMs: number | null,
): readonly SqlExpression[] {
  if (fromMs === null || !dialect.readsPeriods) return [ALWAYS];
  return [
    received.isBetween(fromMs, null),
    sql`${received.isBetween(null, fromMs)} AND ${finished.isAbsentBy(fromMs - 1)}`,
  ];
}

/** Figures are those of the end of the period; what is to come after `now` does not exist. */
function periodOf({ from, to, now }: PerformanceQuery): {
  readonly fromMs: number | null;
  readonly atMs: number;
} {
  const nowMs = Date.parse(now);
  return {
    fromMs: from === null ? null : startOfDay(from),
    atMs: to === null ? nowMs : Math.min(nowMs, endOfDay(to) - 1),
  };
}

/** A dossier whose channel nobody wrote down counts as handed in at the desk, as the national rule has it. */
function entryOf(
  mapping: DossierMapping,
  table: SqlTable,
  received: ColumnTime,
  fromMs: number | null,
): SqlExpression {
  const carried = fromMs === null ? NEVER : received.isBetween(null, fromMs);
  return sql`CASE WHEN ${carried} THEN ${sql.lit(ENTRIES.carried)}
    WHEN ${cameBy(mapping, table, 'ONLINE')} THEN ${sql.lit(ENTRIES.online)}
    WHEN ${cameBy(mapping, table, 'POSTAL')} THEN ${sql.lit(ENTRIES.postal)}
    ELSE ${sql.lit(ENTRIES.direct)} END`;
}

function cameBy(mapping: DossierMapping, table: SqlTable, channel: 'ONLINE' | 'POSTAL'): SqlExpression {
  return mapping.channel === null ? NEVER : codedColumn(table, mapping.channel).hasOneOf([channel], 'scan');
}

interface GroupingKey {
  readonly raw: SqlExpression;
  readonly through: readonly LookupMapping[];
  toOurs(value: unknown): string | null;
}

const NO_KEY: GroupingKey = { raw: sql`NULL`, through: [], toOurs: () => null };

function groupingKey(
  mapping: DossierMapping,
  table: SqlTable,
  grouping: PerformanceGrouping | null,
): GroupingKey {
  switch (grouping) {
    case null:
      return NO_KEY;
    case 'month':
      return {
        ...NO_KEY,
        raw: new ColumnTime(mapping.dates.received, table).monthOfPresent(),
        toOurs: readMonth,
      };
    case 'agency':
    case 'channel': {
      const coded = grouping === 'agency' ? mapping.receivingAgency : mapping.channel;
      if (coded === null) return NO_KEY;
      const column = codedColumn(table, coded);
      return { raw: column.grouped ?? sql`NULL`, through: [], toOurs: (value) => column.toOurs(value) };
    }
    case 'field':
    case 'procedure': {
      const text = mapping[grouping];
      if (text === null) return NO_KEY;
      const toOurs = (value: unknown) =>
        grouping === 'field' ? readWords(value) : readProcedure(mapping, table, value);
      return { raw: groupedColumn(table, text.column), through: text.through, toOurs };
    }
  }
}

/** `2024-05`, from whatever the database calls a month. */
function readMonth(value: unknown): string | null {
  return (
    /^(\d{4})-?(\d{2})/
      .exec(readText(value) ?? '')
      ?.slice(1, 3)
      .join('-') ?? null
  );
}

/** Several raw values may stand for one of ours: two notations of one agency, two names of one procedure. */
function merged(rows: readonly PerformanceRow[]): readonly PerformanceRow[] {
  const byKey = new Map<string, PerformanceRow>();
  for (const row of rows) {
    const id = JSON.stringify([row.split, row.key]);
    const known = byKey.get(id);
    byKey.set(id, known === undefined ? row : { ...row, counts: addCounts(known.counts, row.counts) });
  }
  return [...byKey.values()];
}

/** The parts as counted, and the sums that they make. */
function readCounts(row: RawRow): PerformanceCounts {
  const count = (name: string) => Number(row[name] ?? 0);
  const { carried, direct, online, postal } = mapValues(ENTRIES, count);
  const outcomes = mapValues(OUTCOMES, count);
  const { finishedEarly, finishedOnTime, finishedLate, finishedUndetermined } = outcomes;
  const { inProgressWithin, inProgressOverdue, inProgressUndetermined } = outcomes;
  return {
    ...outcomes,
    received: carried + direct + online + postal,
    carriedOver: carried,
    receivedDirect: direct,
    receivedOnline: online,
    receivedPostal: postal,
    finished: finishedEarly + finishedOnTime + finishedLate + finishedUndetermined,
    inProgress: inProgressWithin + inProgressOverdue + inProgressUndetermined,
    workingDays: count('workingDays'),
  };
}

function mapValues<Names extends Readonly<Record<string, number>>>(
  names: Names,
  valueOf: (name: string) => number,
): { readonly [Name in keyof Names]: number } {
  const values = Object.fromEntries(Object.keys(names).map((name) => [name, valueOf(name)]));
  return values as { readonly [Name in keyof Names]: number }; // It has the keys of `names`.
}
