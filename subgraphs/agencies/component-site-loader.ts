import DataLoader from 'dataloader';
import type { ComponentSite } from './component-site';
import type { ComponentSiteStore } from './component-site-store';

export interface ComponentSiteLoaders {
  readonly site: DataLoader<string, ComponentSite | null>;
}

export function createComponentSiteLoaders(sites: ComponentSiteStore): ComponentSiteLoaders {
  return { site: new DataLoader((slugs) => sites.findMany(slugs)) };
}
