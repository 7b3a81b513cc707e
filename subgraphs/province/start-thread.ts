import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

/** A thread running one of our files, from source or as built. */
export function startThread(file: string, workerData: unknown): Worker {
  // From source a thread needs the TypeScript loader, which this process may have by other means (jest).
  const execArgv = extname(file) === '.ts' ? ['-r', '@swc-node/register'] : [];
  return new Worker(file, { workerData, execArgv });
}
