import { readAgencyData } from '../agencies/read-agency-data';
import { buildAgenciesSchema, createAgenciesContext } from '../agencies/schema';
import type { OpenedSystem } from '../system/serve-thread';
import type { AgenciesTask } from './thread-task';

/** The subgraph that is not sharded, over the registered data. */
export function openAgencies({ dataFolder, siteDomain }: AgenciesTask): OpenedSystem {
  const deps = { data: readAgencyData(dataFolder), siteDomain };
  const agencies = {
    schema: buildAgenciesSchema(deps),
    createContext: (now: string) => createAgenciesContext(deps, { now }),
  };
  return { subgraphs: { agencies } };
}
