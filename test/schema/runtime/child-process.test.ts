import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChildProcess } from '../../../schema/runtime/child-process';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lienthong-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The child, and its first message. */
function startScript(script: string) {
  const file = join(folder, 'script');
  writeFileSync(`${file}.ts`, script);
  const message = Promise.withResolvers<unknown>();
  const child = startChildProcess({ name: 'The script', file, env: process.env, onMessage: message.resolve });
  return { child, message: message.promise };
}

describe('a process of ours', () => {
  it('tells its parent what it sends, and how it ended', async () => {
    const { child, message } = startScript('process.send?.({ ready: true }); process.exitCode = 3;');

    expect(await message).toEqual({ ready: true });
    expect(await child.exited).toEqual({ name: 'The script', code: 3, signal: null });
  });

  it('is asked to stop once, and its own way of stopping is waited for', async () => {
    const { child, message } = startScript(`
      process.on('SIGTERM', () => setTimeout(() => process.exit(0), 50));
      setInterval(() => undefined, 1000);
      process.send?.('up');
    `);
    await message;

    await child[Symbol.asyncDispose]();

    expect(await child.exited).toEqual({ name: 'The script', code: 0, signal: null });
  });

  it('stops when its parent is gone without a word', async () => {
    const { child, message } = startScript(`
      setInterval(() => undefined, 1000);
      process.send?.('up');
      process.disconnect?.();
    `);
    await message;

    expect(await child.exited).toEqual({ name: 'The script', code: null, signal: 'SIGTERM' });
  });
});
