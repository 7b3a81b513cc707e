import type { AgencyData } from './agency-data';
import type { ComponentSite } from './component-site';
import { isValidAt } from './valid-at';

export interface ComponentSiteStore {
  /** In the order of the slugs, null where there is none. */
  findMany(slugs: readonly string[]): Promise<readonly (ComponentSite | null)[]>;
  /** The sites of the agencies that are valid on the day, by number. */
  list(day: string): Promise<readonly ComponentSite[]>;
}

/** Answers from the registered data in memory. */
export function createRegisteredSiteStore(data: AgencyData): ComponentSiteStore {
  return {
    findMany: (slugs) => Promise.resolve(slugs.map((slug) => data.siteBySlug.get(slug) ?? null)),
    list: (day) => Promise.resolve(data.sites.filter((site) => isOpen(site, day))),
  };

  function isOpen({ agencyCode }: ComponentSite, day: string): boolean {
    const agency = data.agencyByCode.get(agencyCode);
    return agency !== undefined && isValidAt(agency, day);
  }
}
