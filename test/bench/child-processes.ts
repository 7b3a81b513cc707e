import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';

/** The gateway has a core of its own; everything else shares the other. */
export const GATEWAY_CORE = 0;
export const OTHER_CORE = 1;

const MOST_ENDING_MS = 10_000;

export interface Start {
  readonly core: number;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Whether what it prints is read; otherwise only its complaints are shown. */
  readonly isRead?: boolean;
}

/** Every process that the bench starts, each in a group of its own, so that none is left behind however the bench ends. */
export class ChildProcesses implements AsyncDisposable {
  readonly #alive = new Set<ChildProcess>();

  start({ core, command, args, env, cwd, isRead = false }: Start): ChildProcess {
    const stdio: StdioOptions = ['ignore', isRead ? 'pipe' : 'ignore', 'inherit'];
    // The kernel ends it when the bench itself is killed and can end nothing any more.
    const pinned = ['-c', String(core), 'setpriv', '--pdeathsig', 'KILL', command, ...args];
    const child = spawn('taskset', pinned, {
      env: { ...env, PATH: process.env['PATH'] },
      stdio,
      detached: true,
      ...(cwd !== undefined && { cwd }),
    });
    this.#alive.add(child);
    child.once('exit', () => this.#alive.delete(child));
    child.once('error', () => this.#alive.delete(child));
    return child;
  }

  /** Kills one and what it started, and waits until it is gone. */
  async stop(child: ChildProcess): Promise<void> {
    if (!this.#alive.has(child)) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    killGroup(child);
    await gone;
  }

  /** Asks one to end, which lets it write its profile, and kills it when it takes too long. */
  async end(child: ChildProcess): Promise<void> {
    if (!this.#alive.has(child)) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const impatience = setTimeout(() => killGroup(child), MOST_ENDING_MS);
    await gone;
    clearTimeout(impatience);
  }

  /** At once, for a signal handler. */
  killAll(): void {
    for (const child of this.#alive) killGroup(child);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#alive].map((child) => this.stop(child)));
  }
}

/** A detached process leads a group that bears its id. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
