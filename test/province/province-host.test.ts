import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parse } from 'yaml';
import { createLogger } from '../../schema/runtime/logger';
import { projectRoot } from '../../schema/runtime/project-root';
import { generateProvince } from '../../subgraphs/province/generate-province';
import { isHostRunning, orderHost, startHostControl } from '../../subgraphs/province/host-control';
import { provinceSource } from '../../subgraphs/province/province-data';
import { startProvinceHost, type ProvinceHost } from '../../subgraphs/province/province-host';
import { readProvinceLayout } from '../../subgraphs/province/province-layout';

/** Two systems are enough, and three threads are what a test can wait for. */
const TWO_SYSTEMS = `
systems:
  mot-cua: { name: Một cửa, layout: A, publishes: others, receives: [ubnd-namsach] }
  tu-phap: { name: Tư pháp, layout: B, publishes: [stp], receives: [stp] }
`;

let folder: string;
let host: ProvinceHost;
let control: AsyncDisposable;
let dossiersUrl: string;
let oneCode: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lienthong-'));
  const { dataFolder, layoutFile: whole } = provinceSource(projectRoot());
  const layoutFile = join(folder, 'province.yaml');
  writeFileSync(
    layoutFile,
    readFileSync(whole, 'utf8').replace(/^systems:\n[^]*?(?=^workload:)/m, `${TWO_SYSTEMS}\n`),
  );
  const source = { dataFolder, layoutFile };
  const layout = readProvinceLayout(layoutFile);
  const manifest = generateProvince({ source, layout, folder, seed: '1', dossiers: 300 });
  host = await startProvinceHost({
    source,
    layout,
    manifest,
    folder,
    host: '127.0.0.1',
    advertisedHost: '127.0.0.1',
    firstPort: 0,
    now: '2024-06-28T03:00:00Z',
    logger: createLogger({ level: 'silent', write: () => undefined }),
  });
  control = await startHostControl(host, folder);
  // systems.yaml is written by this project in the shape that is asked for here.
  const registry = parse(readFileSync(join(folder, 'systems.yaml'), 'utf8')) as {
    systems: Record<string, { subgraphs: { dossiers: { urls: string[] } } }>;
  };
  dossiersUrl = registry.systems['tu-phap']?.subgraphs.dossiers.urls[0] ?? '';
  const database = new DatabaseSync(join(folder, 'tu-phap.sqlite'), { readOnly: true });
  oneCode = String(database.prepare('SELECT MASOHOSO FROM cmon_hosotthccong').get()?.['MASOHOSO']);
  database.close();
}, 30_000);

afterAll(async () => {
  await control[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

async function ask(query: string, headers: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const response = await fetch(dossiersUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  // A GraphQL answer is an object.
  return (await response.json()) as Record<string, unknown>;
}

describe('a running province', () => {
  it('answers for a dossier over HTTP', async () => {
    expect(
      await ask(`{ dossier(code: "${oneCode}") { code receivingAgency { code } isSynthetic } }`),
    ).toEqual({
      data: { dossier: { code: oneCode, receivingAgency: { code: 'H23.X04' }, isSynthetic: true } },
    });
  });

  it('says what a system holds, and that it is well', async () => {
    const origin = new URL(dossiersUrl).origin;
    const read = async (path: string): Promise<unknown> => (await fetch(`${origin}${path}`)).json();

    expect(await read('/holdings')).toEqual({
      system: 'tu-phap',
      subgraphs: { procedures: ['H23.X04', 'H23.X22'], dossiers: ['H23.X04'] },
    });
    expect(await read('/healthz')).toEqual({ status: 'ok', system: 'tu-phap' });
  });

  it('takes the now of the request as the only now', async () => {
    const open = '{ performance { inProgress } }';
    const ofThen = await ask(open, { 'lienthong-now': '2021-01-01T00:00:00Z' });

    expect(ofThen).toEqual({ data: { performance: expect.objectContaining({ inProgress: 0 }) as unknown } });
    expect(await ask(open, { 'lienthong-now': 'yesterday' })).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  it.each([
    ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ dossiers(first: ', 'GRAPHQL_PARSE_FAILED'],
    ['{ dossiers(first: -1) { totalCount } }', 'INVALID_PAGE_SIZE'],
  ])('refuses %s with the code %s', async (query, code) => {
    expect(await ask(query)).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  it('refuses a body that is too long before it has read it', async () => {
    const response = await fetch(dossiersUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }', padding: 'x'.repeat(5 * 1024 * 1024) }),
    }).catch(() => null);

    // A connection closed while we still send is as good a refusal as the answer.
    if (response !== null) expect(response.status).toBe(413);
    expect(await ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
  });

  it('closes the port of a system that is taken down, and opens the same one again', async () => {
    await orderHost(folder, { action: 'stop', system: 'tu-phap' });
    await expect(ask('{ __typename }')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    expect(await orderHost(folder, { action: 'list' })).toMatchObject([
      { system: 'mot-cua', phase: 'running' },
      { system: 'tu-phap', phase: 'stopped' },
    ]);

    await orderHost(folder, { action: 'start', system: 'tu-phap' });
    expect(await ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
  });

  it('names the systems there are when an order is for none of them', async () => {
    await expect(orderHost(folder, { action: 'stop', system: 'tuphap' })).rejects.toThrow(
      'There is no system "tuphap". There are: mot-cua, tu-phap',
    );
  });

  it('obeys only who can read its data folder', async () => {
    // The file is written by this project in the shape that is asked for here.
    const { url } = JSON.parse(readFileSync(join(folder, 'host.json'), 'utf8')) as { url: string };
    const response = await fetch(`${url}/systems/tu-phap/stop`, { method: 'POST' });

    expect(response.status).toBe(400);
    expect(host.list().map(({ phase }) => phase)).toEqual(['running', 'running']);
  });

  it('is known by its folder, and a folder without one says how to start', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'lienthong-'));

    expect(await isHostRunning(folder)).toBe(true);
    expect(await isHostRunning(empty)).toBe(false);
    await expect(orderHost(empty, { action: 'list' })).rejects.toThrow(/No province runs from .*npm start/);
    rmSync(empty, { recursive: true });
  });
});
