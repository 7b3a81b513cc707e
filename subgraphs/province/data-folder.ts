import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a generated province. */
export const MANIFEST_FILE = 'manifest.json';
export const DIRECTORY_FILE = 'agency-directory.json';
export const REGISTRY_FILE = 'systems.yaml';
/** Present while a host runs: where it is told to stop and start systems. */
export const HOST_FILE = 'host.json';

export function dossiersFile(system: string): string {
  return `${system}.sqlite`;
}

/** Apart from the dossiers, because in two of the layouts the tables have the same names. */
export function catalogueFile(system: string): string {
  return `${system}-catalogue.sqlite`;
}

/** Whoever reads the file sees the old text or the new, never a part. */
export function writeWhole(folder: string, file: string, text: string, mode = 0o644): void {
  mkdirSync(folder, { recursive: true });
  const unfinished = join(folder, `.${file}.${process.pid}`);
  writeFileSync(unfinished, text, { mode });
  renameSync(unfinished, join(folder, file));
}
