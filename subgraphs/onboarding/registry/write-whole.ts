import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * Gives a file another text: whoever reads it sees the old one or the new, never a part, also after a power cut. Rights and owner
 * are those of `like`, which must be in the same folder.
 */
export function writeWhole(file: string, text: string, like: string): void {
  const unfinished = `${file}.${process.pid}.part`;
  const { mode, uid, gid } = statSync(like);
  try {
    const handle = openSync(unfinished, 'w', 0o600);
    try {
      writeFileSync(handle, text);
      keepOwner(handle, uid, gid);
      fchmodSync(handle, mode & 0o7777);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
  syncFolder(dirname(file));
}

/** Only root may give a file away; anyone else's stays its own. */
function keepOwner(handle: number, uid: number, gid: number): void {
  if (process.getuid?.() === 0) fchownSync(handle, uid, gid);
}

/** The new name is in the folder, not in the file. Some systems (Windows) cannot sync a folder, and need not. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // The text itself is on the disk.
  }
}
