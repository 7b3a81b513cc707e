import type { IncomingMessage, ServerResponse } from 'node:http';
import { readSystems } from '../../subgraphs/onboarding/registry/opened-systems';
import { type FakeSystem, startFakeSystem } from '../support/fake-system';
import { createSystemsFolder, type SystemsFolder } from '../support/systems-folder';

const REGISTRY = `version: 1
directory: agencies.json
subgraphs:
  dossiers: { expected: [H23.X01] }
systems:
  mot-cua:
    subgraphs:
      dossiers: { urls: [http://127.0.0.1:1/dossiers], agencies: [H23.X01] }
`;

let folder: SystemsFolder;
beforeEach(() => {
  folder = createSystemsFolder(REGISTRY);
});
afterEach(() => folder[Symbol.dispose]());

/** A gateway as far as its /readyz goes. */
function startGateway(registry: () => unknown, status = 200): Promise<FakeSystem> {
  return startFakeSystem((_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: 'ready', checks: { registry: registry() } }));
  });
}

const written = () => readSystems(folder.file).version;
const originOf = ({ url }: FakeSystem): string => new URL(url).origin;
const drain = (...gateways: readonly string[]) =>
  folder.onboard(...['drain', 'mot-cua', '--wait'], ...gateways.flatMap((url) => ['--gateway', url]));

it('waits until each gateway shows what the file says, ready or not', async () => {
  const before = written();
  let looks = 0;
  // Adopted at the third look.
  await using late = await startGateway(() => ({ ok: true, version: ++looks < 3 ? before : written() }));
  await using notReady = await startGateway(() => ({ ok: false, version: written() }), 503);

  const { exitCode, out } = await drain(originOf(late), originOf(notReady));

  expect(exitCode).toBe(0);
  expect(out.match(/has adopted it/g)).toHaveLength(2);
  expect(looks).toBe(3);
});

it('takes a change that somebody else has made on top of it for adopted', async () => {
  await using gateway = await startGateway(() => {
    if (!folder.read().includes('# and more')) folder.write(`${folder.read()}# and more\n`);
    return { ok: true, version: written() };
  });

  expect(await drain(originOf(gateway))).toMatchObject({ exitCode: 0 });
});

it('ends at once where a gateway refuses it, and says why', async () => {
  await using gateway = await startGateway(() => ({
    ok: true,
    version: 'old',
    refused: { version: written(), at: '2024-06-28T03:00:00Z', reasons: ['systems: too many of them'] },
  }));

  const { exitCode, out } = await drain(originOf(gateway));

  expect(exitCode).toBe(1);
  expect(out).toContain('refuses it');
  expect(out).toContain('systems: too many of them');
});

it('gives up in time, with what is shown and by whom, and what was written stays', async () => {
  await using old = await startGateway(() => ({ ok: true, version: 'old' }));
  const gone = await startGateway(() => ({}));
  await gone[Symbol.asyncDispose]();

  const { exitCode, out } = await folder.onboard(
    ...['drain', 'mot-cua', '--json', '--wait', '--timeout', '0.1'],
    ...['--gateway', originOf(old), '--gateway', originOf(gone)],
  );

  expect(exitCode).toBe(3);
  expect(folder.read()).toContain('draining: true');
  expect(JSON.parse(out)).toMatchObject({
    change: 'draining',
    gateways: [
      { gateway: originOf(old), outcome: 'late', version: 'old' },
      { gateway: originOf(gone), outcome: 'unreachable', version: null },
    ],
  });
});

it('drains a system first that is to be removed, and leaves it draining when a gateway does not follow', async () => {
  await using follows = await startGateway(() => ({ ok: true, version: written() }));
  const remove = ['remove', 'mot-cua', '--wait', '--gateway'];

  const unsure = await folder.onboard(...remove, originOf(follows));
  expect({ exitCode: unsure.exitCode, text: folder.read() }).toEqual({ exitCode: 2, text: REGISTRY });

  const stuck = await folder.onboard(...remove, 'http://127.0.0.1:1', '--yes', '--timeout', '0.1');
  expect(stuck.exitCode).toBe(3);
  expect(folder.read()).toContain('draining: true');

  folder.write(REGISTRY);
  const { exitCode, out, err } = await folder.onboard(...remove, originOf(follows), '--yes', '--json');
  expect(exitCode).toBe(0);
  expect(err).toContain('mot-cua is draining');
  expect(JSON.parse(out)).toMatchObject({ change: 'removed', gateways: [{ outcome: 'adopted' }] });
  expect(folder.read()).not.toContain('mot-cua');
});

it('stops at Ctrl-C while it waits, and says no more than that', async () => {
  const stop = new AbortController();
  await using gateway = await startGateway(() => {
    stop.abort();
    return { ok: true, version: 'old' };
  });

  const { exitCode, err } = await folder.onboardUntil(
    stop.signal,
    ...['drain', 'mot-cua', '--wait', '--gateway', originOf(gateway)],
  );

  expect({ exitCode, err }).toEqual({ exitCode: 130, err: 'Stopped.\n' });
});
