import DataLoader from 'dataloader';
import type { Agency } from './agency';
import type { AgencyStore, CodeOnDay } from './agency-store';
import type { ComponentSite } from './component-site';
import type { Succession } from './succession';

export interface AgencyLoaders {
  readonly agency: DataLoader<string, Agency | null>;
  readonly children: DataLoader<CodeOnDay, readonly Agency[], string>;
  readonly successors: DataLoader<string, readonly Succession[]>;
  readonly predecessors: DataLoader<string, readonly Succession[]>;
  readonly siteOfAgency: DataLoader<string, ComponentSite | null>;
}

/** Made for one request: what it read once it reads no second time, and what it asks at one moment is one store call. */
export function createAgencyLoaders(agencies: AgencyStore): AgencyLoaders {
  return {
    agency: new DataLoader((codes) => agencies.findMany(codes)),
    children: new DataLoader((parents) => agencies.childrenOf(parents), {
      cacheKeyFn: ({ code, day }) => `${code}@${day}`,
    }),
    successors: new DataLoader((codes) => agencies.successorsOf(codes)),
    predecessors: new DataLoader((codes) => agencies.predecessorsOf(codes)),
    siteOfAgency: new DataLoader((codes) => agencies.sitesOf(codes)),
  };
}
