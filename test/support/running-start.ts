import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';

/** `npm start` without npm: the built command, its own folder, a port the system chose. */
export interface RunningStart extends AsyncDisposable {
  readonly process: ChildProcess;
  readonly url: string;
  readonly folder: string;
  /** Everything it has written so far. */
  output(): string;
}

const COMMAND = join(projectRoot(), 'dist', 'lienthong.js');

export async function startLienthong(env: Readonly<Record<string, string>> = {}): Promise<RunningStart> {
  const folder = mkdtempSync(join(tmpdir(), 'lienthong-start-'));
  const child = spawn(process.execPath, [COMMAND, 'start'], {
    env: { ...process.env, PORT: '0', LIENTHONG_DATA: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ready = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      const url = /Page\s+(http:\S+?)\/?\s/.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) =>
      reject(new Error(`It ended with code ${code} before it was ready:\n${output}`)),
    );
  });
  const url = await ready;
  return {
    process: child,
    url,
    folder,
    output: () => output,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A command against the province that runs from a folder: `province stop tu-phap`. */
export async function runLienthong(folder: string, ...args: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: { ...process.env, LIENTHONG_DATA: folder },
    stdio: 'ignore',
  });
  await once(child, 'exit');
  return child.exitCode;
}
