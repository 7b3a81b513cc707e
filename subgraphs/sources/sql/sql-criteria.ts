import { sql } from 'kysely';
import type { DossierMapping, TextMapping } from '../dossiers/dossier-mapping';
import type { DossierCriteria, TimelinessVerdict } from '../dossiers/dossier-query';
import { type DossierChannel, ENDED_STATUSES, NEWLY_REGISTERED } from '../dossiers/dossier-row';
import { NEVER, plainIn } from './dialects/portable-sql';
import { dayOf, endOfDay, startOfDay } from './local-clock';
import { codedColumn, hasStatus, leadsToOneOf, meetsNot } from './mapped-columns';
import type { SqlExpression } from './sql-expression';
import type { SqlTable } from './sql-table';
import { dossierTimes, type DossierTimes, endDay, localVerdict } from './sql-timeliness';

/** The conditions that a row of the dossier table must meet, as one SQL expression. */
export function meetsCriteria(
  mapping: DossierMapping,
  table: SqlTable,
  criteria: DossierCriteria,
  nowMs: number,
): SqlExpression {
  const times = dossierTimes(mapping, table);
  const { procedures, fields, statuses, channels, timeliness } = criteria;
  const conditions = [
    isServed(mapping, table),
    receivedBy(mapping, table, criteria.agencies),
    when(procedures, (wanted) =>
      textIsOneOf(mapping.procedure, table, procedureTexts(mapping, table, wanted)),
    ),
    when(fields, (wanted) => textIsOneOf(mapping.field, table, inEitherForm(wanted))),
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
export function isServed(mapping: DossierMapping, table: SqlTable): SqlExpression | null {
  return mapping.deleted === null ? null : meetsNot(table, mapping.deleted);
}

/**
 * Rows of agencies that the mapping does not know belong to nobody we could name, so "all" leaves them out. An index is let in
 * only where it leads to a small part of the rows.
 */
export function receivedBy(
  mapping: DossierMapping,
  table: SqlTable,
  agencies: readonly string[] | null | undefined,
): SqlExpression {
  const receiving = codedColumn(table, mapping.receivingAgency);
  const wanted = new Set(agencies ?? receiving.ours);
  const known = receiving.ours.filter((code) => wanted.has(code));
  const isAll = known.length === receiving.ours.length;
  const isMost = known.length > 1 && known.length > receiving.ours.length / 4;
  return receiving.hasOneOf(known, isAll || isMost ? 'scan' : 'index');
}

function when<Value>(
  wanted: Value | null | undefined,
  condition: (wanted: Value) => SqlExpression,
): SqlExpression | null {
  return wanted === null || wanted === undefined ? null : condition(wanted);
}

/** What the column of procedures has for these codes. */
function procedureTexts(
  { procedure }: DossierMapping,
  { context }: SqlTable,
  codes: readonly string[],
): readonly string[] {
  if (procedure === null || procedure.byName === null) return codes;
  return [...context.procedureNames].filter(([, code]) => codes.includes(code)).map(([name]) => name);
}

function textIsOneOf(
  text: Pick<TextMapping, 'column' | 'through'> | null,
  table: SqlTable,
  wanted: readonly string[],
): SqlExpression {
  return text === null ? NEVER : leadsToOneOf(table, text, wanted);
}

/** A system may keep its letters composed or decomposed, and answers them composed. */
function inEitherForm(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => [text, text.normalize('NFC'), text.normalize('NFD')]))];
}

function cameBy(mapping: DossierMapping, table: SqlTable, wanted: readonly DossierChannel[]): SqlExpression {
  return mapping.channel === null ? NEVER : codedColumn(table, mapping.channel).hasOneOf(wanted);
}

/** What every wanted verdict implies stands before it: cheap comparisons on bare columns, for which an index may serve. */
function isJudged(
  mapping: DossierMapping,
  table: SqlTable,
  wanted: readonly TimelinessVerdict[],
  nowMs: number,
): SqlExpression {
  const times = dossierTimes(mapping, table);
  const facts = {
    end: endDay(table.dialect, times, nowMs),
    isOver: isStatus(mapping, table, ENDED_STATUSES),
    dueDay: times.due.day(),
  };
  return sql.join(
    [
      ...impliedBy(wanted, times, nowMs),
      isReceivedBy(mapping, table, nowMs),
      isVerdict(localVerdict(table.dialect, facts, nowMs), wanted),
    ],
    sql` AND `,
  );
}

/**
 * Written so that a planner expects most rows to meet it: what the verdict implies has left few others, and one that expects next to none
 * reads and sorts all of an agency's dossiers instead of following the index until the page is full.
 */
function isVerdict(verdict: SqlExpression, wanted: readonly TimelinessVerdict[]): SqlExpression {
  return sql`CASE WHEN ${plainIn(sql`(${verdict})`, wanted)} THEN 1 ELSE 0 END <> 0`;
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
  table: SqlTable,
  atMs: number,
  access: 'index' | 'scan' = 'index',
): SqlExpression {
  const { received } = dossierTimes(mapping, table);
  const isPresent = received.isPresentBy(atMs);
  const isNew = isStatus(mapping, table, [NEWLY_REGISTERED]);
  return sql`${access === 'scan' ? table.dialect.unindexed(isPresent) : isPresent} AND NOT ${isNew}`;
}

/** Never null: an unknown status is none of them. */
export function isStatus(
  mapping: DossierMapping,
  table: SqlTable,
  statuses: readonly number[],
): SqlExpression {
  return sql`(CASE WHEN ${hasStatus(table, mapping.status, statuses)} THEN 1 ELSE 0 END = 1)`;
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
