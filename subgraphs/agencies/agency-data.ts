import { compareBytewise } from '../../schema/bytewise';
import type { Agency } from './agency';
import type { ComponentSite } from './component-site';
import type { Place } from './place';

/** A function that passed from one body to another; a body that is no agency here has a name and no code. */
export interface SuccessionRow {
  readonly predecessorCode: string;
  readonly predecessorName: string;
  readonly successorCode: string | null;
  readonly successorName: string;
  readonly effectiveDate: string;
  readonly functionScope: string;
  readonly basis: string | null;
  readonly certainty: string | null;
}

export interface AgencyTables {
  /** Every agency that ever was, by code. */
  readonly agencies: readonly Agency[];
  readonly successions: readonly SuccessionRow[];
  readonly sites: readonly ComponentSite[];
  readonly places: readonly Place[];
}

/** The tables with the indexes that every request reads; made once, never changed. */
export interface AgencyData extends AgencyTables {
  /** By every text of every code, whatever its notation. */
  readonly agencyByCode: ReadonlyMap<string, Agency>;
  readonly childrenOf: ReadonlyMap<string, readonly Agency[]>;
  readonly successionsFrom: ReadonlyMap<string, readonly SuccessionRow[]>;
  readonly successionsTo: ReadonlyMap<string, readonly SuccessionRow[]>;
  readonly siteBySlug: ReadonlyMap<string, ComponentSite>;
  readonly siteByAgency: ReadonlyMap<string, ComponentSite>;
  /** The versions of a code, oldest first. */
  readonly placeVersions: ReadonlyMap<string, readonly Place[]>;
  readonly placesUnder: ReadonlyMap<string, readonly Place[]>;
  /** By the code and first day of the unit they went into. */
  readonly placesBefore: ReadonlyMap<string, readonly Place[]>;
}

/** Throws when a code or a slug stands for two. */
export function indexAgencyData(tables: AgencyTables): AgencyData {
  const agencies = tables.agencies.toSorted((a, b) => compareBytewise(a.code, b.code));
  const places = tables.places.toSorted(byCodeAndTime);
  return {
    agencies,
    places,
    sites: tables.sites.toSorted((a, b) => a.number - b.number),
    successions: tables.successions,
    agencyByCode: uniqueBy(
      agencies.flatMap((agency) => agency.codes.map(({ text }) => [text, agency] as const)),
      'agency code',
    ),
    childrenOf: groupBy(agencies, ({ parentCode }) => parentCode),
    successionsFrom: groupBy(tables.successions, ({ predecessorCode }) => predecessorCode),
    successionsTo: groupBy(tables.successions, ({ successorCode }) => successorCode),
    siteBySlug: uniqueBy(
      tables.sites.map((site) => [site.slug, site] as const),
      'component site',
    ),
    siteByAgency: uniqueBy(
      tables.sites.map((site) => [site.agencyCode, site] as const),
      'agency of a component site',
    ),
    placeVersions: groupBy(places, ({ code }) => code),
    placesUnder: groupBy(places, ({ parentCode }) => parentCode),
    placesBefore: groupPredecessors(places),
  };
}

export function placeVersionKey(code: string, validFrom: string | null): string {
  return `${code}@${validFrom ?? ''}`;
}

function groupPredecessors(places: readonly Place[]): ReadonlyMap<string, readonly Place[]> {
  const links = places.flatMap((place) =>
    place.successors.map(({ code, effectiveDate }) => ({ place, key: placeVersionKey(code, effectiveDate) })),
  );
  const grouped = groupBy(links, ({ key }) => key);
  return new Map([...grouped].map(([key, found]) => [key, found.map(({ place }) => place)]));
}

function byCodeAndTime(a: Place, b: Place): number {
  return compareBytewise(a.code, b.code) || compareBytewise(a.validFrom ?? '', b.validFrom ?? '');
}

function uniqueBy<Row>(entries: readonly (readonly [string, Row])[], what: string): ReadonlyMap<string, Row> {
  const index = new Map<string, Row>();
  for (const [key, row] of entries) {
    if (index.has(key)) throw new Error(`The ${what} "${key}" is given twice`);
    index.set(key, row);
  }
  return index;
}

function groupBy<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string | null,
): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
