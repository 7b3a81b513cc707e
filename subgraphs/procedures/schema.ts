import type { GraphQLSchema } from 'graphql';
import type { AgencyDirectory } from '../../schema/agency-directory';
import { buildFederatedSchema } from '../federation/build-federated-schema';
import { printFederatedSdl } from '../federation/print-federated-sdl';
import { AgencyResolver } from './agency-resolver';
import { ProcedureConnectionResolver } from './procedure-connection-resolver';
import { ProcedureResolver } from './procedure-resolver';
import type { ProcedureStore } from './procedure-store';
import { dayAsked, type ProceduresContext } from './procedures-context';
import { toProcedure } from './to-procedure';

export { createProceduresContext, type ProceduresContext } from './procedures-context';

export interface ProceduresDeps {
  readonly store: ProcedureStore;
  readonly directory: AgencyDirectory;
}

const classes = {
  resolvers: [ProcedureResolver, ProcedureConnectionResolver, AgencyResolver],
  orphanedTypes: [],
} as const;

export function printProceduresSdl(): string {
  return printFederatedSdl(classes);
}

export function buildProceduresSchema({ directory }: ProceduresDeps): GraphQLSchema {
  return buildFederatedSchema<ProceduresContext>({
    ...classes,
    instances: [
      new ProcedureResolver(directory),
      new ProcedureConnectionResolver(),
      new AgencyResolver(directory),
    ],
    references: {
      Procedure: async ({ code }, context) => {
        const entry = await context.loaders.procedure.load({
          code: String(code),
          asOf: dayAsked(null, context),
        });
        return entry === null ? null : toProcedure(entry);
      },
      Agency: ({ code }) => ({ code: String(code) }),
    },
  });
}
