import { readAgencyData } from '../agencies/read-agency-data';
import { buildAgenciesSchema, createAgenciesContext } from '../agencies/schema';
import type { Subgraph } from '../system/graphql-endpoint';
import type { AgenciesTask } from './thread-task';

/** The subgraph that is not sharded, over the registered data. */
export function openAgencies({ dataFolder, siteDomain }: AgenciesTask): Readonly<Record<string, Subgraph>> {
  const deps = { data: readAgencyData(dataFolder), siteDomain };
  return {
    agencies: {
      schema: buildAgenciesSchema(deps),
      createContext: (now) => createAgenciesContext(deps, { now }),
    },
  };
}
