import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';
import { NOW_HEADER } from '../../schema/wire-headers';
import { toAgencyDirectoryRecords } from '../../subgraphs/agencies/agency-directory-records';
import { readText, startFakeSystem, type FakeSystem } from './fake-system';
import { askLocally, type LocalSubgraph } from './local-subgraph';
import { openAgencies, openSystem } from './local-systems';
import { createTestFolder } from './plain-supergraph';
import { splitProvince } from './split-province';
import type { TestProvince } from './test-province';

/** A province whose systems answer over HTTP on free ports. */
export interface HttpProvince extends AsyncDisposable {
  /** The registry of its systems, in a file. */
  readonly registry: string;
  readonly systems: readonly FakeSystem[];
}

export async function startHttpProvince(
  province: TestProvince,
  { systems }: { readonly systems: number },
): Promise<HttpProvince> {
  const stack = new AsyncDisposableStack();
  const folder = stack.use(createTestFolder());
  const shares = splitProvince(province, { systems });
  const agencies = stack.use(await startSystem(new Map([['agencies', openAgencies(province)]])));
  const started: FakeSystem[] = [];
  const held: [string, unknown][] = [];
  for (const share of shares) {
    const system = stack.use(await startSystem(openSystem(province, share)));
    started.push(system);
    const subgraph = (name: 'procedures' | 'dossiers') => ({
      urls: [new URL(name, system.url).href],
      agencies: share.holds[name],
    });
    held.push([
      share.name,
      { subgraphs: { procedures: subgraph('procedures'), dossiers: subgraph('dossiers') } },
    ]);
  }
  const registry = join(folder.path, 'systems.yaml');
  writeFileSync(
    join(folder.path, 'agencies.json'),
    JSON.stringify(toAgencyDirectoryRecords(province.agencyData)),
  );
  const expected = (name: 'procedures' | 'dossiers') => [
    ...new Set(shares.flatMap((share) => share.holds[name])),
  ];
  writeFileSync(
    registry,
    JSON.stringify({
      version: 1,
      directory: 'agencies.json',
      subgraphs: {
        agencies: { url: new URL('agencies', agencies.url).href },
        procedures: { expected: expected('procedures') },
        dossiers: { expected: expected('dossiers') },
      },
      systems: Object.fromEntries(held),
    }),
  );
  return { registry, systems: started, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** The queries of the page, by file name. */
export function readyOperation(file: string): string {
  return readFileSync(join(projectRoot(), 'schema', 'operations', file), 'utf8');
}

function startSystem(subgraphs: ReadonlyMap<string, LocalSubgraph>): Promise<FakeSystem> {
  return startFakeSystem(async (request, response) => {
    const subgraph = subgraphs.get((request.url ?? '').slice(1));
    if (subgraph === undefined) return void response.writeHead(404).end();
    // Our gateway writes this body.
    const { query, variables = {} } = JSON.parse(await readText(request)) as {
      query: string;
      variables?: unknown;
    };
    const answer = await askLocally(subgraph, query, variables, String(request.headers[NOW_HEADER]));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  });
}
