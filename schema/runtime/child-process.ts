import { spawn } from 'node:child_process';
import { extname, join } from 'node:path';
import { runnableFile } from './built-file';
import type { Environment } from './environment';

export interface ChildProcessOptions {
  /** For messages: what a person calls it. */
  readonly name: string;
  /** One of our files, without its extension: the child runs as its parent does, from source or as built. */
  readonly file: string;
  readonly args?: readonly string[];
  readonly env: Environment;
  /** Called with what the child sends by `process.send`. */
  readonly onMessage?: (message: unknown) => void;
}

export interface ChildExit {
  readonly name: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ChildProcess extends AsyncDisposable {
  readonly name: string;
  /** Settles once, when the process is gone; never rejects. */
  readonly exited: Promise<ChildExit>;
}

/** How long a child may take to end what it is doing. */
const GRACE_MS = 8_000;

/**
 * Starts a process of ours that shares this one's output. It leads a process group of its own, so that a Ctrl-C reaches this
 * process alone and the child is stopped once, by us. Disposing of it ends it: politely, then not.
 */
export function startChildProcess(options: ChildProcessOptions): ChildProcess {
  const { name, file, args = [], env, onMessage } = options;
  const child = spawn(process.execPath, [...loaders(), runnableFile(file), ...args], {
    env: { ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // A process group on Windows means a window of its own.
    detached: process.platform !== 'win32',
  });
  if (onMessage !== undefined) child.on('message', onMessage);
  const exited = new Promise<ChildExit>((resolve) => {
    child.once('error', () => resolve({ name, code: null, signal: null }));
    child.once('exit', (code, signal) => resolve({ name, code, signal }));
  });
  return {
    name,
    exited,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      const impatience = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      await exited;
      clearTimeout(impatience);
    },
  };
}

function loaders(): string[] {
  const extension = extname(__filename);
  const typescript = extension === '.ts' ? ['-r', '@swc-node/register'] : [];
  return [...typescript, '-r', join(__dirname, `stop-with-parent${extension}`)];
}
