import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Collection, PassRequest, ReaderEvent, RecordReader } from '../copy/record-reader';
import type { SheetSystem } from '../mapping/system-mapping';
import { SourceProblem } from '../source-problem';
import { decodeFileMark } from './file-mark';
import { SettledFiles } from './settled-files';
import { type FolderState, listFolder } from './sheet-folder';
import { type FileReading, MOVED, readSheetFile } from './sheet-pass';
import { codeColumn, wantedColumns } from './wanted-columns';

/** Another way of reading the same bytes: raised when the rows made of a file would differ from those before. */
const READER_VERSION = 1;

export interface SheetReaderOptions {
  /** The mapping's own folder, which `connection.folder` is relative to. */
  readonly baseFolder: string;
  /** Milliseconds since 1970, as the times of files. */
  readonly clock: () => number;
}

/**
 * Reads the tables in the files of a folder; a file is a scope. A file that cannot be read is told as a problem and
 * its rows stay; the others are told. A file that still moves is left to a later pass. Nothing is watched: passes look.
 */
export function createSheetReader(mapping: SheetSystem, options: SheetReaderOptions): RecordReader {
  return new SheetReader(mapping, options);
}

class SheetReader implements RecordReader {
  readonly #folder: string;
  readonly #settled: SettledFiles;

  constructor(
    private readonly mapping: SheetSystem,
    { baseFolder, clock }: SheetReaderOptions,
  ) {
    this.#folder = resolve(baseFolder, mapping.connection.folder);
    this.#settled = new SettledFiles(mapping.connection.settle, clock);
  }

  async *read(request: PassRequest): AsyncGenerator<ReaderEvent> {
    const reading = this.#readingOf(request.collection);
    const state = await listFolder(this.#folder, reading.from.files);
    request.signal.throwIfAborted();
    this.#refuseOtherDisk(state, request);
    let isAtRest = this.#settled.isSettled(this.#folder, state.folder);
    for (const file of state.files) {
      if (!this.#settled.isSettled(file.path, file)) {
        isAtRest = false;
        continue;
      }
      try {
        const outcome = yield* readSheetFile(file, state.device, reading, request);
        if (outcome === MOVED) isAtRest = false;
      } catch (problem) {
        if (!(problem instanceof SourceProblem)) throw problem;
        yield { kind: 'problem', scope: file.name, problem };
      }
    }
    // A file that is being saved is away for a moment, and one that is renamed takes its rows along when they are told under the new name.
    if (isAtRest) yield* goneScopes(state, request);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Nothing is open between passes.
  }

  #readingOf(collection: Collection): FileReading {
    const from = this.mapping[collection]?.from;
    if (from === undefined) throw new Error(`The system "${this.mapping.system}" has no ${collection}`);
    const wanted = wantedColumns(this.mapping, collection);
    const code = codeColumn(this.mapping, collection);
    const fingerprint = createHash('sha256')
      .update(JSON.stringify([READER_VERSION, from, [...wanted], code]))
      .digest('base64url')
      .slice(0, 16);
    return { from, wanted, code, fingerprint, maxFileBytes: this.mapping.connection.maxFileBytes };
  }

  /** An unmounted share is an empty folder of another disk: that all files are gone from there deletes nothing. */
  #refuseOtherDisk({ files, device }: FolderState, { kept }: PassRequest): void {
    const known = [...kept.values()]
      .map((mark) => decodeFileMark(mark ?? undefined))
      .filter((mark) => mark !== null);
    if (files.length > 0 || known.length === 0 || known.some((mark) => mark.device === device)) return;
    throw new SourceProblem(
      'SOURCE_UNREACHABLE',
      `The folder "${this.#folder}" is on another disk than before and has none of its ${known.length} files: mount the share again`,
      this.#folder,
    );
  }
}

function* goneScopes({ files }: FolderState, { kept }: PassRequest): Generator<ReaderEvent> {
  const there = new Set(files.map(({ name }) => name));
  for (const scope of kept.keys()) if (!there.has(scope)) yield { kind: 'gone', scope };
}
