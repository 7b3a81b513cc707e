import { compareBytewise } from '../../schema/bytewise';
import type { ProcedureRecord } from '../sources/catalogue/procedure-record';
import type { Placement } from './placement';
import type { ProvinceLayout } from './province-layout';

/** For each subgraph that a system serves, the canonical codes of the agencies whose rows it keeps. */
export interface SystemHoldings {
  readonly procedures?: readonly string[];
  readonly dossiers?: readonly string[];
}

export interface ProvinceHoldings {
  /** In registry order. */
  readonly systems: Readonly<Record<string, SystemHoldings>>;
  /** Agencies that ought to have rows: when nobody holds one of these, it is missing. */
  readonly expected: { readonly procedures: readonly string[]; readonly dossiers: readonly string[] };
}

/** Who holds what: by the rows for procedures, by the description for dossiers. */
export function computeHoldings(
  { systems }: Pick<ProvinceLayout, 'systems'>,
  placement: Placement,
  procedures: readonly ProcedureRecord[],
): ProvinceHoldings {
  const catalogues = new Map<string, Set<string>>();
  for (const record of procedures) {
    const system = placement.systemOfProcedure(record);
    const codes = catalogues.get(system) ?? new Set();
    catalogues.set(system, codes);
    // At any date: after a reorganisation the same row is the successor's.
    for (const { agency, implementingAgencies } of record.competences) {
      for (const code of [agency, ...implementingAgencies]) codes.add(code);
    }
  }
  const codeOf = new Map(placement.agencies.map(({ key, code }) => [key, code]));
  const held = Object.entries(systems).map(([name, { receives }]): [string, SystemHoldings] => {
    const catalogue = catalogues.get(name);
    const desks = receives.flatMap(({ agency }) => codeOf.get(agency) ?? []);
    return [
      name,
      {
        ...(catalogue === undefined ? {} : { procedures: sorted(catalogue) }),
        ...(desks.length === 0 ? {} : { dossiers: sorted(desks) }),
      },
    ];
  });
  return {
    systems: Object.fromEntries(held),
    expected: {
      procedures: sorted(held.flatMap(([, { procedures: codes }]) => codes ?? [])),
      dossiers: sorted(held.flatMap(([, { dossiers }]) => dossiers ?? [])),
    },
  };
}

function sorted(codes: Iterable<string>): readonly string[] {
  return [...new Set(codes)].toSorted(compareBytewise);
}
