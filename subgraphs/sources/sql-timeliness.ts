import { sql } from 'kysely';
import { ColumnTime, dayOf, dayOfSeconds, type SqlExpression } from './column-time';
import type { DossierMapping, SupplementsMapping } from './dossier-mapping';
import type { DossierClock, TimelinessVerdict } from './dossier-query';
import { ENDED_STATUSES, NEWLY_REGISTERED } from './dossier-row';
import { hasStatus, meetsNot, ref } from './mapped-columns';

/** A dossier as it stood at one instant, in SQL. The same rules as judgeTimeliness of the dossiers subgraph. */
export interface DossierState {
  /** Taken in by then. */
  readonly isReceived: SqlExpression;
  /** Work is over by then. */
  readonly hasEnded: SqlExpression;
  /** Work is over, and no date says when. */
  readonly hasUnknownEnd: SqlExpression;
  /** 'YYYY-MM-DD'; null unless work ended by then on a known day. */
  readonly endDay: SqlExpression;
  /** A TimelinessVerdict as text, or null. */
  readonly verdict: SqlExpression;
}

/** The dates of a dossier, over the table's alias. */
export interface DossierTimes {
  readonly received: ColumnTime;
  readonly due: ColumnTime;
  /** What ends a dossier, by precedence. */
  readonly ends: readonly [finished: ColumnTime, returned: ColumnTime, refused: ColumnTime];
}

export function dossierTimes({ dates }: DossierMapping, table: string): DossierTimes {
  return {
    received: new ColumnTime(dates.received, table),
    due: new ColumnTime(dates.due, table),
    ends: [
      new ColumnTime(dates.finished, table),
      new ColumnTime(dates.returned, table),
      new ColumnTime(dates.refused, table),
    ],
  };
}

/** The alias under which `supplementsJoin` puts its columns. */
const SUPPLEMENTS = 's';

export function stateAt(
  mapping: DossierMapping,
  table: string,
  clock: DossierClock,
  atMs: number,
): DossierState {
  const times = dossierTimes(mapping, table);
  const hasUnknownEnd = sql`(${sql.join(
    times.ends.map((end) => end.isAbsent()),
    sql` AND `,
  )} AND coalesce(${hasStatus(table, mapping.status, ENDED_STATUSES)}, FALSE))`;
  const hasKnownEnd = sql`coalesce(${sql.join(times.ends.map((end) => end.isAtMost(atMs)))}, FALSE)`;
  const endDay = sql`CASE WHEN ${hasKnownEnd} THEN coalesce(${sql.join(times.ends.map((end) => end.day()))}) END`;
  const parts = { mapping, table, atMs, times, hasUnknownEnd, hasKnownEnd, endDay };
  return {
    isReceived: isReceived(parts),
    hasEnded: sql`(${hasKnownEnd} OR ${hasUnknownEnd})`,
    hasUnknownEnd,
    endDay,
    verdict: clock === 'LOCAL' ? localVerdict(parts) : nationalVerdict(parts),
  };
}

interface StateParts {
  readonly mapping: DossierMapping;
  readonly table: string;
  readonly atMs: number;
  readonly times: DossierTimes;
  readonly hasUnknownEnd: SqlExpression;
  readonly hasKnownEnd: SqlExpression;
  readonly endDay: SqlExpression;
}

function isReceived({ mapping, table, times, atMs }: StateParts): SqlExpression {
  const isNew = hasStatus(table, mapping.status, [NEWLY_REGISTERED]);
  return sql`(coalesce(${times.received.isAtMost(atMs)}, FALSE) AND NOT coalesce(${isNew}, FALSE))`;
}

/** Days compare with days: systems differ between date and minute, and a promise of a day is kept all day. */
function localVerdict(parts: StateParts): SqlExpression {
  const { times, atMs, endDay, hasKnownEnd, hasUnknownEnd } = parts;
  const dueDay = times.due.day();
  return sql`CASE
    WHEN NOT ${isReceived(parts)} OR ${hasUnknownEnd} OR ${times.due.isAbsent()} THEN NULL
    WHEN ${hasKnownEnd} THEN ${ended(endDay, dueDay)}
    ELSE ${unfinished(sql`${dayOf(atMs)}`, dueDay)}
  END`;
}

