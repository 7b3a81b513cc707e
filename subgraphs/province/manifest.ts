import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { MANIFEST_FILE } from './data-folder';

const codes = z.array(z.string()).readonly();

const manifest = z
  .strictObject({
    version: z.literal(1),
    seed: z.string(),
    dossiers: z.int(),
    /** Of everything else that the rows depend on. */
    fingerprint: z.string(),
    files: z.array(z.string()).readonly(),
    systems: z.record(
      z.string(),
      z.strictObject({ procedures: codes.optional(), dossiers: codes.optional(), rows: z.int() }),
    ),
    expected: z.strictObject({ procedures: codes, dossiers: codes }),
  })
  .readonly();

/** What a data folder holds; written last, so a folder with it is whole. */
export type Manifest = z.infer<typeof manifest>;

/** Null when there is none, it is of another version, or a file it names is gone: then the folder is to be generated again. */
export function readManifest(folder: string): Manifest | null {
  const file = join(folder, MANIFEST_FILE);
  if (!existsSync(file)) return null;
  const parsed = manifest.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!parsed.success) return null;
  return parsed.data.files.every((name) => existsSync(join(folder, name))) ? parsed.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
