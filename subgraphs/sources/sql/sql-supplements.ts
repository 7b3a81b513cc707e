import { sql } from 'kysely';
import { ColumnTime, type SqlExpression } from './column-time';
import type { DossierMapping, SupplementsMapping } from '../dossiers/dossier-mapping';
import { meetsNot, ref } from './mapped-columns';
import type { NationalFacts } from './sql-timeliness';

/** The alias under which the join puts its columns. */
const SUPPLEMENTS = 's';

export type SupplementFacts = Pick<
  NationalFacts,
  'requests' | 'requestedSeconds' | 'completedSeconds' | 'dueBeforeDay'
>;

/** What the national rule must know of a dossier's supplements, from the columns of `supplementsJoin`. */
export const JOINED_SUPPLEMENTS: SupplementFacts = {
  requests: sql`coalesce(${ref(SUPPLEMENTS, 'requests')}, 0)`,
  requestedSeconds: ref(SUPPLEMENTS, 'requested'),
  completedSeconds: ref(SUPPLEMENTS, 'completed'),
  dueBeforeDay: ref(SUPPLEMENTS, 'dueBefore'),
};

/** Joins the supplements requested by an instant to the dossiers; nothing for a system that keeps none. */
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
      min(CASE WHEN ${completed.isPresentBy(atMs)} THEN ${completed.seconds()} END) AS ${sql.id('completed')},
      min(${dueBefore.day()}) AS ${sql.id('dueBefore')}
    FROM ${sql.table(supplements.table)} AS ${sql.id(from)}
    WHERE ${requested.isPresentBy(atMs)} AND ${kept}
    GROUP BY 1`;
}
