import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse } from 'yaml';
import { layoutDatabase, sampleDossier } from '../support/dossier-layouts';
import { serveSystems } from '../support/served-systems';
import { writeSqliteSystem, type WrittenSystem } from '../support/checked-system';

const AGENCIES = ['H23.X01', 'H23.X02', 'H23.X03', 'H23.X04'];

function written(system: string, changes = {}): WrittenSystem & { readonly args: readonly string[] } {
  const { database, mapping } = layoutDatabase('A', [sampleDossier({ code: 'H23.X01-240603-0001' })]);
  const made = writeSqliteSystem({ database, mapping, changes: { system, ...changes } });
  const directory = join(made.folder, 'agencies.json');
  writeFileSync(directory, JSON.stringify(AGENCIES.map((code) => ({ code }))));
  return { ...made, args: ['--port', '0', '--data', made.folder, '--directory', directory] };
}

function withoutItsTable(mappingFile: string): object {
  // Written by this test.
  const { dossiers } = parse(readFileSync(mappingFile, 'utf8')) as { dossiers: object };
  return { dossiers: { ...dossiers, table: 'khong_co' } };
}

const json = async (url: string): Promise<unknown> => (await fetch(url)).json();

it('answers for several systems, tells what they hold and how they are, and stops when told to', async () => {
  using first = written('so-mot');
  using second = written('so-hai', withoutItsTable(first.mappingFile));
  await using served = serveSystems(first.mappingFile, second.mappingFile, ...first.args);
  const [one, two] = [await served.origin('so-mot'), await served.origin('so-hai')];

  expect(await json(`${one}/healthz`)).toEqual({
    status: 'ok',
    system: 'so-mot',
    subgraphs: { dossiers: { asOf: null, problems: [] } },
  });
  expect(await json(`${two}/healthz`)).toMatchObject({
    system: 'so-hai',
    subgraphs: { dossiers: { problems: [{ code: 'SOURCE_NO_TABLE' }] } },
  });
  expect(await json(`${one}/holdings`)).toEqual({ system: 'so-mot', subgraphs: { dossiers: AGENCIES } });
  served.child.kill('SIGTERM');
  expect(await served.exitCode()).toBe(0);
});

it('names a system that cannot start, and answers for the others', async () => {
  // Its driver does not come along.
  const connection = { dialect: 'mssql', host: '127.0.0.1', database: 'motcua', user: 'reader' };
  using bad = written('so-hai', { connection });
  using good = written('so-mot');
  await using served = serveSystems(bad.mappingFile, good.mappingFile, ...good.args);

  const origin = await served.origin('so-mot');

  expect(await json(`${origin}/healthz`)).toMatchObject({ status: 'ok' });
  expect(served.output()).toMatch(/so-hai could not be started: .*npm install tedious tarn/);
});

it('starts nothing and ends with 2 when the last of its mappings has mistakes, and tells all of them', async () => {
  using good = written('so-mot');
  using bad = written('so-hai', { version: 2, agencies: [], unheardOf: true });
  await using served = serveSystems(good.mappingFile, bad.mappingFile, ...good.args);

  expect(await served.exitCode()).toBe(2);
  for (const path of ['version', 'agencies', 'unheardOf']) expect(served.output()).toContain(path);
  expect(served.output()).not.toContain('answers on');
});

it('says so when its port is in use', async () => {
  using system = written('so-mot');
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  // It listens on TCP.
  const { port } = other.address() as AddressInfo;
  await using served = serveSystems(system.mappingFile, ...system.args, '--port', String(port));

  const exitCode = await served.exitCode();
  other.close();

  expect(exitCode).not.toBe(0);
  expect(served.output()).toContain(`cannot listen on 127.0.0.1:${port}: the port is in use`);
});
