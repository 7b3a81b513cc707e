import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { runnableFile } from './built-file';

/** A thread running one of our files, given without its extension; from source, as built, or from its bundle. */
export function startThread(name: string, workerData: unknown): Worker {
  const file = runnableFile(name);
  // From source a thread needs the TypeScript loader, which this process may have by other means (jest).
  const execArgv = extname(file) === '.ts' ? ['-r', '@swc-node/register'] : [];
  return new Worker(file, { workerData, execArgv });
}
