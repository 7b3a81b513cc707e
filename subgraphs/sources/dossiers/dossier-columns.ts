import { sql } from 'kysely';
import { readColumnValue } from '../sql/column-time';
import type { DateMapping, DossierMapping, SupplementsMapping, StepsMapping } from './dossier-mapping';
import type { DossierChannel, DossierKey, DossierRow, DossierStepRow, SupplementRow } from './dossier-row';
import { codedColumn, followed, rawTexts, readStatus } from '../sql/mapped-columns';
import type { SqlExpression } from '../sql/sql-expression';
import type { SqlTable } from '../sql/sql-table';
import { composed } from '../values/cell-text';

export type RawRow = Readonly<Record<string, unknown>>;

/** Reads dossiers of one mapping: which columns to select, and what a selected row means. */
export interface DossierColumns {
  readonly selection: SqlExpression;
  read(raw: RawRow): DossierRow;
}

export function dossierColumns(mapping: DossierMapping, table: SqlTable): DossierColumns {
  const receiving = codedColumn(table, mapping.receivingAgency);
  const handling = mapping.handlingAgency === null ? null : codedColumn(table, mapping.handlingAgency);
  const channel = mapping.channel === null ? null : codedColumn(table, mapping.channel);
  const { dates, status } = mapping;
  const selection = sql.join([
    named('code', table.column(mapping.code)),
    named('receiving', receiving.raw),
    named('handling', handling?.raw),
    named('channel', channel?.raw),
    named(
      'procedure',
      mapping.procedure &&
        followed(table.context, table.column(mapping.procedure.column), mapping.procedure.through),
    ),
    named(
      'field',
      mapping.field && followed(table.context, table.column(mapping.field.column), mapping.field.through),
    ),
    named('synthetic', 'constant' in mapping.synthetic ? null : table.column(mapping.synthetic.column)),
    named('supplementsKey', mapping.supplements && table.column(mapping.supplements.refersTo)),
    named('stepsKey', mapping.steps && table.column(mapping.steps.refersTo)),
    ...mapping.aliases.map((column, i) => named(`alias${i}`, table.column(column))),
    ...status.columns.map((column, i) => named(`status${i}`, table.column(column))),
    ...Object.entries(dates).map(([name, date]) => named(name, date && table.column(date.column))),
  ]);
  return {
    selection,
    read: (raw) => ({
      code: String(raw['code']),
      aliases: readAliases(mapping, raw),
      procedure: readProcedure(mapping, table, raw['procedure']),
      field: readWords(raw['field']),
      // Rows of an agency that the mapping does not know are not selected.
      receivingAgency: receiving.toOurs(raw['receiving']) ?? '',
      handlingAgency: handling?.toOurs(raw['handling']) ?? null,
      status: readStatus(
        status,
        status.columns.map((_, i) => raw[`status${i}`]),
      ),
      // The mapping's schema lets a channel column stand for channels only.
      channel: (channel?.toOurs(raw['channel']) ?? null) as DossierChannel | null,
      submittedAt: readDate(raw['submitted'], dates.submitted),
      receivedAt: readDate(raw['received'], dates.received),
      dueAt: readDate(raw['due'], dates.due),
      finishedAt: readDate(raw['finished'], dates.finished),
      returnedAt: readDate(raw['returned'], dates.returned),
      refusedAt: readDate(raw['refused'], dates.refused),
      isSynthetic: isSynthetic(mapping, raw['synthetic']),
      supplementsKey: readKey(raw['supplementsKey']),
      stepsKey: readKey(raw['stepsKey']),
    }),
  };
}

export function supplementSelection(supplements: SupplementsMapping, table: SqlTable): SqlExpression {
  return sql.join([
    named('dossier', table.column(supplements.dossier)),
    named('requested', table.column(supplements.requestedAt.column)),
    named('completed', supplements.completedAt && table.column(supplements.completedAt.column)),
    named('dueBefore', supplements.dueBefore && table.column(supplements.dueBefore.column)),
    named('dueAfter', supplements.dueAfter && table.column(supplements.dueAfter.column)),
  ]);
}

/** null for a row without the instant that makes it a supplement. */
export function readSupplement(supplements: SupplementsMapping, raw: RawRow): SupplementRow | null {
  const requestedAt = readDate(raw['requested'], supplements.requestedAt);
  if (requestedAt === null) return null;
  return {
    requestedAt,
    completedAt: readDate(raw['completed'], supplements.completedAt),
    dueBefore: readDate(raw['dueBefore'], supplements.dueBefore),
    dueAfter: readDate(raw['dueAfter'], supplements.dueAfter),
  };
}

export function stepSelection(steps: StepsMapping, table: SqlTable): SqlExpression {
  return sql.join([
    named('dossier', table.column(steps.dossier)),
    named('at', table.column(steps.at.column)),
    named('unit', steps.unit === null ? null : table.column(steps.unit)),
    named('due', steps.dueAt && table.column(steps.dueAt.column)),
    ...(steps.status?.columns ?? []).map((column, i) => named(`status${i}`, table.column(column))),
  ]);
}

/** null for a row without an instant. */
export function readStep(steps: StepsMapping, raw: RawRow): DossierStepRow | null {
  const at = readDate(raw['at'], steps.at);
  if (at === null) return null;
  const { status } = steps;
  return {
    at,
    status:
      status &&
      readStatus(
        status,
        status.columns.map((_, i) => raw[`status${i}`]),
      ),
    unit: readWords(raw['unit']),
    dueAt: readDate(raw['due'], steps.dueAt),
  };
}

/** The code; where dossiers have a name instead, that of the procedure that the name was found to mean. */
export function readProcedure(
  { procedure }: DossierMapping,
  { context }: SqlTable,
  value: unknown,
): string | null {
  const text = readText(value);
  if (text === null || procedure === null || procedure.byName === null) return text;
  return context.procedureNames.get(text) ?? null;
}

export function readText(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** What people wrote, in composed letters whatever the system keeps; null where there is nothing but spaces. */
export function readWords(value: unknown): string | null {
  const text = readText(value);
  return text === null || text.trim() === '' ? null : composed(text);
}

export function readKey(value: unknown): DossierKey | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

function named(name: string, expression: SqlExpression | null | undefined): SqlExpression {
  return sql`${expression ?? sql`NULL`} AS ${sql.id(name)}`;
}

function readDate(value: unknown, date: DateMapping | null): string | null {
  return date === null ? null : readColumnValue(value, date);
}

function readAliases(mapping: DossierMapping, raw: RawRow): readonly string[] {
  const aliases = mapping.aliases.map((_, i) => readText(raw[`alias${i}`]));
  return aliases.filter((alias) => alias !== null);
}

function isSynthetic({ synthetic }: DossierMapping, raw: unknown): boolean {
  if ('constant' in synthetic) return synthetic.constant;
  const texts = rawTexts(raw);
  return synthetic.values.some((value) => texts.includes(String(value)));
}
