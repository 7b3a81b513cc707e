import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphql } from 'graphql';
import { parse } from 'yaml';
import { createLogger } from '../../schema/runtime/logger';
import { projectRoot } from '../../schema/runtime/project-root';
import { readSystemMapping } from '../../subgraphs/sources/mapping/read-system-mapping';
import { generateProvince } from '../../subgraphs/province/generate-province';
import { openSystem } from '../../subgraphs/province/open-system';
import { readProvinceAgencies } from '../../subgraphs/province/province-agency';
import { provinceSource } from '../../subgraphs/province/province-data';
import { startProvinceHost, type ProvinceHost } from '../../subgraphs/province/province-host';
import { readProvinceLayout } from '../../subgraphs/province/province-layout';
import { createTasks } from '../../subgraphs/province/province-tasks';
import { allNodes, type Ask } from '../support/all-pages';

const NOW = '2024-06-28T03:00:00Z';
const LAYOUTS = { thue: 'G', 'y-te': 'F', 'bo-gtvt': 'C' } as const;
const SYSTEMS = Object.keys(LAYOUTS) as readonly (keyof typeof LAYOUTS)[];

/** A province of three systems in the layouts asked for, generated into a folder of its own. */
function generated(layouts: Readonly<Record<keyof typeof LAYOUTS, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'lienthong-'));
  const { dataFolder, layoutFile: whole } = provinceSource(projectRoot());
  const layoutFile = join(folder, 'province.yaml');
  const systems = `systems:
  thue: { name: Thuế, layout: ${layouts.thue}, publishes: [thue, sgtvt], receives: [thue] }
  y-te: { name: Y tế, layout: ${layouts['y-te']}, publishes: others, receives: [syt] }
  bo-gtvt: { name: Giấy phép lái xe, layout: ${layouts['bo-gtvt']}, receives: [sgtvt] }
`;
  writeFileSync(
    layoutFile,
    readFileSync(whole, 'utf8').replace(/^systems:\n[^]*?(?=^workload:)/m, `${systems}\n`),
  );
  const source = { dataFolder, layoutFile };
  const layout = readProvinceLayout(layoutFile);
  const options = { source, layout, folder, seed: '1', dossiers: 900 };
  return { ...options, manifest: generateProvince(options) };
}

type Generated = ReturnType<typeof generated>;

const copied = generated(LAYOUTS);
const asTables = generated({ thue: 'A', 'y-te': 'A', 'bo-gtvt': 'A' });
let host: ProvinceHost;

function startHost(): Promise<ProvinceHost> {
  return startProvinceHost({
    ...copied,
    host: '127.0.0.1',
    advertisedHost: '127.0.0.1',
    firstPort: 0,
    now: NOW,
    logger: createLogger({ level: 'silent', write: () => undefined }),
  });
}

beforeAll(async () => {
  host = await startHost();
}, 60_000);

afterAll(async () => {
  await host[Symbol.asyncDispose]();
  for (const { folder } of [copied, asTables]) rmSync(folder, { recursive: true });
});

function urlOf(system: string, subgraph: string): string {
  // systems.yaml is written by this project in the shape that is asked for here.
  const registry = parse(readFileSync(join(copied.folder, 'systems.yaml'), 'utf8')) as {
    systems: Record<string, { subgraphs: Record<string, { urls: string[] }> }>;
  };
  return registry.systems[system]?.subgraphs[subgraph]?.urls[0] ?? '';
}

