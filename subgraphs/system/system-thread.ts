import type { Worker } from 'node:worker_threads';
import { startThread } from '../../schema/runtime/start-thread';
import { STOP_MESSAGE, type ThreadReady, type ThreadTask } from './thread-task';

/** One system answering from its own thread: when it is slow or falls over, it is alone. */
export interface SystemThread extends AsyncDisposable {
  readonly port: number;
  /** Settles when the thread has ended: null after a stop, else what it died of. */
  readonly ended: Promise<Error | null>;
}

const STOP_MS = 3_000;

/** `file` without its extension. Resolves when the system answers; throws what it died of when it never does. */
export async function startSystemThread(file: string, task: ThreadTask): Promise<SystemThread> {
  const worker = startThread(file, task);
  let isStopping = false;
  let cause: Error | null = null;
  worker.on('error', (error: unknown) => (cause = error instanceof Error ? error : new Error(String(error))));
  const ended = new Promise<Error | null>((resolve) => {
    worker.once('exit', (code) =>
      resolve(isStopping ? null : (cause ?? new Error(`the thread ended with code ${code}`))),
    );
  });

  async function stop(): Promise<void> {
    isStopping = true;
    worker.postMessage(STOP_MESSAGE);
    const impatience = setTimeout(() => void worker.terminate(), STOP_MS);
    await ended;
    clearTimeout(impatience);
  }

  const port = await Promise.race([
    readyPort(worker),
    ended.then((error) => Promise.reject(error ?? new Error('stopped'))),
  ]);
  return { port, ended, [Symbol.asyncDispose]: stop };
}

function readyPort(worker: Worker): Promise<number> {
  return new Promise((resolve) => {
    // serveThread sends this and nothing else.
    worker.once('message', ({ port }: ThreadReady) => resolve(port));
  });
}
