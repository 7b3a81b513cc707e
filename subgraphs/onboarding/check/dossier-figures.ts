import type { CheckReport } from './check-report';
import { sumRows } from './make-finding';
import type { AgencyGroup, RowFaults } from './system-facts';

/** The numbers at the top of a report; null when neither rows nor agencies could be counted. */
export function dossierFigures(
  faults: RowFaults | null,
  agencies: readonly AgencyGroup[] | null,
): CheckReport['dossiers'] {
  if (faults === null && agencies === null) return null;
  const known = (agencies ?? []).filter(({ agency }) => agency !== null);
  const rows = faults?.rows ?? sumRows(agencies ?? []);
  return {
    rows,
    served: sumRows(known),
    deleted: faults?.deleted ?? 0,
    ...receivedDays(agencies ?? []),
    agencies: byAgency(known).map(([agency, sum, groups]) => ({
      agency,
      rows: sum,
      ...receivedDays(groups),
    })),
  };
}

/** Several raw values may stand for one agency. The busiest first. */
export function byAgency<Group extends { readonly agency: string | null; readonly rows: number }>(
  groups: readonly Group[],
): readonly (readonly [agency: string, rows: number, groups: readonly Group[]])[] {
  const known = Map.groupBy(groups, ({ agency }) => agency);
  return [...known]
    .flatMap(([agency, ofAgency]) =>
      agency === null ? [] : [[agency, sumRows(ofAgency), ofAgency] as const],
    )
    .sort((a, b) => b[1] - a[1]);
}

function receivedDays(groups: readonly Pick<AgencyGroup, 'firstReceived' | 'lastReceived'>[]) {
  const days = (name: 'firstReceived' | 'lastReceived') =>
    groups.flatMap((group) => group[name] ?? []).sort();
  return {
    firstReceived: days('firstReceived')[0] ?? null,
    lastReceived: days('lastReceived').at(-1) ?? null,
  };
}
