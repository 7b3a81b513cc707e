import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { startRegisteredSystem } from '../support/registered-system';
import { createSystemsFolder, REGISTRY, type SystemsFolder } from '../support/systems-folder';

const MAPPING = `version: 1
system: so-y-te
name: Sở Y tế
kind: sheet
agencies: [000.00.X04.H23]
connection: { folder: ./files }
procedures:
  from: { files: "*.xlsx" }
  columns: { code: MA, name: TEN }
`;

let folder: SystemsFolder;
beforeEach(() => {
  folder = createSystemsFolder(REGISTRY);
});
afterEach(() => folder[Symbol.dispose]());

const OWN = [
  '--system',
  'so-y-te',
  '--name',
  'Sở Y tế',
  '--agencies',
  '000.00.X04.H23',
  '--subgraph',
  'dossiers',
];
const startHealth = () => startRegisteredSystem('so-y-te', { dossiers: ['H23.X04'] });

const entry = (origin: string, subgraph = 'dossiers') => `  so-y-te:
    name: Sở Y tế
    subgraphs:
      ${subgraph}:
        urls: [${origin}/${subgraph}]
        agencies: [H23.X04]
`;
const own = (...more: readonly string[]) => folder.onboard('add', ...OWN, ...more);

describe('onboard add', () => {
  it('puts a system last, expects its agencies, and leaves the rest of the file as it is written', async () => {
    await using system = await startHealth();

    const { exitCode, out } = await own('--url', system.origin);

    expect(exitCode).toBe(0);
    expect(out).toContain('so-y-te is in the registry');
    expect(out).toContain('expected to have dossiers from now on: H23.X04');
    expect(folder.read()).toBe(
      REGISTRY.replace('      - 000.00.X01.H23\n', '      - 000.00.X01.H23\n      - H23.X04\n') +
        entry(system.origin),
    );
    expect(readFileSync(`${folder.file}.before`, 'utf8')).toBe(REGISTRY);
    expect(readdirSync(folder.path).sort()).toEqual(['agencies.json', 'systems.yaml', 'systems.yaml.before']);
  });

  it('takes name, label, agencies and subgraphs of a system from its mapping', async () => {
    writeFileSync(join(folder.path, 'so-y-te.yaml'), MAPPING);
    await using system = await startRegisteredSystem('so-y-te', { procedures: ['000.00.X04.H23'] });

    const { exitCode } = await folder.onboard('add', 'so-y-te.yaml', '--url', system.origin, '--no-expect');

    expect(exitCode).toBe(0);
    expect(folder.read()).toBe(REGISTRY + entry(system.origin, 'procedures'));
  });

  it('stands where it is told to, with a list of replicas', async () => {
    await using one = await startHealth();
    await using two = await startHealth();

    await own('--url', one.origin, '--url', two.origin, '--position', 'before:bo-gtvt', '--no-expect');

    expect(folder.read()).toMatch(/so-y-te:[^#]*\n\n? {2}# a ministry's\n {2}bo-gtvt:/);
    expect(folder.read()).toContain(`urls: [${one.origin}/dossiers, ${two.origin}/dossiers]`);
  });

  it('changes nothing when the same is added again, and says so', async () => {
    await using system = await startHealth();
    await own('--url', system.origin);
    const text = folder.read();

    const { exitCode, out } = await own('--url', `${system.origin}/`);

    expect({ exitCode, text: folder.read() }).toEqual({ exitCode: 0, text });
    expect(out).toContain('nothing was changed');
  });

  it('takes another content of a known name only with --replace, at the place where it stands', async () => {
    await using system = await startRegisteredSystem('bo-gtvt', { dossiers: ['H23.X04'] });
    const args = ['add', '--system', 'bo-gtvt', '--agencies', 'H23.X04', '--subgraph', 'dossiers'];

    const refused = await folder.onboard(...args, '--url', system.origin, '--no-expect');
    expect({ ...refused, text: folder.read() }).toMatchObject({ exitCode: 2, text: REGISTRY });
    expect(refused.err).toContain('--replace');

    await folder.onboard(...args, '--url', system.origin, '--no-expect', '--replace');
    const [before] = REGISTRY.split('  bo-gtvt:');
    expect(folder.read()).toBe(
      `${before}  bo-gtvt:
    subgraphs:
      dossiers:
        urls: [${system.origin}/dossiers]
        agencies: [H23.X04]
`,
    );
  });

  it('says which other system holds the same agencies', async () => {
    await using system = await startRegisteredSystem('moi', { dossiers: ['H23.X02', 'H23.X05'] });

    const { exitCode, out } = await folder.onboard(
      ...['add', '--system', 'moi', '--agencies', 'H23.X02,H23.X05', '--subgraph', 'dossiers'],
      ...['--url', system.origin],
    );

    expect(exitCode).toBe(0);
    expect(out).toContain('mot-cua holds dossiers of H23.X02 too');
  });

  it('writes nothing for a system that does not answer, unless forced to', async () => {
    const gone = await startHealth();
    await gone[Symbol.asyncDispose]();

    const refused = await own('--url', gone.origin);
    expect({ exitCode: refused.exitCode, text: folder.read() }).toEqual({ exitCode: 3, text: REGISTRY });
    expect(refused.err).toContain(`${gone.origin}/dossiers does not answer`);

    expect(await own('--url', gone.origin, '--force')).toMatchObject({ exitCode: 0 });
    expect(folder.read()).toContain(gone.origin);
  });

  it('writes nothing when what the system declares is something else, and tells each difference', async () => {
    await using system = await startRegisteredSystem('so-y-te', { dossiers: ['H23.X04', 'H23.X05'] });

    const { exitCode, out } = await own('--url', system.origin);

    expect({ exitCode, text: folder.read() }).toEqual({ exitCode: 1, text: REGISTRY });
    expect(out).toContain('declares, which the registry does not give it: H23.X05');
  });

  it('takes one address with a path for one subgraph, and {subgraph} for several', async () => {
    const { err } = await folder.onboard(
      ...['add', '--system', 'x', '--agencies', 'H23.X04', '--subgraph', 'dossiers,procedures'],
      ...['--url', 'http://127.0.0.1:1/api'],
    );
    expect(err).toContain('{subgraph}');

    await folder.onboard(
      ...['add', '--system', 'x', '--agencies', 'H23.X04', '--subgraph', 'dossiers,procedures', '--force'],
      ...['--url', 'http://127.0.0.1:1/api/{subgraph}/graphql'],
    );
    expect(folder.read()).toContain('http://127.0.0.1:1/api/procedures/graphql');
  });

  it.each([
    [['--url', 'ftp://x'], '"ftp://x" is no http(s) address'],
    [['--url', 'http://me:secret@x'], 'has a user or a password in it'],
    [[], '--url is missing'],
    [['--url', 'http://127.0.0.1:1', '--position', 'first'], '--position takes before:NAME or last'],
    [['--url', 'http://127.0.0.1:1', '--force', '--position', 'before:no'], 'There is no system "no"'],
    [['--url', 'http://127.0.0.1:1', '--wait'], '--wait needs to know the gateways'],
    [['--url', 'http://127.0.0.1:1', '--expect', '--no-expect'], 'exclude each other'],
  ])('refuses %j by what is wrong with it', async (args, message) => {
    const { exitCode, err } = await own(...args);

    expect({ exitCode, text: folder.read() }).toEqual({ exitCode: 2, text: REGISTRY });
    expect(err).toContain(message);
    expect(err).not.toContain('secret');
  });

  it('takes any short name for a system, also that of a property of every object, and no other', async () => {
    const add = (name: string) =>
      folder.onboard(
        ...['add', '--system', name, '--agencies', 'H23.X04', '--subgraph', 'dossiers'],
        ...['--url', 'http://127.0.0.1:1', '--force'],
      );

    expect(await add('constructor')).toMatchObject({ exitCode: 0 });
    expect((await add('Sở Y tế')).err).toContain('--system takes a short name in lower case');
    expect(parse(folder.read())).toMatchObject({ systems: { constructor: { subgraphs: {} } } });
  });

  it('refuses agencies and subgraphs that the registry does not know, and hints', async () => {
    const add = (agency: string, subgraph: string) =>
      folder.onboard(
        ...['add', '--system', 'x', '--agencies', agency, '--subgraph', subgraph],
        ...['--url', 'http://127.0.0.1:1', '--force'],
      );

    expect((await add('H23.X99', 'dossiers')).err).toContain('No agency has the code "H23.X99"');
    expect((await add('H23.X04', 'agencies')).err).toContain('has procedures, dossiers');
    expect((await add('H23.X04', 'dossiers')).exitCode).toBe(0);
  });

  it('refuses to touch a registry that is wrong already, with every mistake', async () => {
    folder.write(REGISTRY.replace('agencies: [H23.X03]', 'agencies: [H23.X77], color: red'));

    const { exitCode, err } = await own('--url', 'http://127.0.0.1:1', '--force');

    expect(exitCode).toBe(2);
    expect(err).toContain('unknown key "color"');
  });

  it('tells in one sentence why the file cannot be written, and leaves it as it was', async () => {
    // Where the text before is to stand there is a folder: that stops root too.
    mkdirSync(`${folder.file}.before`);

    const { exitCode, err } = await own('--url', 'http://127.0.0.1:1', '--force');

    expect({ exitCode, text: folder.read() }).toEqual({ exitCode: 2, text: REGISTRY });
    expect(err).toContain('cannot be changed');
    expect(readdirSync(folder.path).sort()).toEqual(['agencies.json', 'systems.yaml', 'systems.yaml.before']);
  });

  it('keeps the rights of the file, and a link to it', async () => {
    chmodSync(folder.file, 0o640);
    const link = join(folder.path, 'linked.yaml');
    symlinkSync(folder.file, link);

    await own('--url', 'http://127.0.0.1:1', '--force', '--registry', link);

    expect(statSync(folder.file).mode & 0o777).toBe(0o640);
    expect(readFileSync(link, 'utf8')).toBe(folder.read());
    expect(folder.read()).toContain('so-y-te');
  });

  it('adds to a registry written as JSON, and to one without any system', async () => {
    folder.write(
      '{"version":1,"directory":"agencies.json","subgraphs":{"dossiers":{"expected":[]}},"systems":{}}',
    );

    expect(await own('--url', 'http://127.0.0.1:1', '--force', '--json')).toMatchObject({ exitCode: 0 });
    expect((await own('--url', 'http://127.0.0.1:1', '--force')).out).toContain('nothing was changed');
  });

  it('answers one JSON document when asked to', async () => {
    await using system = await startHealth();

    const { out } = await own('--url', system.origin, '--json');

    expect(JSON.parse(out)).toMatchObject({
      system: 'so-y-te',
      change: 'added',
      isChanged: true,
      file: folder.file,
      version: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
      notes: ['expected to have dossiers from now on: H23.X04'],
      gateways: [],
    });
  });
});

describe('two commands at the same moment', () => {
  it('lose nothing of one another', async () => {
    const names = Array.from({ length: 8 }, (_, i) => `moi-${i}`);

    const all = await Promise.all(
      names.map((name) =>
        folder.onboard(
          ...['add', '--system', name, '--agencies', 'H23.X05', '--subgraph', 'dossiers'],
          ...['--url', 'http://127.0.0.1:1', '--force'],
        ),
      ),
    );

    expect(all.map(({ exitCode }) => exitCode)).toEqual(names.map(() => 0));
    for (const name of names) expect(folder.read()).toContain(`  ${name}:\n`);
    expect(readdirSync(folder.path).filter((file) => file.includes('.lock'))).toEqual([]);
  });

  it.each([
    ['whose process is gone', () => holder(2 ** 22 - 1, new Date())],
    ['that is older than any change takes', () => holder(process.pid, new Date(Date.now() - 60_000))],
  ])('take over a lock %s', async (_, lock) => {
    writeFileSync(`${folder.file}.lock`, lock());

    expect(await folder.onboard('drain', 'bo-gtvt')).toMatchObject({ exitCode: 0 });
    expect(readdirSync(folder.path).filter((file) => file.includes('.lock'))).toEqual([]);
  });

  it('wait for a lock that is held', async () => {
    const lock = `${folder.file}.lock`;
    writeFileSync(lock, holder(process.pid, new Date()));

    const draining = folder.onboard('drain', 'bo-gtvt');
    await new Promise((resolve) => setImmediate(resolve));
    expect(folder.read()).toBe(REGISTRY);
    rmSync(lock);

    expect(await draining).toMatchObject({ exitCode: 0 });
    expect(folder.read()).toContain('draining: true');
  });
});

function holder(pid: number, at: Date): string {
  return JSON.stringify({ pid, host: hostname(), at: at.toISOString(), token: 'another' });
}
