import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import { startFakeSystem } from '../support/fake-system';
import { LIBRARY } from '../support/library-subgraphs';
import { createTestFolder, type PlainSupergraph, startPlainSupergraph } from '../support/plain-supergraph';
import { askForJson, startTestGateway } from '../support/test-gateway';

let supergraph: PlainSupergraph;
beforeAll(async () => {
  supergraph = await startPlainSupergraph(LIBRARY);
});
afterAll(() => supergraph[Symbol.asyncDispose]());

const ask = (gateway: { readonly url: string }, path: string) => askForJson(`${gateway.url}${path}`);

/** A registry of systems that hold the dossiers of one agency each. */
function writeRegistry(folder: string, systems: Readonly<Record<string, string>>): string {
  const file = join(folder, 'systems.yaml');
  const held = Object.entries(systems).map(
    ([name, url]) => [name, { subgraphs: { dossiers: { urls: [url], agencies: ['H23.X04'] } } }] as const,
  );
  writeFileSync(join(folder, 'agencies.json'), '[{"code":"H23.X04"}]');
  const subgraphs = { dossiers: { expected: ['H23.X04'] } };
  writeFileSync(
    file,
    JSON.stringify({ version: 1, directory: 'agencies.json', subgraphs, systems: Object.fromEntries(held) }),
  );
  return file;
}

it('is ready with an adopted supergraph when there is no registry to wait for', async () => {
  await using gateway = await startTestGateway({ supergraph: supergraph.file });

  expect(await ask(gateway, '/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } });
  expect(await ask(gateway, '/healthz')).toMatchObject({ status: 200 });
});

it('waits for a registry that is not there yet, alive meanwhile, and says what is missing', async () => {
  using folder = createTestFolder();
  await using system = await startFakeSystem((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"data":{"__typename":"Query"}}');
  });
  await using gateway = await startTestGateway({
    supergraph: supergraph.file,
    registry: join(folder.path, 'systems.yaml'),
  });

  // Where it is looked for is told in the log alone.
  expect(gateway.log.join()).toContain(join(folder.path, 'systems.yaml'));
  expect(await ask(gateway, '/healthz')).toMatchObject({ status: 200 });
  expect(await ask(gateway, '/readyz')).toMatchObject({
    status: 503,
    body: {
      checks: { supergraph: { ok: true }, registry: { ok: false, missing: expect.any(String) as string } },
    },
  });
  expect(await gateway.post({ query: '{ __typename }' })).toMatchObject({
    status: 503,
    body: { errors: [{ extensions: { code: 'GATEWAY_NOT_READY' } }] },
  });

  writeRegistry(folder.path, { 'tu-phap': system.url });
  const ready = await eventually(
    () => ask(gateway, '/readyz'),
    ({ status }) => status === 200,
  );

  expect(ready.body).toMatchObject({ checks: { systems: { ok: true, total: 1, answering: 1 } } });
});

it('is not held up by a system that hangs: one that answers is enough', async () => {
  using folder = createTestFolder();
  await using hanging = await startFakeSystem(() => undefined);
  await using system = await startFakeSystem((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"data":{"__typename":"Query"}}');
  });
  const registry = writeRegistry(folder.path, { cham: hanging.url, 'tu-phap': system.url });
  await using gateway = await startTestGateway({ supergraph: supergraph.file, registry });

  const startedAt = performance.now();
  await ask(gateway, '/readyz');
  expect(performance.now() - startedAt).toBeLessThan(900);

  const ready = await eventually(
    () => ask(gateway, '/readyz'),
    ({ status }) => status === 200,
  );
  expect(ready.body).toMatchObject({ checks: { systems: { total: 2, answering: 1 } } });
});

it('is not ready while no system answers', async () => {
  using folder = createTestFolder();
  await using gone = await startFakeSystem(() => undefined);
  await gone[Symbol.asyncDispose]();
  const registry = writeRegistry(folder.path, { 'tu-phap': gone.url });
  await using gateway = await startTestGateway({ supergraph: supergraph.file, registry });

  const { status, body } = await ask(gateway, '/readyz');

  expect(status).toBe(503);
  expect(body).toMatchObject({ checks: { systems: { ok: false, missing: 'No system answers' } } });
  expect(JSON.stringify(body)).not.toContain('127.0.0.1');
});
