import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';
import { LIBRARY } from '../support/library-subgraphs';
import { composeSupergraph, createTestFolder, startPlainSupergraph } from '../support/plain-supergraph';
import { askForJson } from '../support/test-gateway';

interface Process {
  readonly errors: Promise<string>;
  readonly exitCode: Promise<number | null>;
  /** The rest of the first line of stderr that holds the text. */
  lineWith(text: string): Promise<string>;
  stop(): void;
}

function startMain(args: readonly string[], env: Readonly<Record<string, string>> = {}): Process {
  const main = join(projectRoot(), 'gateway', 'main.ts');
  const child = spawn(process.execPath, ['-r', '@swc-node/register', main, ...args], {
    cwd: projectRoot(),
    env: { PATH: process.env['PATH'], PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    exitCode,
    errors: exitCode.then(() => text),
    lineWith: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const line = text.split('\n').find((candidate) => candidate.includes(wanted));
          if (line !== undefined) resolve(line);
        };
        child.stderr.on('data', look);
        child.once('close', () => reject(new Error(`It ended: ${text}`)));
        look();
      }),
    stop: () => child.kill('SIGTERM'),
  };
}

it('ends with exit code 1 and one clear error for a supergraph that it cannot serve', async () => {
  using folder = createTestFolder();
  const file = join(folder.path, 'supergraph.graphql');
  const books = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated"])
    type Query { a: Int @authenticated }`;
  writeFileSync(file, composeSupergraph({ books }));

  const gateway = startMain(['--supergraph', file]);

  expect(await gateway.exitCode).toBe(1);
  expect(await gateway.errors).toContain(`Supergraph file ${file} uses @authenticated`);
  expect(await gateway.errors).not.toContain('    at ');
});

it('names the port that is in use and the way out', async () => {
  await using supergraph = await startPlainSupergraph(LIBRARY);
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  // It listens on TCP.
  const { port } = other.address() as AddressInfo;

  const gateway = startMain(['--supergraph', supergraph.file, '--port', String(port)]);

  expect(await gateway.exitCode).toBe(1);
  expect(await gateway.errors).toContain(`port ${port} is in use`);
  expect(await gateway.errors).toContain('--port');
  other.close();
});

it('serves the supergraph it was given, and ends cleanly on SIGTERM', async () => {
  await using supergraph = await startPlainSupergraph(LIBRARY);
  const gateway = startMain(['--supergraph', supergraph.file]);

  const line = await gateway.lineWith('listens on');
  const url = /http:\/\/[\d.:]+/.exec(line)?.[0] ?? '';
  const answer = await askForJson(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ books { title author { name } } }' }),
  });
  gateway.stop();

  expect(answer.body).toEqual({ data: { books: [{ title: 'Notes', author: { name: 'Ada' } }] } });
  expect(await gateway.exitCode).toBe(0);
});
