import { sql } from 'kysely';
import { ColumnTime, dayOf, dayOfSeconds, type SqlExpression } from './column-time';
import type { DossierMapping } from '../dossiers/dossier-mapping';
import type { TimelinessVerdict } from '../dossiers/dossier-query';

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

/**
 * What a verdict on a received dossier rests on, as SQL: expressions over the table where a row is looked at once, columns of
 * a subquery where many verdicts are counted. The rules are those of judgeTimeliness in the dossiers subgraph.
 */
export interface JudgedFacts {
  /** See `endDay`. */
  readonly end: SqlExpression;
  /** The status says that work is over. */
  readonly isOver: SqlExpression;
  /** 'YYYY-MM-DD' or null. */
  readonly dueDay: SqlExpression;
}

export interface NationalFacts extends JudgedFacts {
  /** Seconds of the end that `end` is the day of. */
  readonly endSeconds: SqlExpression;
  /** Of the supplements requested by then: how many, and of the only one when requested, completed (or null), and the day it was due before (or null). */
  readonly requests: SqlExpression;
  readonly requestedSeconds: SqlExpression;
  readonly completedSeconds: SqlExpression;
  readonly dueBeforeDay: SqlExpression;
}

/** The day a dossier ended by an instant; empty text when it ends only later, null when no date says that it ends. */
export function endDay({ ends }: DossierTimes, atMs: number): SqlExpression {
  const days = ends.map(
    (end) =>
      sql`CASE WHEN ${end.isPresent()} THEN CASE WHEN ${end.column} <= ${end.bound(atMs)} THEN ${end.dayOfPresent()} ELSE '' END END`,
  );
  return sql`coalesce(${sql.join(days)})`;
}

export function endSeconds({ ends }: DossierTimes): SqlExpression {
  return sql`coalesce(${sql.join(ends.map((end) => end.seconds()))})`;
}

/** Work is over by then; on a known day or not. */
export function hasEnded({ end, isOver }: JudgedFacts): SqlExpression {
  return sql`(${end} > '' OR (${end} IS NULL AND ${isOver}))`;
}

/** Work is over, and no date says when. */
export function hasUnknownEnd({ end, isOver }: JudgedFacts): SqlExpression {
  return sql`(${end} IS NULL AND ${isOver})`;
}

/** A TimelinessVerdict as text, or null. Days compare with days: systems differ between date and minute, and a promise of a day is kept all day. */
export function localVerdict(facts: JudgedFacts, atMs: number): SqlExpression {
  const { end, dueDay } = facts;
  return sql`CASE
    WHEN ${dueDay} IS NULL OR ${hasUnknownEnd(facts)} THEN NULL
    WHEN ${end} > '' THEN ${ended(end, dueDay)}
    ELSE ${unfinished(sql`${dayOf(atMs)}`, dueDay)}
  END`;
}

/** As `localVerdict`, by indicator 2.1 of Decision 766. */
export function nationalVerdict(facts: NationalFacts, atMs: number): SqlExpression {
  const { end, requests, requestedSeconds: requested, completedSeconds: completed } = facts;
  const dueDay = sql`coalesce(${facts.dueBeforeDay}, ${facts.dueDay})`;
  const waitedToEnd = sql`coalesce(max(0, min(coalesce(${completed}, ${facts.endSeconds}), ${facts.endSeconds}) - ${requested}), 0)`;
  const waited = sql`coalesce(max(0, ${completed} - ${requested}), 0)`;
  return sql`CASE
    WHEN ${hasUnknownEnd(facts)} THEN NULL
    WHEN ${requests} > 1 THEN CASE WHEN ${end} > '' THEN ${verdict('LATE')} ELSE ${verdict('OVERDUE')} END
    WHEN ${dueDay} IS NULL THEN NULL
    WHEN ${end} > '' THEN ${ended(dayOfSeconds(sql`(${facts.endSeconds} - ${waitedToEnd})`), dueDay)}
    WHEN ${requests} = 1 AND ${completed} IS NULL THEN ${unfinished(dayOfSeconds(requested), dueDay)}
    ELSE ${unfinished(dayOfSeconds(sql`(${Math.floor(atMs / 1000)} - ${waited})`), dueDay)}
  END`;
}

function ended(day: SqlExpression, dueDay: SqlExpression): SqlExpression {
  return sql`CASE WHEN ${day} < ${dueDay} THEN ${verdict('EARLY')} WHEN ${day} = ${dueDay} THEN ${verdict('ON_TIME')} ELSE ${verdict('LATE')} END`;
}

function unfinished(day: SqlExpression, dueDay: SqlExpression): SqlExpression {
  return sql`CASE WHEN ${day} <= ${dueDay} THEN ${verdict('WITHIN')} ELSE ${verdict('OVERDUE')} END`;
}

function verdict(name: TimelinessVerdict): SqlExpression {
  return sql.lit(name);
}
