import { type ExecutionResult, graphql, type GraphQLSchema } from 'graphql';
import {
  buildProceduresSchema,
  createProceduresContext,
  type ProceduresDeps,
} from '../../subgraphs/procedures/schema';
import { LocalCatalogue } from '../../subgraphs/sources/catalogue/local-catalogue';
import type { ProcedureRecord } from '../../subgraphs/sources/catalogue/procedure-record';
import { readRegisteredDirectory } from './registered-directory';

const NOW = '2024-06-28T03:00:00Z';

export interface ProceduresSubgraph {
  readonly deps: ProceduresDeps;
  readonly schema: GraphQLSchema;
  readonly query: (source: string, variables?: Record<string, unknown>) => Promise<ExecutionResult>;
}

/** The procedures subgraph over a catalogue, standing at 2024-06-28. */
export function createProceduresSubgraph(records: readonly ProcedureRecord[]): ProceduresSubgraph {
  const deps = { store: new LocalCatalogue(records), directory: readRegisteredDirectory() };
  const schema = buildProceduresSchema(deps);
  return {
    deps,
    schema,
    query: async (source, variables) => {
      const contextValue = createProceduresContext(deps, { now: NOW });
      const result = await graphql({ schema, source, contextValue, variableValues: variables ?? {} });
      // graphql-js answers objects without a prototype, which tests do not care about.
      return JSON.parse(JSON.stringify(result)) as ExecutionResult;
    },
  };
}
