import type { Agency } from './agency';
import type { AgencyFilter } from './agency-filter';
import type { ComponentSite } from './component-site';
import type { Succession } from './succession';

/** An agency's place in time: whose children, on which day. */
export interface CodeOnDay {
  readonly code: string;
  readonly day: string;
}

/** What the resolvers ask. Lists answer in the order of their keys, one item for each. Codes are in any notation in `findMany` only. */
export interface AgencyStore {
  /** At any date: an agency that has ended is found too. */
  findMany(codes: readonly string[]): Promise<readonly (Agency | null)[]>;
  /** Those valid on the day, by code. Throws UnknownAgencyError when the filter names a code nobody has. */
  list(filter: AgencyFilter, day: string): Promise<readonly Agency[]>;
  childrenOf(parents: readonly CodeOnDay[]): Promise<readonly (readonly Agency[])[]>;
  successorsOf(codes: readonly string[]): Promise<readonly (readonly Succession[])[]>;
  predecessorsOf(codes: readonly string[]): Promise<readonly (readonly Succession[])[]>;
  sitesOf(codes: readonly string[]): Promise<readonly (ComponentSite | null)[]>;
}
