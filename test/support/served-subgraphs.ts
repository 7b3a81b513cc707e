import type { Subgraph } from '../../subgraphs/system/graphql-endpoint';
import { startSystemServer } from '../../subgraphs/system/system-server';
import { createLogger } from '../../schema/runtime/logger';
import { createWorkingCalendar } from '../../schema/calendar';
import { buildDossiersSchema, createDossiersContext } from '../../subgraphs/dossiers/schema';
import { openSqliteDossiers } from '../../subgraphs/sources/sql/open-dossier-source';
import { addDossier, layoutDatabase, type LayoutName, type SampleDossier } from './dossier-layouts';
import { readRegisteredDirectory } from './registered-directory';

export interface ServedSubgraph extends AsyncDisposable {
  readonly url: string;
}

/** One subgraph of one system behind the server that a province runs, on a free port. */
export async function serveSubgraph(
  name: string,
  subgraph: Subgraph,
  agencies: readonly string[] | null,
): Promise<ServedSubgraph> {
  const server = await startSystemServer({
    system: 'thu-nghiem',
    subgraphs: { [name]: subgraph },
    holdings: agencies === null ? {} : { [name]: agencies },
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

export interface ServedDossiers extends ServedSubgraph {
  /** One dossier more, at once. */
  readonly add: (dossier: SampleDossier) => void;
}

/** Our own dossiers subgraph over the tables of one layout. */
export async function serveDossiers(
  layout: LayoutName,
  dossiers: readonly SampleDossier[],
  { isDeclared = true }: { readonly isDeclared?: boolean } = {},
): Promise<ServedDossiers> {
  const database = layoutDatabase(layout, dossiers);
  const opened = openSqliteDossiers({
    ...database,
    calendar: createWorkingCalendar([]),
  });
  const deps = { source: opened.source, directory: readRegisteredDirectory() };
  const subgraph = {
    schema: buildDossiersSchema(deps),
    createContext: (now: string) => createDossiersContext(deps, { now }),
  };
  const agencies = [...new Set(dossiers.map(({ receivingAgency }) => receivingAgency))];
  const served = await serveSubgraph('dossiers', subgraph, isDeclared ? agencies : null);
  return {
    url: served.url,
    add: (dossier) => addDossier(database, layout, dossier),
    async [Symbol.asyncDispose]() {
      await served[Symbol.asyncDispose]();
      await opened[Symbol.asyncDispose]();
    },
  };
}
