import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { printAgenciesSdl } from './agencies/schema';
import { printDossiersSdl } from './dossiers/schema';
import { printProceduresSdl } from './procedures/schema';

/** By subgraph name, as the supergraph and the registry know it. */
const SUBGRAPHS: Readonly<Record<string, () => string>> = {
  agencies: printAgenciesSdl,
  procedures: printProceduresSdl,
  dossiers: printDossiersSdl,
};

const HEADER = '# Printed from code by `npm run schema`; do not edit.\n\n';

/** The files of schema/ that are made from code: file name to content. Throws when the subgraphs do not compose. */
export function printSchemaFiles(): ReadonlyMap<string, string> {
  const subgraphs = Object.entries(SUBGRAPHS).map(([name, print]) => ({ name, sdl: print() }));
  return new Map([
    ...subgraphs.map(({ name, sdl }) => [`${name}.graphql`, HEADER + sdl] as const),
    ['supergraph.graphql', `${HEADER}${compose(subgraphs).trim()}\n`] as const,
  ]);
}

/** The addresses are placeholders: where the systems are is the registry's to say. */
function compose(subgraphs: readonly { readonly name: string; readonly sdl: string }[]): string {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, sdl }) => ({ name, url: `http://localhost/${name}`, typeDefs: parse(sdl) })),
  );
  if (supergraphSdl === undefined) {
    throw new Error(
      `The subgraphs do not compose:\n${(errors ?? []).map(({ message }) => `- ${message}`).join('\n')}`,
    );
  }
  return supergraphSdl;
}