/** An answer must have nothing beside its data: no error, and no note on the copy it comes from. */
function hosted(system: string, subgraph: string): Ask {
  return async (query) => {
    const response = await fetch(urlOf(system, subgraph), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const answer = (await response.json()) as { data: Record<string, unknown> }; // A GraphQL answer.
    expect(answer).toEqual({ data: expect.anything() as unknown });
    return answer.data;
  };
}

/** The same rows, asked for where they are. */
function inTables(system: string, subgraph: string): Ask {
  const { source, manifest, layout, folder }: Generated = asTables;
  const agencies = readProvinceAgencies(source.dataFolder);
  const options = { source, manifest, layout, folder, host: '127.0.0.1', firstPort: 0, now: NOW, agencies };
  const task = createTasks(options).find(({ name }) => name === system);
  if (task?.kind !== 'system') throw new Error(`${system} is not read from tables`);
  const opened = openSystem(task).subgraphs[subgraph];
  if (opened === undefined) throw new Error(`${system} has no ${subgraph}`);
  return async (query) => {
    const contextValue = opened.createContext(NOW);
    const { data } = await graphql({ schema: opened.schema, source: query, contextValue });
    return { ...data };
  };
}

const DOSSIER = `code aliases status channel receivingAgency { code } handlingAgency { code } procedure { code } field
  submittedAt receivedAt dueAt finishedAt returnedAt isSynthetic`;
const HISTORY = `supplements { requestedAt completedAt dueBefore dueAfter } steps { at status unit dueAt }
  national: timeliness(clock: NATIONAL) { result reason rule endedAt }
  local: timeliness(clock: LOCAL) { result reason endedAt }`;
const PROCEDURE = `code hasLocalCode name field levels isEitherLevel workingDays isOnlineAvailable onlineLevel legalBasis
  decision result applicants performingAgencyInSource era source certainty channels { channel time { value unit } }
  time { value unit } fee { minVnd maxVnd } agency { code }`;

/** As JSON has it: instants are texts there. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a system that is copied', () => {
  it.each(SYSTEMS)('%s serves every dossier as a database with the same rows does', async (system) => {
    // A list of spreadsheets has no history.
    const selection = system === 'y-te' ? DOSSIER : `${DOSSIER} ${HISTORY}`;

    const served = await allNodes(hosted(system, 'dossiers'), 'dossiers', selection);

    expect(served.length).toBe(copied.manifest.systems[system]?.rows);
    expect(served).toEqual(plain(await allNodes(inTables(system, 'dossiers'), 'dossiers', selection)));
  });

  it.each(['thue', 'y-te'] as const)('%s publishes the same catalogue', async (system) => {
    const served = await allNodes(hosted(system, 'procedures'), 'procedures', PROCEDURE);

    expect(served.length).toBeGreaterThan(130);
    expect(served).toEqual(plain(await allNodes(inTables(system, 'procedures'), 'procedures', PROCEDURE)));
  });

  it('is taken down with the service it is copied from, and both come back where they were', async () => {
    const url = urlOf('bo-gtvt', 'dossiers');
    const service = serviceOf('bo-gtvt');
    const before = await hosted('bo-gtvt', 'dossiers')('{ dossiers { totalCount } }');

    await host.stop('bo-gtvt');
    await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await expect(fetch(service)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });

    await host.start('bo-gtvt');
    expect(await hosted('bo-gtvt', 'dossiers')('{ dossiers { totalCount } }')).toEqual(before);
    expect((await fetch(service)).status).toBe(200);
    expect(host.list().map(({ phase }) => phase)).toEqual(['running', 'running', 'running']);
  }, 30_000);

  it('keeps its copy between two runs of the province, until the province is generated anew', async () => {
    const copies = join(copied.folder, 'province-copies');
    const states = () =>
      readdirSync(copies)
        .filter((name) => name.endsWith('.sqlite'))
        .map((name) => [name, statSync(join(copies, name)).ino]);
    const before = states();

    await host[Symbol.asyncDispose]();
    host = await startHost();
    await hosted('thue', 'dossiers')('{ dossiers { totalCount } }');
    expect(before.length).toBe(3);
    expect(states()).toEqual(before);

    await host[Symbol.asyncDispose]();
    generateProvince({ ...copied, seed: '2' });
    expect(existsSync(copies)).toBe(false);
  }, 60_000);
});

function serviceOf(system: string): string {
  const mapping = readSystemMapping(join(copied.folder, 'mappings', `${system}.yaml`));
  if (mapping.kind !== 'rest') throw new Error(`${system} is no JSON service`);
  return mapping.connection.baseUrl;
}
