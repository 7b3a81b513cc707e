import { statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { projectRoot } from './project-root';

/** One of our files as this process runs, from source or as built; given without its extension. */
export function runnableFile(file: string): string {
  const extension = extname(__filename);
  return extension === '.js' ? builtFile(file) : `${file}${extension}`;
}

/** One of our files by its path in the project, without its extension: what a bundle has taken in no longer knows where it stood. */
export function ourFile(path: string): string {
  return extname(__filename) === '.js' ? join(projectRoot(), 'dist', path) : join(projectRoot(), path);
}

/** A built file, or its bundle where there is a fresh one (bundle.mjs); given without its extension. */
export function builtFile(file: string): string {
  const bundle = `${file}.bundle.js`;
  return isFresh(bundle) ? bundle : `${file}.js`;
}

/** tsc writes its build information when it writes anything: a bundle older than that is of older files. */
function isFresh(bundle: string): boolean {
  const built = writtenAt(join(projectRoot(), 'dist', '.tsbuildinfo'));
  const bundled = writtenAt(bundle);
  return built !== null && bundled !== null && bundled >= built;
}

function writtenAt(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
