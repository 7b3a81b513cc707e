import DataLoader from 'dataloader';
import { compareBytewise } from '../../schema/bytewise';
import type { DossierCriteria } from '../sources/dossiers/dossier-query';
import type { DossierKey, DossierRow, DossierStepRow, SupplementRow } from '../sources/dossiers/dossier-row';
import { inGroups } from './in-groups';
import type { DossierSource } from './dossier-source';

/** How many dossiers of one agency fit; the criteria name no agency of their own. */
export interface AgencyCount {
  readonly agency: string;
  readonly criteria: Omit<DossierCriteria, 'agencies'>;
}

export interface DossierLoaders {
  /** By code, or by an alias when no dossier has it as its code. */
  readonly dossier: DataLoader<string, DossierRow | null>;
  /** null when the system keeps none. */
  readonly supplements: DataLoader<DossierKey, readonly SupplementRow[] | null>;
  readonly steps: DataLoader<DossierKey, readonly DossierStepRow[] | null>;
  readonly countOfAgency: DataLoader<AgencyCount, number, string>;
}

/** Made for one request: what it read once it reads no second time, and what it asks at one moment is one query. */
export function createDossierLoaders(source: DossierSource, now: string): DossierLoaders {
  return {
    dossier: new DataLoader(async (codes) => {
      const rows = await source.findByCodes(codes);
      return codes.map((code) => knownBy(rows, code));
    }),
    supplements: new DataLoader(async (keys) => inKeyOrder(keys, await source.supplements(keys))),
    steps: new DataLoader(async (keys) => inKeyOrder(keys, await source.steps(keys))),
    countOfAgency: new DataLoader(
      (counts) =>
        inGroups(
          counts,
          ({ criteria }) => JSON.stringify(criteria),
          (group) => countTogether(source, now, group),
        ),
      { cacheKeyFn: (count) => JSON.stringify([count.agency, count.criteria]) },
    ),
  };
}

/** The same alias on two dossiers names neither more than the other: the first by code, so that every run answers the same. */
function knownBy(rows: readonly DossierRow[], text: string): DossierRow | null {
  const named = rows.filter(({ code }) => code === text);
  const found = named.length > 0 ? named : rows.filter(({ aliases }) => aliases.includes(text));
  return found.toSorted((a, b) => compareBytewise(a.code, b.code))[0] ?? null;
}

function inKeyOrder<Row>(
  keys: readonly DossierKey[],
  rows: ReadonlyMap<DossierKey, readonly Row[]> | null,
): (readonly Row[] | null)[] {
  return keys.map((key) => (rows === null ? null : (rows.get(key) ?? [])));
}

async function countTogether(
  source: DossierSource,
  now: string,
  counts: readonly AgencyCount[],
): Promise<readonly number[]> {
  const agencies = counts.map(({ agency }) => agency);
  const byAgency = await source.countByAgency({ criteria: { ...counts[0]?.criteria, agencies }, now });
  return counts.map(({ agency }) => byAgency.get(agency) ?? 0);
}
