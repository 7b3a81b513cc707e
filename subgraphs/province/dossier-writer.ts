import type { DatabaseSync } from 'node:sqlite';
import type { ProvinceAgency } from './province-agency';
import type { SyntheticDossier } from './synthetic-dossier';

/** What a system writes of an agency. */
export type WrittenAgency = Pick<ProvinceAgency, 'code' | 'formerCode' | 'name'>;

/** Writes dossiers into the tables of one layout, which must exist and be empty. */
export interface DossierWriter {
  write(dossier: SyntheticDossier): void;
}

export interface DossierWriterParts {
  readonly database: DatabaseSync;
  /** Every agency that may receive or handle; the position is the system's own key of it. */
  readonly agencies: readonly WrittenAgency[];
}

/** `INSERT INTO table (columns…) VALUES (?, …)` */
export function insertStatement(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
}

/** Throws for an agency that the system was not told of: its rows could never be read back. */
export function requireKnown<Value>(values: ReadonlyMap<string, Value>, code: string): Value {
  const value = values.get(code);
  if (value === undefined) throw new Error(`The system knows no agency "${code}"`);
  return value;
}
