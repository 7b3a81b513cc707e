import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareBytewise } from '../../../schema/bytewise';
import { SourceProblem } from '../source-problem';
import { isPassingFile, namePattern } from './file-pattern';

/** What tells one state of a file from another without reading it. */
export interface FileState {
  readonly size: number;
  readonly modifiedMs: number;
  /** Also moved by a rename and by what sets the time of modification: a file put in another's place shows here. */
  readonly changedMs: number;
}

export interface SheetFile extends FileState {
  readonly name: string;
  readonly path: string;
}

export interface FolderState {
  readonly files: readonly SheetFile[];
  /** The disk; a share that is not mounted leaves an empty folder of another one. */
  readonly device: number;
  readonly folder: FileState;
}

/** The files of a folder that a pattern names, by name. @throws SourceProblem when the folder cannot be read. */
export async function listFolder(folder: string, pattern: string): Promise<FolderState> {
  try {
    const [names, state] = await Promise.all([readdir(folder), stat(folder)]);
    const fits = namePattern(pattern);
    const files = await Promise.all(
      names
        .filter((name) => fits(name) && !isPassingFile(name))
        .sort(compareBytewise)
        .map((name) => fileAt(folder, name)),
    );
    return { files: files.filter((file) => file !== null), device: state.dev, folder: stateOf(state) };
  } catch (cause) {
    throw folderProblem(folder, cause);
  }
}

/** null for what is not a file, or is gone since it was listed. */
async function fileAt(folder: string, name: string): Promise<SheetFile | null> {
  const path = join(folder, name);
  const found = await stat(path).catch(() => null);
  return found?.isFile() ? { name, path, ...stateOf(found) } : null;
}

export async function readFileState(path: string): Promise<FileState | null> {
  const found = await stat(path).catch(() => null);
  return found === null ? null : stateOf(found);
}

export function sameState(a: FileState, b: FileState | null | undefined): boolean {
  return a.size === b?.size && a.modifiedMs === b.modifiedMs && a.changedMs === b.changedMs;
}

function stateOf(found: { size: number; mtimeMs: number; ctimeMs: number }): FileState {
  return { size: found.size, modifiedMs: found.mtimeMs, changedMs: found.ctimeMs };
}

function folderProblem(folder: string, cause: unknown): SourceProblem {
  // What readdir and stat throw carries a code.
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM')
    return new SourceProblem(
      'SOURCE_REFUSED',
      `The folder "${folder}" may not be read: give this account the right to read it`,
      folder,
      cause,
    );
  const reason =
    code === 'ENOENT' ? 'is not there' : code === 'ENOTDIR' ? 'is not a folder' : `cannot be read (${code})`;
  return new SourceProblem(
    'SOURCE_UNREACHABLE',
    `The folder "${folder}" ${reason}: check connection.folder, and that the share is mounted`,
    folder,
    cause,
  );
}
