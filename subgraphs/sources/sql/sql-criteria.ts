import { sql } from 'kysely';
import { dayOf, endOfDay, startOfDay, type SqlExpression } from './column-time';
import type { DossierMapping, TextMapping } from '../dossiers/dossier-mapping';
import type { DossierCriteria, TimelinessVerdict } from '../dossiers/dossier-query';
import { type DossierChannel, ENDED_STATUSES, NEWLY_REGISTERED } from '../dossiers/dossier-row';
import { codedColumn, hasOneOf, hasStatus, isOneOf, leadsToOneOf, meetsNot, NEVER } from './mapped-columns';
import { dossierTimes, type DossierTimes, endDay, localVerdict } from './sql-timeliness';

/** The conditions that a row of the dossier table must meet, as one SQL expression. */
export function meetsCriteria(
  mapping: DossierMapping,
  table: string,
  criteria: DossierCriteria,
  nowMs: number,
): SqlExpression {
  const times = dossierTimes(mapping, table);
  const { procedures, fields, statuses, channels, timeliness } = criteria;
  const conditions = [
    isServed(mapping, table),
    receivedBy(mapping, table, criteria.agencies),
    when(procedures, (wanted) => textIsOneOf(mapping.procedure, table, wanted)),
    when(fields, (wanted) => textIsOneOf(mapping.field, table, wanted)),
    when(statuses, (wanted) => hasStatus(table, mapping.status, wanted)),
    when(channels, (wanted) => cameBy(mapping, table, wanted)),
    when(timeliness, (wanted) => isJudged(mapping, table, wanted, nowMs)),
    isWithin(times.received, criteria.receivedFrom, criteria.receivedTo),
    isWithin(times.due, criteria.dueFrom, criteria.dueTo),
  ];
  return sql.join(
    conditions.filter((condition) => condition !== null),
    sql` AND `,
  );
}

/** Not deleted, as this system says it. */
export function isServed(mapping: DossierMapping, table: string): SqlExpression | null {
  return mapping.deleted === null ? null : meetsNot(table, mapping.deleted);
}

/**
 * Rows of agencies that the mapping does not know belong to nobody we could name, so "all" leaves them out. An index is let in
 * only where it leads to a small part of the rows.
 */
export function receivedBy(
  mapping: DossierMapping,
  table: string,
  agencies: readonly string[] | null | undefined,
): SqlExpression {
  const receiving = codedColumn(table, mapping.receivingAgency);
  const wanted = new Set(agencies ?? receiving.ours);
  const known = receiving.ours.filter((code) => wanted.has(code));
  const isAll = known.length === receiving.ours.length;
  const isMost = known.length > 1 && known.length > receiving.ours.length / 4;
  return hasOneOf(receiving, known, isAll || isMost ? 'scan' : 'index');
}

function when<Value>(
  wanted: Value | null | undefined,
  condition: (wanted: Value) => SqlExpression,
): SqlExpression | null {
  return wanted === null || wanted === undefined ? null : condition(wanted);
}

function textIsOneOf(text: TextMapping | null, table: string, wanted: readonly string[]): SqlExpression {
  return text === null ? NEVER : leadsToOneOf(table, text, wanted);
}

function cameBy(mapping: DossierMapping, table: string, wanted: readonly DossierChannel[]): SqlExpression {
  return mapping.channel === null ? NEVER : hasOneOf(codedColumn(table, mapping.channel), wanted);
}

/** What every wanted verdict implies stands before it: cheap comparisons on bare columns, for which an index may serve. */
function isJudged(
  mapping: DossierMapping,
  table: string,
  wanted: readonly TimelinessVerdict[],
  nowMs: number,
): SqlExpression {
  const times = dossierTimes(mapping, table);
  const facts = {
    end: endDay(times, nowMs),
    isOver: isStatus(mapping, table, ENDED_STATUSES),
    dueDay: times.due.day(),
  };
  return sql.join(
    [
      ...impliedBy(wanted, times, nowMs),
      isReceivedBy(mapping, table, nowMs),
      isOneOf(sql`(${localVerdict(facts, nowMs)})`, wanted),
    ],
    sql` AND `,
  );
}

function impliedBy(
  wanted: readonly TimelinessVerdict[],
  { due, ends }: DossierTimes,
  nowMs: number,
): readonly SqlExpression[] {
  const today = startOfDay(dayOf(nowMs));
  const isUnfinished = wanted.every((verdict) => verdict === 'WITHIN' || verdict === 'OVERDUE');
  const dueFrom = wanted.every((verdict) => verdict === 'WITHIN') ? today : null;
  const dueBefore = wanted.every((verdict) => verdict === 'OVERDUE') ? today : null;
  return [due.isBetween(dueFrom, dueBefore), ...(isUnfinished ? [ends[0].isAbsentBy(nowMs)] : [])];
}

/**
 * Taken in by an instant. Where nearly every dossier was, `scan` keeps an index on the date out of it: jumping from it into the
 * table, row by row, costs more than reading the table.
 */
export function isReceivedBy(
  mapping: DossierMapping,
  table: string,
  atMs: number,
  access: 'index' | 'scan' = 'index',
): SqlExpression {
  const { received } = dossierTimes(mapping, table);
  const isPresent = received.isPresentBy(atMs);
  const isNew = isStatus(mapping, table, [NEWLY_REGISTERED]);
  return sql`${access === 'scan' ? sql`+${isPresent}` : isPresent} AND NOT ${isNew}`;
}

/** Never null: an unknown status is none of them. */
export function isStatus(mapping: DossierMapping, table: string, statuses: readonly number[]): SqlExpression {
  return sql`coalesce(${hasStatus(table, mapping.status, statuses)}, FALSE)`;
}

function isWithin(
  time: { isBetween(fromMs: number | null, toMs: number | null): SqlExpression },
  from: string | null | undefined,
  to: string | null | undefined,
): SqlExpression | null {
  const fromMs = from === null || from === undefined ? null : startOfDay(from);
  const toMs = to === null || to === undefined ? null : endOfDay(to);
  return fromMs === null && toMs === null ? null : time.isBetween(fromMs, toMs);
}
