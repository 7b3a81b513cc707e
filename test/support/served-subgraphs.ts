import type { Subgraph } from '../../subgraphs/system/graphql-endpoint';
import { startSystemServer } from '../../subgraphs/system/system-server';
import { createLogger } from '../../schema/runtime/logger';
import { createWorkingCalendar } from '../../schema/calendar';
import { buildDossiersSchema, createDossiersContext } from '../../subgraphs/dossiers/schema';
import { openSqliteDossiers } from '../../subgraphs/sources/sql/open-dossier-source';
import { layoutDatabase, type LayoutName, type SampleDossier } from './dossier-layouts';
import { readRegisteredDirectory } from './registered-directory';

export interface ServedSubgraph extends AsyncDisposable {
  readonly url: string;
}

/** One subgraph of one system behind the server that a province runs, on a free port. */
export async function serveSubgraph(
  name: string,
  subgraph: Subgraph,
  agencies: readonly string[],
): Promise<ServedSubgraph> {
  const server = await startSystemServer({
    system: 'thu-nghiem',
    subgraphs: { [name]: subgraph },
    holdings: { [name]: agencies },
    host: '127.0.0.1',
    port: 0,
    now: () => '2024-06-28T03:00:00Z',
    logger: createLogger({ level: 'silent', write: () => undefined }),
  });
  return {
    url: `http://127.0.0.1:${server.port}/${name}`,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Our own dossiers subgraph over the tables of one layout. */
export async function serveDossiers(
  layout: LayoutName,
  dossiers: readonly SampleDossier[],
): Promise<ServedSubgraph> {
  const opened = openSqliteDossiers({
    ...layoutDatabase(layout, dossiers),
    calendar: createWorkingCalendar([]),
  });
  const deps = { source: opened.source, directory: readRegisteredDirectory() };
  const subgraph = {
    schema: buildDossiersSchema(deps),
    createContext: (now: string) => createDossiersContext(deps, { now }),
  };
  const agencies = [...new Set(dossiers.map(({ receivingAgency }) => receivingAgency))];
  const served = await serveSubgraph('dossiers', subgraph, agencies);
  return {
    url: served.url,
    async [Symbol.asyncDispose]() {
      await served[Symbol.asyncDispose]();
      await opened[Symbol.asyncDispose]();
    },
  };
}
