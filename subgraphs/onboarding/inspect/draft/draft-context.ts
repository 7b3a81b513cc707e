import type { InspectedColumn, InspectedSystem, InspectedTable, SampledValue } from '../read/inspected-table';
import type { ListedAgency, MatchedAgency } from '../recognise/match-agency';
import type { Assignment } from '../recognise/assign-columns';
import type { RecognisedSystem } from '../recognise/recognise-system';
import { looksPersonal, maskValue } from './mask-value';
import type { DraftNotes } from './draft-notes';

/** What every part of a draft needs. */
export interface DraftContext {
  readonly system: InspectedSystem;
  readonly recognised: RecognisedSystem;
  readonly matchAgency: (text: string) => MatchedAgency | null;
  /** By --agencies, canonical codes; empty when not given. */
  readonly agencies: readonly ListedAgency[];
  readonly notes: DraftNotes;
}

/** A table with what its columns are to us. */
export interface DraftTable {
  readonly table: InspectedTable;
  readonly assignment: Assignment;
}

export type Plain = Readonly<Record<string, unknown>>;

/** The column of a field, the first where there are several. */
export function columnOf({ assignment }: DraftTable, field: string): string | null {
  return assignment.get(field)?.[0]?.column ?? null;
}

export async function valuesOf(table: InspectedTable, column: string): Promise<readonly SampledValue[]> {
  return (await table.sample()).map((row) => row[column] ?? null);
}

export function typeOf(table: InspectedTable, column: string): InspectedColumn {
  return table.columns.find(({ name }) => name === column) ?? { name: column, type: '' };
}

/** By its type; by its values where the source has no types. */
export async function isNumeric(table: InspectedTable, column: string): Promise<boolean> {
  const { type } = typeOf(table, column);
  if (/int|num|dec|real|double|float|serial/.test(type)) return true;
  if (type !== '') return false;
  const values = (await valuesOf(table, column)).filter((value) => value !== null);
  return values.length > 0 && values.every((value) => typeof value === 'number');
}

/** A word of the system as a note may show it. */
export function shown(value: SampledValue): string {
  if (value === null) return '(empty)';
  const text = JSON.stringify(String(value).slice(0, 80));
  return looksPersonal(value) ? JSON.stringify(maskValue(value)) : text;
}

export function rows(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'}`;
}

const LONGEST_LIST = 40;

/** The first lines of a list, and how many more there are. */
export function shortList(lines: readonly string[]): readonly string[] {
  if (lines.length <= LONGEST_LIST) return lines;
  return [...lines.slice(0, LONGEST_LIST), `  and ${lines.length - LONGEST_LIST} more`];
}
