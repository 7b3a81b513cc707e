import { sql } from 'kysely';
import { ColumnTime } from './column-time';
import type { DossierMapping, SupplementsMapping } from '../dossiers/dossier-mapping';
import { ALWAYS } from './dialects/portable-sql';
import { meetsNot } from './mapped-columns';
import type { SqlExpression } from './sql-expression';
import { columnOf, type SqlContext, SqlTable } from './sql-table';
import type { NationalFacts } from './sql-timeliness';

/** The alias under which the join puts its columns. */
const SUPPLEMENTS = 's';

export type SupplementFacts = Pick<
  NationalFacts,
  'requests' | 'requestedSeconds' | 'completedSeconds' | 'dueBeforeDay'
>;

/** What the national rule must know of a dossier's supplements, from the columns of `supplementsJoin`. */
export const JOINED_SUPPLEMENTS: SupplementFacts = {
  requests: sql`coalesce(${columnOf(SUPPLEMENTS, 'requests')}, 0)`,
  requestedSeconds: columnOf(SUPPLEMENTS, 'requested'),
  completedSeconds: columnOf(SUPPLEMENTS, 'completed'),
  dueBeforeDay: columnOf(SUPPLEMENTS, 'dueBefore'),
};

/** Joins the supplements requested by an instant to the dossiers; nothing for a system that keeps none. */
export function supplementsJoin(mapping: DossierMapping, table: SqlTable, atMs: number): SqlExpression {
  const { supplements } = mapping;
  if (supplements === null) return sql``;
  return sql`LEFT JOIN (${supplementsOf(table.context, supplements, atMs)}) AS ${sql.id(SUPPLEMENTS)}
    ON ${columnOf(SUPPLEMENTS, 'dossier')} = ${table.column(supplements.refersTo)}`;
}

/** More than one request decides by itself, so the least of each column is that of the only one wherever it is read. */
function supplementsOf(context: SqlContext, supplements: SupplementsMapping, atMs: number): SqlExpression {
  const from = new SqlTable(context, supplements.table, 'x');
  const requested = new ColumnTime(supplements.requestedAt, from);
  const completed = new ColumnTime(supplements.completedAt, from);
  const dueBefore = new ColumnTime(supplements.dueBefore, from);
  const kept = supplements.deleted === null ? ALWAYS : meetsNot(from, supplements.deleted);
  return sql`SELECT ${from.column(supplements.dossier)} AS ${sql.id('dossier')},
      count(*) AS ${sql.id('requests')},
      min(${requested.seconds()}) AS ${sql.id('requested')},
      min(CASE WHEN ${completed.isPresentBy(atMs)} THEN ${completed.seconds()} END) AS ${sql.id('completed')},
      min(${dueBefore.day()}) AS ${sql.id('dueBefore')}
    FROM ${from.from}
    WHERE ${requested.isPresentBy(atMs)} AND ${kept}
    GROUP BY ${from.column(supplements.dossier)}`;
}
