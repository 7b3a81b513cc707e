import type { Holiday } from '../../../schema/calendar';
import type { WrittenAgency } from '../../../subgraphs/province/dossier-writer';
import type { DossierSource } from '../../../subgraphs/dossiers/dossier-source';
import type { ProcedureStore } from '../../../subgraphs/procedures/procedure-store';
import type { ProcedureRecord } from '../../../subgraphs/sources/catalogue/procedure-record';
import type { SampleDossier } from '../dossier-layouts';

/** What a system holds, before anyone says what kind of system it is. */
export interface HouseRows {
  readonly dossiers: readonly SampleDossier[];
  /** Implemented by nobody but who publishes them: no mapping can say otherwise. */
  readonly procedures: readonly ProcedureRecord[];
  /** Every agency that receives, handles or publishes. */
  readonly agencies: readonly WrittenAgency[];
  readonly holidays: readonly Holiday[];
}

/** A system of one kind with the rows in it, opened as the product opens it. */
export interface House extends AsyncDisposable {
  readonly dossiers: DossierSource;
  readonly catalogue: ProcedureStore;
}

export type OpenHouse = (rows: HouseRows) => Promise<House>;

/** Agencies whose names no two systems can take for each other's. */
export function houseAgencies(codes: Iterable<string>): readonly WrittenAgency[] {
  return [...new Set(codes)]
    .sort()
    .map((code) => ({ code, formerCode: `000.00.${code.replace(/^H23\./, '')}.H23`, name: `Sở ${code}` }));
}
