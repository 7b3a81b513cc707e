import { sql } from 'kysely';
import { ColumnTime } from './column-time';
import type { SqlDialect } from './dialects/sql-dialect';
import { dayOf } from './local-clock';
import type { SqlExpression } from './sql-expression';
import type { SqlTable } from './sql-table';
import type { DossierMapping } from '../dossiers/dossier-mapping';
import type { TimelinessVerdict } from '../dossiers/dossier-query';

/** The dates of a dossier, over the table's alias. */
export interface DossierTimes {
  readonly received: ColumnTime;
  readonly due: ColumnTime;
  /** What ends a dossier, by precedence. */
  readonly ends: readonly [finished: ColumnTime, returned: ColumnTime, refused: ColumnTime];
}

export function dossierTimes({ dates }: DossierMapping, table: SqlTable): DossierTimes {
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
  /** A day or null. */
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

/** Stands for a day that is still to come: before every day that a dossier could have ended on. */
const NOT_YET = '1000-01-01';

/** The day a dossier ended by an instant; NOT_YET when it ends only later, null when no date says that it ends. */
export function endDay(dialect: SqlDialect, { ends }: DossierTimes, atMs: number): SqlExpression {
  const days = ends
    .filter((end) => end.isKept())
    .map(
      (end) =>
        sql`CASE WHEN ${end.isPresent()} THEN CASE WHEN ${end.isUpTo(atMs)} THEN ${end.dayOfPresent()} ELSE ${dialect.day(NOT_YET)} END END`,
    );
  return coalesced(days, dialect.noDay);
}

export function endSeconds(dialect: SqlDialect, { ends }: DossierTimes): SqlExpression {
  const kept = ends.filter((end) => end.isKept());
  return coalesced(
    kept.map((end) => end.seconds()),
    dialect.noSeconds,
  );
}

function coalesced(values: readonly SqlExpression[], none: SqlExpression): SqlExpression {
  if (values.length === 0) return none;
  return values.length === 1 ? sql`${values[0]}` : sql`coalesce(${sql.join(values)})`;
}

/** Ended by then, on a known day. */
export function endedOnDay(dialect: SqlDialect, { end }: Pick<JudgedFacts, 'end'>): SqlExpression {
  return sql`${end} > ${dialect.day(NOT_YET)}`;
}

/** Work is over by then; on a known day or not. */
export function hasEnded(dialect: SqlDialect, facts: JudgedFacts): SqlExpression {
  return sql`(${endedOnDay(dialect, facts)} OR ${hasUnknownEnd(facts)})`;
}

/** Work is over, and no date says when. */
export function hasUnknownEnd({ end, isOver }: JudgedFacts): SqlExpression {
  return sql`(${end} IS NULL AND ${isOver})`;
}

/** A TimelinessVerdict as text, or null. Days compare with days: systems differ between date and minute, and a promise of a day is kept all day. */
export function localVerdict(dialect: SqlDialect, facts: JudgedFacts, atMs: number): SqlExpression {
  const { end, dueDay } = facts;
  return sql`CASE
    WHEN ${dueDay} IS NULL OR ${hasUnknownEnd(facts)} THEN NULL
    WHEN ${endedOnDay(dialect, facts)} THEN ${ended(end, dueDay)}
    ELSE ${unfinished(dialect.day(dayOf(atMs)), dueDay)}
  END`;
}

/** As `localVerdict`, by indicator 2.1 of Decision 766. */
export function nationalVerdict(dialect: SqlDialect, facts: NationalFacts, atMs: number): SqlExpression {
  const { endSeconds: finished, requests, requestedSeconds: requested, completedSeconds: completed } = facts;
  const isEnded = endedOnDay(dialect, facts);
  const dueDay = sql`coalesce(${facts.dueBeforeDay}, ${facts.dueDay})`;
  const waitedTo = sql`CASE WHEN ${completed} < ${finished} THEN ${completed} ELSE ${finished} END`;
  const endedWithoutWait = dialect.dayOfSeconds(
    sql`(${finished} - ${notBelowZero(sql`(${waitedTo}) - ${requested}`)})`,
  );
  const now = sql.lit(Math.floor(atMs / 1000));
  const todayWithoutWait = dialect.dayOfSeconds(
    sql`(${now} - ${notBelowZero(sql`${completed} - ${requested}`)})`,
  );
  return sql`CASE
    WHEN ${hasUnknownEnd(facts)} THEN NULL
    WHEN ${requests} > 1 THEN CASE WHEN ${isEnded} THEN ${verdict('LATE')} ELSE ${verdict('OVERDUE')} END
    WHEN ${dueDay} IS NULL THEN NULL
    WHEN ${isEnded} THEN ${ended(endedWithoutWait, dueDay)}
    WHEN ${requests} = 1 AND ${completed} IS NULL THEN ${unfinished(dialect.dayOfSeconds(requested), dueDay)}
    ELSE ${unfinished(todayWithoutWait, dueDay)}
  END`;
}

/** Null counts as zero, too. */
function notBelowZero(seconds: SqlExpression): SqlExpression {
  return sql`CASE WHEN ${seconds} > 0 THEN ${seconds} ELSE 0 END`;
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
