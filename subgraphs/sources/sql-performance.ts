import { sql } from 'kysely';
import { ColumnTime, endOfDay, startOfDay, type SqlExpression } from './column-time';
import { type RawRow, readText } from './dossier-columns';
import type { DossierMapping, LookupMapping } from './dossier-mapping';
import type {
  PerformanceCounts,
  PerformanceGrouping,
  PerformanceQuery,
  PerformanceRow,
} from './dossier-query';
import { addCounts, countsOf } from './performance-counts';
import { NOT_ACCEPTED } from './dossier-row';
import { codedColumn, followed, hasStatus, ref } from './mapped-columns';
import { meetsCriteria } from './sql-criteria';
import { dossierTimes, stateAt, supplementsJoin } from './sql-timeliness';

/** The alias of the dossier table, and of the judged rows made of it. */
const D = 'd';
const JUDGED = 'j';
const GROUPED = 'g';

/** The columns of a judged row: what is counted, one by one. */
const COUNTERS: Readonly<Record<keyof PerformanceCounts, SqlExpression>> = {
  received: sql`count(*)`,
  carriedOver: sum(judged('carried')),
  receivedDirect: sum(sql`NOT ${judged('carried')} AND NOT ${judged('online')} AND NOT ${judged('postal')}`),
  receivedOnline: sum(sql`NOT ${judged('carried')} AND ${judged('online')}`),
  receivedPostal: sum(sql`NOT ${judged('carried')} AND ${judged('postal')}`),
  finished: sum(judged('ended')),
  finishedEarly: sum(sql`${judged('ended')} AND ${judged('verdict')} IS 'EARLY'`),
  finishedOnTime: sum(sql`${judged('ended')} AND ${judged('verdict')} IS 'ON_TIME'`),
  finishedLate: sum(sql`${judged('ended')} AND ${judged('verdict')} IS 'LATE'`),
  finishedUndetermined: sum(sql`${judged('ended')} AND ${judged('verdict')} IS NULL`),
  inProgress: sum(sql`NOT ${judged('ended')}`),
  inProgressWithin: sum(sql`NOT ${judged('ended')} AND ${judged('verdict')} IS 'WITHIN'`),
  inProgressOverdue: sum(sql`NOT ${judged('ended')} AND ${judged('verdict')} IS 'OVERDUE'`),
  inProgressUndetermined: sum(sql`NOT ${judged('ended')} AND ${judged('verdict')} IS NULL`),
  workingDays: sum(judged('days')),
};

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
 * Innermost each dossier is judged (`LIMIT -1` keeps SQLite from folding the judgement into every counter), then counted
 * by the raw values, and only those few values are followed into the system's own catalogue.
 */
function performanceStatement(
  mapping: DossierMapping,
  query: PerformanceQuery,
  split: GroupingKey,
  group: GroupingKey,
): SqlExpression {
  const counters = Object.entries(COUNTERS).map(([name, counter]) => sql`${counter} AS ${sql.id(name)}`);
  const names = Object.keys(COUNTERS).map((name) => sql.id(name));
  return sql`
    SELECT ${followed(ref(GROUPED, 'split'), split.through)} AS ${sql.id('split')},
      ${followed(ref(GROUPED, 'key'), group.through)} AS ${sql.id('key')}, ${sql.join(names)}
    FROM (
      SELECT ${ref(JUDGED, 'split')} AS ${sql.id('split')}, ${ref(JUDGED, 'key')} AS ${sql.id('key')}, ${sql.join(counters)}
      FROM (${judgedRows(mapping, query, split, group)} LIMIT -1) AS ${sql.id(JUDGED)}
      GROUP BY 1, 2
    ) AS ${sql.id(GROUPED)}`;
}

function judgedRows(
  mapping: DossierMapping,
  query: PerformanceQuery,
  split: GroupingKey,
  group: GroupingKey,
): SqlExpression {
  const { fromMs, atMs } = periodOf(query);
  const times = dossierTimes(mapping, D);
  const state = stateAt(mapping, D, query.clock, atMs);
  const isCarried = fromMs === null ? sql`FALSE` : times.received.isBetween(null, fromMs);
  const endedBefore =
    fromMs === null
      ? sql`FALSE`
      : sql`coalesce(${sql.join(times.ends.map((end) => end.isBefore(fromMs)))}, FALSE)`;
  const workedDays = sql`CASE WHEN ${state.endDay} IS NOT NULL THEN working_day_number(${state.endDay}) - working_day_number(${times.received.day()}) END`;
  return sql`
    SELECT ${split.raw} AS ${sql.id('split')}, ${group.raw} AS ${sql.id('key')},
      ${isCarried} AS ${sql.id('carried')},
      ${cameBy(mapping, 'ONLINE')} AS ${sql.id('online')},
      ${cameBy(mapping, 'POSTAL')} AS ${sql.id('postal')},
      ${state.hasEnded} AS ${sql.id('ended')},
      ${workedDays} AS ${sql.id('days')},
      ${state.verdict} AS ${sql.id('verdict')}
    FROM ${sql.table(mapping.table)} AS ${sql.id(D)}
    ${query.clock === 'NATIONAL' ? supplementsJoin(mapping, D, atMs) : sql``}
    WHERE ${meetsCriteria(mapping, D, query.criteria, atMs)}
      AND ${state.isReceived}
      AND NOT coalesce(${hasStatus(D, mapping.status, [NOT_ACCEPTED])}, FALSE)
      AND NOT (${isCarried} AND (${endedBefore} OR ${state.hasUnknownEnd}))`;
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
function cameBy(mapping: DossierMapping, channel: 'ONLINE' | 'POSTAL'): SqlExpression {
  if (mapping.channel === null) return sql`FALSE`;
  const column = codedColumn(D, mapping.channel);
  if (column.raw === null) return column.ours.includes(channel) ? sql`TRUE` : sql`FALSE`;
  const raw = column.toRaw([channel]);
  return raw.length === 0 ? sql`FALSE` : sql`coalesce(${column.raw} IN (${sql.join(raw)}), FALSE)`;
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
        raw: sql`substr(${new ColumnTime(mapping.dates.received, D).day()}, 1, 7)`,
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

function readCounts(row: RawRow): PerformanceCounts {
  return countsOf((name) => Number(row[name] ?? 0));
}

function judged(column: string): SqlExpression {
  return ref(JUDGED, column);
}

function sum(expression: SqlExpression): SqlExpression {
  return sql`coalesce(sum(${expression}), 0)`;
}
