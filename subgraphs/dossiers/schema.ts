import type { GraphQLSchema } from 'graphql';
import type { AgencyDirectory } from '../../schema/agency-directory';
import { buildFederatedSchema } from '../federation/build-federated-schema';
import { printFederatedSdl } from '../federation/print-federated-sdl';
import { Agency } from './agency';
import { AgencyResolver } from './agency-resolver';
import { toDossier } from './dossier';
import { DossierResolver } from './dossier-resolver';
import type { DossierSource } from './dossier-source';
import type { DossiersContext } from './dossiers-context';
import { PerformanceResolver } from './performance-resolver';
import { Procedure } from './procedure';
import { ProcedureResolver } from './procedure-resolver';

export { createDossiersContext, type DossiersContext } from './dossiers-context';

export interface DossiersDeps {
  readonly source: DossierSource;
  readonly directory: AgencyDirectory;
}

const CLASSES = {
  resolvers: [DossierResolver, AgencyResolver, ProcedureResolver, PerformanceResolver],
  orphanedTypes: [Agency, Procedure],
} as const;

/** Dossiers and how they were dealt with, of the agencies that one system holds. */
export function buildDossiersSchema({ source, directory }: DossiersDeps): GraphQLSchema {
  return buildFederatedSchema<DossiersContext>({
    ...CLASSES,
    instances: [
      new DossierResolver(source, directory),
      new AgencyResolver(source, directory),
      new ProcedureResolver(directory),
      new PerformanceResolver(directory),
    ],
    references: {
      Dossier: async ({ code }, { loaders }) => {
        const row = await loaders.dossier.load(String(code));
        return row === null ? null : toDossier(row);
      },
      // Any agency or procedure may be asked what it has here; one without a dossier answers with zeros.
      Agency: ({ code }) => ({ code: String(code) }),
      Procedure: ({ code }) => ({ code: String(code) }),
    },
  });
}

/** The SDL that composition reads; committed as schema/dossiers.graphql. */
export function printDossiersSdl(): string {
  return printFederatedSdl(CLASSES);
}
