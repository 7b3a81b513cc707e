import { DatabaseSync } from 'node:sqlite';
import { NOW_HEADER } from '../../schema/wire-headers';
import {
  SubgraphCallError,
  type SubgraphAnswer,
  type SubgraphCall,
  type SubgraphCaller,
} from '../../gateway/transport/call-subgraph';
import { buildAgenciesSchema, createAgenciesContext } from '../../subgraphs/agencies/schema';
import { buildDossiersSchema, createDossiersContext } from '../../subgraphs/dossiers/schema';
import { buildProceduresSchema, createProceduresContext } from '../../subgraphs/procedures/schema';
import { systemLayout } from '../../subgraphs/province/system-layout';
import { writeDossiers, writeProcedures } from '../../subgraphs/province/write-system';
import { LocalCatalogue } from '../../subgraphs/sources/catalogue/local-catalogue';
import { openSqliteDossiers } from '../../subgraphs/sources/sql/open-dossier-source';
import { readCatalogue } from '../../subgraphs/sources/catalogue/read-catalogue';
import { askLocally, type LocalSubgraph } from './local-subgraph';
import type { SystemShare } from './split-province';
import type { TestProvince } from './test-province';

export const SITE_DOMAIN = 'haiduong.gov.vn';

/** The subgraphs of one system: its rows written in its layout to SQLite in memory and read through its mapping. */
export function openSystem(province: TestProvince, share: SystemShare): ReadonlyMap<string, LocalSubgraph> {
  return new Map([
    ['procedures', openProcedures(province, share)],
    ['dossiers', openDossiers(province, share)],
  ]);
}

function openProcedures({ directory }: TestProvince, { layout, procedures }: SystemShare): LocalSubgraph {
  const database = new DatabaseSync(':memory:');
  writeProcedures({ database, layout, procedures });
  const records = readCatalogue(
    database,
    systemLayout(layout).catalogue.mapping,
    (code) => directory.find(code)?.code ?? code,
  );
  database.close();
  const deps = { store: new LocalCatalogue(records), directory };
  return {
    kind: 'procedures',
    schema: buildProceduresSchema(deps),
    createContext: (request) => createProceduresContext(deps, request),
  };
}

function openDossiers(
  { agencies, directory, calendar }: TestProvince,
  { layout, dossiers }: SystemShare,
): LocalSubgraph {
  const database = new DatabaseSync(':memory:');
  writeDossiers({ database, layout, agencies, dossiers });
  const { source } = openSqliteDossiers({
    database,
    mapping: systemLayout(layout).mapping(agencies),
    calendar,
  });
  const deps = { source, directory };
  return {
    kind: 'dossiers',
    schema: buildDossiersSchema(deps),
    createContext: (request) => createDossiersContext(deps, request),
  };
}

export function openAgencies(province: TestProvince): LocalSubgraph {
  const deps = { data: province.agencyData, siteDomain: SITE_DOMAIN };
  return {
    kind: 'agencies',
    schema: buildAgenciesSchema(deps),
    createContext: (request) => createAgenciesContext(deps, request),
  };
}

/** What a system does instead of answering. */
export type Fault = (ask: () => Promise<SubgraphAnswer>, call: SubgraphCall) => Promise<SubgraphAnswer>;

export interface CountedCall {
  readonly system: string;
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** When it was made, on the clock of `performance.now()`. */
  readonly at: number;
}

/** The network between gateway and systems, in this process: `http://<system>.test/<subgraph>`. */
export interface LocalNetwork extends SubgraphCaller {
  readonly calls: CountedCall[];
  /** By system name; a system without an entry answers as it should. */
  readonly faults: Map<string, Fault>;
}

export function createLocalNetwork(
  systems: ReadonlyMap<string, ReadonlyMap<string, LocalSubgraph>>,
): LocalNetwork {
  const calls: CountedCall[] = [];
  const faults = new Map<string, Fault>();
  return {
    calls,
    faults,
    call: (request) => {
      const { hostname, pathname } = new URL(request.url);
      const [system, subgraph] = [hostname.replace(/\.test$/, ''), pathname.slice(1)];
      const { headers, timeoutMs } = request;
      const { query, variables } = readBody(request);
      calls.push({ system, subgraph, query, variables, headers, timeoutMs, at: performance.now() });
      // As the transport does with a call for which no time is left.
      if (timeoutMs <= 0)
        return Promise.reject(new SubgraphCallError('TIMEOUT', 'The system did not answer within 0 ms', 0));
      const target = systems.get(system)?.get(subgraph);
      if (!target)
        return Promise.reject(new SubgraphCallError('UNAVAILABLE', 'The system could not be reached', 1));
      const ask = (): Promise<SubgraphAnswer> =>
        askLocally(target, query, variables, headers[NOW_HEADER] ?? '');
      const fault = faults.get(system);
      return fault ? fault(ask, request) : ask();
    },
    close: () => Promise.resolve(),
  };
}

/** What a call sends. */
export function readBody({ body }: SubgraphCall): {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
} {
  const { query, variables = {} } = JSON.parse(body) as Partial<ReturnType<typeof readBody>>;
  return { query: query ?? '', variables };
}
