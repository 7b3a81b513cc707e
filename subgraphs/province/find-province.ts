import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Manifest, readManifest } from './manifest';
import type { ProvinceSource } from './province-data';

/** Counts up when the same seed gives other rows or other tables. */
const GENERATOR_VERSION = 2;

/** The manifest of a folder that is whole and was generated from the same description, data and generator; else null. */
export function findProvince(folder: string, source: ProvinceSource): Manifest | null {
  const manifest = readManifest(folder);
  return manifest?.fingerprint === provinceFingerprint(source) ? manifest : null;
}

/** Changes with anything that the generated rows depend on, but for their seed and number. */
export function provinceFingerprint({ layoutFile, dataFolder }: ProvinceSource): string {
  const hash = createHash('sha256')
    .update(`generator ${GENERATOR_VERSION}\n`)
    .update(readFileSync(layoutFile));
  for (const file of readdirSync(dataFolder).toSorted())
    hash.update(file).update(readFileSync(join(dataFolder, file)));
  return hash.digest('hex').slice(0, 32);
}
