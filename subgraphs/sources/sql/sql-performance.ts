import { sql } from 'kysely';
import { ColumnTime, endOfDay, startOfDay, type SqlExpression } from './column-time';
import { type RawRow, readText } from '../dossiers/dossier-columns';
import type { DossierMapping, LookupMapping } from '../dossiers/dossier-mapping';
import type {
  DossierClock,
  PerformanceCounts,
  PerformanceGrouping,
  PerformanceQuery,
  PerformanceRow,
} from '../dossiers/dossier-query';
import { ENDED_STATUSES, NOT_ACCEPTED } from '../dossiers/dossier-row';
import { codedColumn, followed, hasOneOf, ref } from './mapped-columns';
import { addCounts } from '../dossiers/performance-counts';
import { isReceivedBy, isStatus, meetsCriteria } from './sql-criteria';
import { JOINED_SUPPLEMENTS, supplementsJoin } from './sql-supplements';
import {
  dossierTimes,
  endDay,
  endSeconds,
  hasEnded,
  hasUnknownEnd,
  localVerdict,
  type NationalFacts,
  nationalVerdict,
} from './sql-timeliness';

/** The alias of the dossier table; then of its rows with their dates read, judged, and counted. */
const D = 'd';
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

/** Figures of every pair of split and group, one pass over the dossiers of the period. */
export async function readPerformance(
  execute: (statement: SqlExpression) => Promise<readonly RawRow[]>,
  mapping: DossierMapping,
  query: PerformanceQuery,
): Promise<readonly PerformanceRow[]> {
  const split = groupingKey(mapping, query.splitBy);
  const group = groupingKey(mapping, query.groupBy);
  const rows = await execute(performanceStatement(mapping, query, split, group));
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
 * those few values are followed into the system's own catalogue. `LIMIT -1` keeps SQLite from folding one level into the next,
 * which would compute the inner expressions again wherever the outer ones name them.
 */
function performanceStatement(
  mapping: DossierMapping,
  query: PerformanceQuery,
  split: GroupingKey,
  group: GroupingKey,
): SqlExpression {
  const counters = [...Object.entries(ENTRIES), ...Object.entries(OUTCOMES)].map(([name, number]) => {
    const column = ref(JUDGED, name in ENTRIES ? 'entry' : 'outcome');
    return sql`sum(${column} = ${sql.lit(number)}) AS ${sql.id(name)}`;
  });
  const counted = [...Object.keys(ENTRIES), ...Object.keys(OUTCOMES), 'workingDays'];
  const isOneGroup = split === NO_KEY && group === NO_KEY;
  return sql`
    SELECT ${followed(ref(COUNTED, 'split'), split.through)} AS ${sql.id('split')},
      ${followed(ref(COUNTED, 'key'), group.through)} AS ${sql.id('key')}, ${sql.join(counted.map((name) => sql.id(name)))}
    FROM (
      SELECT ${ref(JUDGED, 'split')} AS ${sql.id('split')}, ${ref(JUDGED, 'key')} AS ${sql.id('key')},
        ${sql.join(counters)}, sum(${ref(JUDGED, 'days')}) AS ${sql.id('workingDays')}
      FROM (${judgedRows(mapping, query, split, group)} LIMIT -1) AS ${sql.id(JUDGED)}
      ${isOneGroup ? sql`` : sql`GROUP BY 1, 2`}
    ) AS ${sql.id(COUNTED)}`;
}

function judgedRows(
  mapping: DossierMapping,
  query: PerformanceQuery,
  split: GroupingKey,
  group: GroupingKey,
): SqlExpression {
  const { atMs } = periodOf(query);
  const isCarried = sql`${ref(DATED, 'entry')} = ${sql.lit(ENTRIES.carried)}`;
  const { end } = FACTS;
  const workedDays = sql`CASE WHEN ${end} > '' THEN working_day_number(${end}) - working_day_number(${ref(DATED, 'receivedDay')}) END`;
  return sql`
    SELECT ${ref(DATED, 'split')} AS ${sql.id('split')}, ${ref(DATED, 'key')} AS ${sql.id('key')},
      ${ref(DATED, 'entry')} AS ${sql.id('entry')},
      ${outcomeOf(mapping, query.clock, atMs)} AS ${sql.id('outcome')},
      ${workedDays} AS ${sql.id('days')}
    FROM (${datedRows(mapping, query, split, group)} LIMIT -1) AS ${sql.id(DATED)}
    WHERE NOT (${isCarried} AND coalesce((${end} > '' AND ${end} < ${query.from}) OR ${hasUnknownEnd(FACTS)}, FALSE))`;
}

/** The columns of the dated rows that a verdict rests on. */
const FACTS: NationalFacts = {
  end: ref(DATED, 'end'),
  isOver: ref(DATED, 'isOver'),
  dueDay: ref(DATED, 'dueDay'),
  endSeconds: ref(DATED, 'endSeconds'),
  requests: ref(DATED, 'requests'),
  requestedSeconds: ref(DATED, 'requestedSeconds'),
  completedSeconds: ref(DATED, 'completedSeconds'),
  dueBeforeDay: ref(DATED, 'dueBeforeDay'),
};

function outcomeOf(mapping: DossierMapping, clock: DossierClock, atMs: number): SqlExpression {
  const names = {
    EARLY: 'finishedEarly',
    ON_TIME: 'finishedOnTime',
    LATE: 'finishedLate',
    WITHIN: 'inProgressWithin',
    OVERDUE: 'inProgressOverdue',
  } as const;
  const undetermined = sql`CASE WHEN ${hasEnded(FACTS)} THEN ${sql.lit(OUTCOMES.finishedUndetermined)} ELSE ${sql.lit(OUTCOMES.inProgressUndetermined)} END`;
  // Without a record of supplements neither their number (rule 3) nor their time (rule 6) is known.
  if (clock === 'NATIONAL' && mapping.supplements === null) return undetermined;
  const verdict = clock === 'LOCAL' ? localVerdict(FACTS, atMs) : nationalVerdict(FACTS, atMs);
  const outcomes = Object.entries(names).map(
    ([name, outcome]) => sql`WHEN ${name} THEN ${sql.lit(OUTCOMES[outcome])}`,
  );
  return sql`CASE ${verdict} ${sql.join(outcomes, sql` `)} ELSE ${undetermined} END`;
}

/** The dossiers of the period with what is judged, each read once. */
function datedRows(
  mapping: DossierMapping,
  query: PerformanceQuery,
  split: GroupingKey,
  group: GroupingKey,
): SqlExpression {
  const { fromMs, atMs } = periodOf(query);
  const times = dossierTimes(mapping, D);
  const isNational = query.clock === 'NATIONAL' && mapping.supplements !== null;
  const national = { endSeconds: endSeconds(times), ...JOINED_SUPPLEMENTS };
  const columns = {
    split: split.raw,
    key: group.raw,
    entry: entryOf(mapping, times.received, fromMs),
    receivedDay: times.received.dayOfPresent(),
    end: endDay(times, atMs),
    isOver: isStatus(mapping, D, ENDED_STATUSES),
    dueDay: times.due.day(),
    ...(isNational ? national : {}),
  };
  const selection = Object.entries(columns).map(
    ([name, expression]) => sql`${expression} AS ${sql.id(name)}`,
  );
  return sql`
    SELECT ${sql.join(selection)}
    FROM ${sql.table(mapping.table)} AS ${sql.id(D)}
    ${isNational ? supplementsJoin(mapping, D, atMs) : sql``}
    WHERE ${meetsCriteria(mapping, D, query.criteria, atMs)}
      AND ${isReceivedBy(mapping, D, atMs, 'scan')}
      AND NOT ${isStatus(mapping, D, [NOT_ACCEPTED])}`;
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
function entryOf(mapping: DossierMapping, received: ColumnTime, fromMs: number | null): SqlExpression {
  const carried = fromMs === null ? sql`FALSE` : received.isBetween(null, fromMs);
  return sql`CASE WHEN ${carried} THEN ${sql.lit(ENTRIES.carried)}
    WHEN ${cameBy(mapping, 'ONLINE')} THEN ${sql.lit(ENTRIES.online)}
    WHEN ${cameBy(mapping, 'POSTAL')} THEN ${sql.lit(ENTRIES.postal)}
    ELSE ${sql.lit(ENTRIES.direct)} END`;
}

function cameBy(mapping: DossierMapping, channel: 'ONLINE' | 'POSTAL'): SqlExpression {
  return mapping.channel === null ? sql`FALSE` : hasOneOf(codedColumn(D, mapping.channel), [channel]);
}

interface GroupingKey {
  readonly raw: SqlExpression;
  readonly through: readonly LookupMapping[];
  toOurs(value: unknown): string | null;
}

const NO_KEY: GroupingKey = { raw: sql`NULL`, through: [], toOurs: () => null };

function groupingKey(mapping: DossierMapping, grouping: PerformanceGrouping | null): GroupingKey {
  switch (grouping) {
    case null:
      return NO_KEY;
    case 'month':
      return {
        ...NO_KEY,
        raw: sql`substr(${new ColumnTime(mapping.dates.received, D).dayOfPresent()}, 1, 7)`,
        toOurs: readText,
      };
    case 'agency':
    case 'channel': {
      const coded = grouping === 'agency' ? mapping.receivingAgency : mapping.channel;
      if (coded === null) return NO_KEY;
      const column = codedColumn(D, coded);
      return { raw: column.raw ?? sql`NULL`, through: [], toOurs: (value) => column.toOurs(value) };
    }
    case 'field':
    case 'procedure': {
      const text = mapping[grouping];
      return text === null ? NO_KEY : { raw: ref(D, text.column), through: text.through, toOurs: readText };
    }
  }
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
