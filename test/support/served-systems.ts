import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';
import { eventually } from './eventually';

/** `lienthong system serve`, built, in a process of its own. */
export interface ServedSystems extends AsyncDisposable {
  readonly child: ChildProcess;
  /** Everything that it wrote so far. */
  output(): string;
  /** By name, once it answers. */
  origin(system: string): Promise<string>;
  /** Waits for its end. */
  exitCode(): Promise<number | null>;
}

const COMMAND = join(projectRoot(), 'dist', 'lienthong.js');

export function serveSystems(...args: readonly string[]): ServedSystems {
  const child = spawn(process.execPath, [COMMAND, 'system', 'serve', ...args], {
    env: { ...process.env, HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const ended = once(child, 'close').then(() => child.exitCode);
  return {
    child,
    output: () => output,
    origin: async (system) => {
      const address = new RegExp(`${system} answers on (http://[0-9.:]+)`);
      const found = await eventually(
        () => address.exec(output)?.[1] ?? (child.exitCode === null ? null : `ended: ${output}`),
        (value) => value !== null,
      );
      return found ?? '';
    },
    exitCode: () => ended,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null) child.kill('SIGKILL');
      await ended;
    },
  };
}
