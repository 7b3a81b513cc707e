import { localDay } from '../../schema/calendar';
import type { AgencyData } from './agency-data';
import { type AgencyLoaders, createAgencyLoaders } from './agency-loader';
import { type ComponentSiteLoaders, createComponentSiteLoaders } from './component-site-loader';
import { createRegisteredSiteStore } from './component-site-store';
import { createPlaceLoaders, type PlaceLoaders } from './place-loader';
import { createRegisteredAgencyStore } from './registered-agency-store';
import { createRegisteredPlaceStore } from './registered-place-store';

export interface AgenciesContext {
  /** The instant of the request, UTC, whole seconds: the only "now". */
  readonly now: string;
  /** The day of `now` in Việt Nam: what `asOf` is when the client gives none. */
  readonly today: string;
  readonly loaders: AgencyLoaders & ComponentSiteLoaders & PlaceLoaders;
}

/** One for each request. */
export function createAgenciesContext(
  { data }: { readonly data: AgencyData },
  { now }: { readonly now: string },
): AgenciesContext {
  return {
    now,
    today: localDay(now),
    loaders: {
      ...createAgencyLoaders(createRegisteredAgencyStore(data)),
      ...createComponentSiteLoaders(createRegisteredSiteStore(data)),
      ...createPlaceLoaders(createRegisteredPlaceStore(data)),
    },
  };
}