function nationalVerdict(parts: StateParts): SqlExpression {
  const { mapping, times, atMs, hasKnownEnd, hasUnknownEnd } = parts;
  // Without a record of supplements neither their number (rule 3) nor their time (rule 6) is known.
  if (mapping.supplements === null) return sql`NULL`;
  const count = sql`coalesce(${ref(SUPPLEMENTS, 'requests')}, 0)`;
  const requested = ref(SUPPLEMENTS, 'requested');
  const completed = ref(SUPPLEMENTS, 'completed');
  const endSeconds = sql`coalesce(${sql.join(times.ends.map((end) => end.seconds()))})`;
  const waitedToEnd = sql`coalesce(max(0, min(coalesce(${completed}, ${endSeconds}), ${endSeconds}) - ${requested}), 0)`;
  const dueDay = sql`coalesce(${ref(SUPPLEMENTS, 'dueBefore')}, ${times.due.day()})`;
  const nowSeconds = sql`${Math.floor(atMs / 1000)}`;
  return sql`CASE
    WHEN NOT ${isReceived(parts)} OR ${hasUnknownEnd} THEN NULL
    WHEN ${count} > 1 THEN CASE WHEN ${hasKnownEnd} THEN ${verdict('LATE')} ELSE ${verdict('OVERDUE')} END
    WHEN ${dueDay} IS NULL THEN NULL
    WHEN ${hasKnownEnd} THEN ${ended(dayOfSeconds(sql`(${endSeconds} - ${waitedToEnd})`), dueDay)}
    WHEN ${count} = 1 AND ${completed} IS NULL THEN ${unfinished(dayOfSeconds(requested), dueDay)}
    ELSE ${unfinished(dayOfSeconds(sql`(${nowSeconds} - coalesce(max(0, ${completed} - ${requested}), 0))`), dueDay)}
  END`;
}

/** What the national rule needs to know of a dossier's supplements at an instant, joined to the dossiers; nothing for a system that keeps none. */
export function supplementsJoin(mapping: DossierMapping, table: string, atMs: number): SqlExpression {
  const { supplements } = mapping;
  if (supplements === null) return sql``;
  return sql`LEFT JOIN (${supplementsOf(supplements, atMs)}) AS ${sql.id(SUPPLEMENTS)}
    ON ${ref(SUPPLEMENTS, 'dossier')} = ${ref(table, supplements.refersTo)}`;
}

/** More than one request decides by itself, so the least of each column is that of the only one wherever it is read. */
function supplementsOf(supplements: SupplementsMapping, atMs: number): SqlExpression {
  const from = 'x';
  const requested = new ColumnTime(supplements.requestedAt, from);
  const completed = new ColumnTime(supplements.completedAt, from);
  const dueBefore = new ColumnTime(supplements.dueBefore, from);
  const kept = supplements.deleted === null ? sql`TRUE` : meetsNot(from, supplements.deleted);
  return sql`SELECT ${ref(from, supplements.dossier)} AS ${sql.id('dossier')},
      count(*) AS ${sql.id('requests')},
      min(${requested.seconds()}) AS ${sql.id('requested')},
      min(CASE WHEN ${completed.isAtMost(atMs)} THEN ${completed.seconds()} END) AS ${sql.id('completed')},
      min(${dueBefore.day()}) AS ${sql.id('dueBefore')}
    FROM ${sql.table(supplements.table)} AS ${sql.id(from)}
    WHERE ${requested.isAtMost(atMs)} AND ${kept}
    GROUP BY 1`;
}

function ended(endDay: SqlExpression, dueDay: SqlExpression): SqlExpression {
  return sql`CASE WHEN ${endDay} < ${dueDay} THEN ${verdict('EARLY')} WHEN ${endDay} = ${dueDay} THEN ${verdict('ON_TIME')} ELSE ${verdict('LATE')} END`;
}

function unfinished(day: SqlExpression, dueDay: SqlExpression): SqlExpression {
  return sql`CASE WHEN ${day} <= ${dueDay} THEN ${verdict('WITHIN')} ELSE ${verdict('OVERDUE')} END`;
}

function verdict(name: TimelinessVerdict): SqlExpression {
  return sql.lit(name);
}
