import type { DossierMapping } from '../dossiers/dossier-mapping';
import { readProcedure, readText } from '../dossiers/dossier-columns';
import { codedColumn } from '../sql/mapped-columns';
import { type SqlContext, SqlTable } from '../sql/sql-table';
import type { FigureTable } from './figure-table';
import type { FigureValues } from './value-list';

export type FigureKeyName = keyof FigureValues;

/** For each value of a list, what it stands for in our terms; null where for nothing. */
export type FigureKeys = Readonly<Record<FigureKeyName, readonly (string | null)[]>>;

/** Follows the values through the system's own tables, as they are now. */
export async function readFigureKeys(
  table: FigureTable,
  mapping: DossierMapping,
  context: SqlContext,
  values: FigureValues,
): Promise<FigureKeys> {
  const dossiers = new SqlTable(context, mapping.table, 'd');
  const followed = async (name: 'procedure' | 'field') => {
    const steps = await table.followings(mapping[name]?.through ?? []);
    return values[name].values.map((value) =>
      steps.reduce<unknown>((from, step) => step.get(asKey(from)) ?? null, value),
    );
  };
  const coded = (name: 'agency' | 'channel') => {
    const part = name === 'agency' ? mapping.receivingAgency : mapping.channel;
    if (part === null) return values[name].values.map(() => null);
    const column = codedColumn(dossiers, part);
    return values[name].values.map((value) => column.toOurs(value));
  };
  const procedures = await followed('procedure');
  const fields = await followed('field');
  return {
    agency: coded('agency'),
    channel: coded('channel'),
    procedure: procedures.map((value) => readProcedure(mapping, dossiers, value)),
    field: fields.map(readText),
  };
}

/** A null is a key that no value has. */
function asKey(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
