import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a generated province. */
export const MANIFEST_FILE = 'manifest.json';
export const DIRECTORY_FILE = 'agency-directory.json';
export const REGISTRY_FILE = 'systems.yaml';
/** The password of the agencies' services, which their mappings refer to. */
export const PASSWORD_FILE = 'service-password';
/** A mapping for each system, as an agency would write it: made anew at each start, with the addresses of the services. */
export const MAPPINGS_FOLDER = 'mappings';
/** Copies of the systems that cannot be queried. Apart from those of `lienthong system serve`, which may serve the same mapping. */
export const COPIES_FOLDER = 'province-copies';
/** Present while a host runs: where it is told to stop and start systems. */
export const HOST_FILE = 'host.json';

export function dossiersFile(system: string): string {
  return `${system}.sqlite`;
}

export function mappingFile(system: string): string {
  return `${system}.yaml`;
}

/** The folder of a system that is files. */
export function sheetsFolder(system: string): string {
  return `${system}-sheets`;
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
