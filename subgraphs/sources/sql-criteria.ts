import { sql } from 'kysely';
import { endOfDay, startOfDay, type SqlExpression } from './column-time';
import type { DossierMapping, TextMapping } from './dossier-mapping';
import type { DossierCriteria, TimelinessVerdict } from './dossier-query';
import type { DossierChannel } from './dossier-row';
import { codedColumn, hasOneOf, hasStatus, isOneOf, leadsToOneOf, meetsNot, NEVER } from './mapped-columns';
import { dossierTimes, stateAt } from './sql-timeliness';

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

/** Rows of agencies that the mapping does not know belong to nobody we could name, so "all" leaves them out. */
export function receivedBy(
  mapping: DossierMapping,
  table: string,
  agencies: readonly string[] | null | undefined,
): SqlExpression {
  const receiving = codedColumn(table, mapping.receivingAgency);
  if (agencies === null || agencies === undefined) return hasOneOf(receiving, 'all');
  const wanted = new Set(agencies);
  const isAll = receiving.ours.length > 1 && receiving.ours.every((code) => wanted.has(code));
  return hasOneOf(receiving, isAll ? 'all' : agencies);
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

function isJudged(
  mapping: DossierMapping,
  table: string,
  wanted: readonly TimelinessVerdict[],
  nowMs: number,
): SqlExpression {
  return isOneOf(sql`(${stateAt(mapping, table, 'LOCAL', nowMs).verdict})`, wanted);
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
