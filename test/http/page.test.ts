import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIBRARY } from '../support/library-subgraphs';
import { createTestFolder, startPlainSupergraph } from '../support/plain-supergraph';
import { askForJson, startTestGateway } from '../support/test-gateway';

it('is served with a policy that lets nothing leave the machine', async () => {
  using folder = createTestFolder();
  writeFileSync(join(folder.path, 'index.html'), '<p>page</p>');
  await using supergraph = await startPlainSupergraph(LIBRARY);
  await using gateway = await startTestGateway({ supergraph: supergraph.file }, folder.path);

  const page = await fetch(`${gateway.url}/`);

  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(await page.text()).toBe('<p>page</p>');
});

it('never serves a file outside its folder', async () => {
  using folder = createTestFolder();
  mkdirSync(join(folder.path, 'page'));
  writeFileSync(join(folder.path, 'secret.txt'), 'secret');
  await using supergraph = await startPlainSupergraph(LIBRARY);
  await using gateway = await startTestGateway({ supergraph: supergraph.file }, join(folder.path, 'page'));

  for (const path of ['/%2e%2e/secret.txt', '/..%2fsecret.txt', '//secret.txt']) {
    expect((await fetch(`${gateway.url}${path}`)).status).toBe(404);
  }
});

it('is told the ready queries in the order of their first lines', async () => {
  using folder = createTestFolder();
  writeFileSync(join(folder.path, 'a.graphql'), '# 10. last\n{ books { title } }');
  writeFileSync(join(folder.path, 'b.graphql'), '# 2. first\n{ __typename }');
  await using supergraph = await startPlainSupergraph(LIBRARY);
  await using gateway = await startTestGateway({ supergraph: supergraph.file, operations: folder.path });

  const { body } = await askForJson(`${gateway.url}/operations.json`);

  expect(body).toEqual([
    { name: 'b', query: '# 2. first\n{ __typename }' },
    { name: 'a', query: '# 10. last\n{ books { title } }' },
  ]);
});
