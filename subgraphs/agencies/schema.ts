import type { GraphQLSchema } from 'graphql';
import { buildFederatedSchema } from '../federation/build-federated-schema';
import { printFederatedSdl } from '../federation/print-federated-sdl';
import type { AgenciesContext } from './agencies-context';
import type { AgencyData } from './agency-data';
import { AgencyResolver } from './agency-resolver';
import { ComponentSiteResolver } from './component-site-resolver';
import { createRegisteredSiteStore } from './component-site-store';
import { PlaceResolver, PlaceSuccessionResolver } from './place-resolver';
import { createRegisteredAgencyStore } from './registered-agency-store';
import { createRegisteredPlaceStore } from './registered-place-store';
import { SuccessionResolver } from './succession-resolver';

export { createAgenciesContext, type AgenciesContext } from './agencies-context';

export interface AgenciesDeps {
  readonly data: AgencyData;
  /** What follows the slug in a site's host name; null when the province has none to show. */
  readonly siteDomain: string | null;
}

const CLASSES = {
  resolvers: [
    AgencyResolver,
    SuccessionResolver,
    ComponentSiteResolver,
    PlaceResolver,
    PlaceSuccessionResolver,
  ],
  orphanedTypes: [],
} as const;

/** Who exists, who succeeded whom, the component sites and the places. Not sharded: one system answers all. */
export function buildAgenciesSchema({ data, siteDomain }: AgenciesDeps): GraphQLSchema {
  return buildFederatedSchema<AgenciesContext>({
    ...CLASSES,
    instances: [
      new AgencyResolver(createRegisteredAgencyStore(data)),
      new SuccessionResolver(),
      new ComponentSiteResolver(createRegisteredSiteStore(data), siteDomain),
      new PlaceResolver(createRegisteredPlaceStore(data)),
      new PlaceSuccessionResolver(),
    ],
    references: {
      Agency: ({ code }, { loaders }) => loaders.agency.load(String(code)),
      ComponentSite: ({ slug }, { loaders }) => loaders.site.load(String(slug)),
    },
  });
}

/** The SDL that composition reads; committed as schema/agencies.graphql. */
export function printAgenciesSdl(): string {
  return printFederatedSdl(CLASSES);
}
