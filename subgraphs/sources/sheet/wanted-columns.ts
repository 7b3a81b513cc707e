import type { DateFormat, DateMapping } from '../dossiers/dossier-mapping';
import type { Collection } from '../copy/record-reader';
import type { SheetSystem } from '../mapping/system-mapping';

/** What a column means decides how a cell that is a number is told: 45444 is a day, 1.00119 a code that lost a zero. */
export type ColumnUse =
  { readonly kind: 'date'; readonly format: DateFormat } | { readonly kind: 'code' | 'value' };

/** The columns that a mapping names, and no others: the rest of a sheet is never read. */
export type WantedColumns = ReadonlyMap<string, ColumnUse>;

type SheetDossiers = NonNullable<SheetSystem['dossiers']>;
type SheetProcedures = NonNullable<SheetSystem['procedures']>;

export function wantedColumns(mapping: SheetSystem, collection: Collection): WantedColumns {
  const wanted = new Map<string, ColumnUse>();
  const want = (use: ColumnUse, columns: readonly (string | undefined)[]) => {
    for (const column of columns) if (column !== undefined && !wanted.has(column)) wanted.set(column, use);
  };
  const { dossiers, procedures } = mapping;
  const list = collection === 'dossiers' ? dossiers : procedures;
  if (list === undefined) return wanted;
  const dates = collection === 'dossiers' ? datesOfDossiers(dossiers) : datesOfProcedures(procedures);
  for (const { column, format } of dates) want({ kind: 'date', format }, [column]);
  want(
    { kind: 'code' },
    collection === 'dossiers' ? codesOfDossiers(dossiers) : codesOfProcedures(procedures),
  );
  want(
    { kind: 'value' },
    collection === 'dossiers' ? valuesOfDossiers(dossiers) : valuesOfProcedures(procedures),
  );
  for (const expression of Object.values(list.computed))
    want({ kind: 'value' }, namesInExpression(expression));
  // What an expression makes, and what group rows give, are no columns of the sheet.
  for (const made of Object.keys(list.computed)) wanted.delete(made);
  if (list.from.groupColumn !== undefined) wanted.delete(list.from.groupColumn);
  return wanted;
}

/** The column whose absence makes a row no row. */
export function codeColumn(mapping: SheetSystem, collection: Collection): string | undefined {
  return collection === 'dossiers' ? mapping.dossiers?.code : mapping.procedures?.columns.code;
}

function datesOfDossiers(dossiers: SheetDossiers | undefined): readonly DateMapping[] {
  if (dossiers === undefined) return [];
  return [...Object.values(dossiers.dates), dossiers.updatedAt].filter((date) => date !== null);
}

function datesOfProcedures(procedures: SheetProcedures | undefined): readonly DateMapping[] {
  if (procedures === undefined) return [];
  return [procedures.validFrom, procedures.validTo, procedures.updatedAt].filter((date) => date !== null);
}

function codesOfDossiers(dossiers: SheetDossiers | undefined): readonly (string | undefined)[] {
  if (dossiers === undefined) return [];
  return [dossiers.code, ...dossiers.aliases, dossiers.procedure?.column];
}

function codesOfProcedures(procedures: SheetProcedures | undefined): readonly (string | undefined)[] {
  return [procedures?.columns.code];
}

function valuesOfDossiers(dossiers: SheetDossiers | undefined): readonly (string | undefined)[] {
  if (dossiers === undefined) return [];
  const { field, receivingAgency, handlingAgency, status, channel, deleted, synthetic } = dossiers;
  return [
    field?.column,
    columnOf(receivingAgency),
    columnOf(handlingAgency),
    ...status.columns,
    columnOf(channel),
    columnOf(deleted),
    columnOf(synthetic),
  ];
}

function valuesOfProcedures(procedures: SheetProcedures | undefined): readonly (string | undefined)[] {
  if (procedures === undefined) return [];
  const { columns, time, channelTimes, money, publishedBy, deleted } = procedures;
  return [
    ...Object.values(columns),
    ...(time === undefined ? [] : time.kind === 'pair' ? [time.value, time.unit] : [time.column]),
    ...Object.values(channelTimes),
    ...(money === undefined ? [] : [money.min, money.max, money.kind === 'text' ? money.unit : undefined]),
    columnOf(publishedBy),
    columnOf(deleted),
  ];
}

function columnOf(part: object | null | undefined): string | undefined {
  if (part === null || part === undefined || !('column' in part)) return undefined;
  return typeof part.column === 'string' ? part.column : undefined;
}

/** `row.LOAI`, `row["Mã hồ sơ"]`; one that is only asked whether it is there (`has(row.LOAI)`) may be missing. */
function namesInExpression(expression: string): readonly string[] {
  const asked = new Set(namesAfter(/has\(\s*row/g, expression));
  return namesAfter(/\brow/g, expression).filter((name) => !asked.has(name));
}

function namesAfter(row: RegExp, expression: string): readonly string[] {
  const name = /(?:\.([\p{L}_][\p{L}\p{M}\p{N}_]*)|\[\s*(?:"([^"]+)"|'([^']+)')\s*\])/u;
  const pattern = new RegExp(row.source + name.source, 'gu');
  return [...expression.matchAll(pattern)].map(
    ([, dotted, double, single]) => dotted ?? double ?? single ?? '',
  );
}
