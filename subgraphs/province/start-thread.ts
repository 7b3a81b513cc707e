import { statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** A thread running one of the files beside this one, given without its extension; from source, as built, or from its bundle. */
export function startThread(name: string, workerData: unknown): Worker {
  const extension = extname(__filename);
  // From source a thread needs the TypeScript loader, which this process may have by other means (jest).
  const execArgv = extension === '.ts' ? ['-r', '@swc-node/register'] : [];
  const bundle = join(__dirname, `${name}.bundle.js`);
  const file = isFresh(bundle) ? bundle : join(__dirname, `${name}${extension}`);
  return new Worker(file, { workerData, execArgv });
}

/** tsc writes its build information when it writes anything: a bundle older than that is of older files. */
function isFresh(bundle: string): boolean {
  const built = writtenAt(join(__dirname, '..', '..', '.tsbuildinfo'));
  const bundled = writtenAt(bundle);
  return built !== null && bundled !== null && bundled >= built;
}

function writtenAt(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
