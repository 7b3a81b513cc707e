import { createHash } from 'node:crypto';
import type { TableLayoutName } from '../../subgraphs/province/province-layout';
import type { SyntheticDossier } from '../../subgraphs/province/synthetic-dossier';
import type { ProcedureRecord } from '../../subgraphs/sources/catalogue/procedure-record';
import type { TestProvince } from './test-province';

/** One system's share of a province's rows. */
export interface SystemShare {
  readonly name: string;
  readonly layout: TableLayoutName;
  readonly procedures: readonly ProcedureRecord[];
  readonly dossiers: readonly SyntheticDossier[];
  /** Canonical codes that it holds, by subgraph. */
  readonly holds: { readonly procedures: readonly string[]; readonly dossiers: readonly string[] };
}

export interface SplitOptions {
  readonly systems: number;
  readonly layouts?: readonly TableLayoutName[];
  /** Agencies whose dossiers and procedures are spread over two systems. */
  readonly spanning?: readonly string[];
}

/**
 * Deals the same rows to any number of systems, agency by agency; a spanning agency's rows go to two of them. The choice is
 * a hash, so that neighbours in the data do not stay together.
 */
export function splitProvince(
  province: TestProvince,
  { systems, layouts = ['A'], spanning = [] }: SplitOptions,
): readonly SystemShare[] {
  const systemOf = (agency: string, row: string): number => {
    const home = numberOf(agency) % systems;
    const goesAbroad = spanning.includes(agency) && numberOf(row) % 2 === 1;
    return goesAbroad ? (home + 1) % systems : home;
  };
  return Array.from({ length: systems }, (_, place) => {
    const procedures = province.procedures.filter(
      (record) => systemOf(record.competences[0]?.agency ?? '', record.code) === place,
    );
    const dossiers = province.dossiers.filter(
      (dossier) => systemOf(dossier.receivingAgency, dossier.code) === place,
    );
    return {
      name: `he-thong-${String(place + 1).padStart(2, '0')}`,
      layout: layouts[place % layouts.length] ?? 'A',
      procedures,
      dossiers,
      holds: {
        procedures: distinct(
          procedures.flatMap((record) =>
            record.competences.flatMap((one) => [one.agency, ...one.implementingAgencies]),
          ),
        ),
        dossiers: distinct(dossiers.map((dossier) => dossier.receivingAgency)),
      },
    };
  });
}

function numberOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
