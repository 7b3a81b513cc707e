import type { AgencyDirectory } from '../../../schema/agency-directory';
import { buildDossiersSchema, createDossiersContext } from '../../../subgraphs/dossiers/schema';
import { buildProceduresSchema, createProceduresContext } from '../../../subgraphs/procedures/schema';
import type { LocalSubgraph } from '../local-subgraph';
import type { House } from './house';

interface HouseSubgraph extends LocalSubgraph {
  createContext(request: { readonly now: string }): object;
}

export interface HouseSubgraphs {
  readonly dossiers: HouseSubgraph;
  readonly procedures: HouseSubgraph;
}

/** What a gateway asks a house. */
export function houseSubgraphs(house: House, directory: AgencyDirectory): HouseSubgraphs {
  const dossiers = { source: house.dossiers, directory };
  const procedures = { store: house.catalogue, directory };
  return {
    dossiers: {
      kind: 'dossiers',
      schema: buildDossiersSchema(dossiers),
      createContext: (request) => createDossiersContext(dossiers, request),
    },
    procedures: {
      kind: 'procedures',
      schema: buildProceduresSchema(procedures),
      createContext: (request) => createProceduresContext(procedures, request),
    },
  };
}
