import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { PassRequest, ReaderEvent } from '../copy/record-reader';
import { badFile } from './bad-file';
import { examineCsv } from './csv-letters';
import { openCsvTable } from './csv-table';
import { decodeFileMark, encodeFileMark } from './file-mark';
import { readFileState, sameState, type SheetFile } from './sheet-folder';
import { ToldEvents } from './told-events';
import { type TableReading, workbookRows } from './workbook-rows';

export interface FileReading extends TableReading {
  /** Of the mapping; see FileMark. */
  readonly fingerprint: string;
  readonly maxFileBytes: number;
}

/** A file moved while it was read: what was told of it is not all, and it is read again in a later pass. */
export const MOVED = 'moved';

/**
 * Tells one file that has come to rest. A file whose content is as its mark says is not parsed again in a pass for changes.
 * @throws SourceProblem for this file alone
 */
export async function* readSheetFile(
  file: SheetFile,
  device: number,
  reading: FileReading,
  request: PassRequest,
): AsyncGenerator<ReaderEvent, typeof MOVED | undefined> {
  const known = decodeFileMark(request.marks.get(file.name));
  const isKnown = request.pass === 'changes' && known?.reading === reading.fingerprint;
  if (isKnown && sameState(known, file)) return undefined;
  const kind = kindOf(file, reading.maxFileBytes);
  const content = kind === 'csv' ? readCsv(file, reading, request) : readXlsx(file, reading, request);
  const hash = await content.hash;
  if (!sameState(file, await readFileState(file.path))) return MOVED;
  const mark = encodeFileMark({ ...file, hash, reading: reading.fingerprint, device });
  if (isKnown && known.hash === hash) {
    // Saved anew or copied over itself: only the mark is new.
    yield { kind: 'rows', scope: file.name, records: [], problems: [], mark };
    return undefined;
  }
  const hashAsTold = yield* content.events();
  if (hashAsTold !== hash || !sameState(file, await readFileState(file.path))) return MOVED;
  yield { kind: 'complete', scope: file.name, mark };
  return undefined;
}

interface FileContent {
  readonly hash: Promise<string>;
  /** The rows; gives the hash of the bytes that they were made of. */
  events(): AsyncGenerator<ReaderEvent, string>;
}

function readXlsx(file: SheetFile, reading: FileReading, { signal }: PassRequest): FileContent {
  const bytes = readFile(file.path, { signal }).catch((cause: unknown) => {
    throw notOpened(file, signal, cause);
  });
  const hash = bytes.then((content) => createHash('sha256').update(content).digest('hex'));
  async function* events(): AsyncGenerator<ReaderEvent, string> {
    const told = new ToldEvents(file.name);
    for await (const row of workbookRows(file.name, await bytes, reading)) {
      told.add(row);
      if (told.isFull) yield* flushed(told, signal);
    }
    yield* flushed(told, signal);
    return hash;
  }
  return { hash, events };
}

function readCsv(file: SheetFile, reading: FileReading, { signal }: PassRequest): FileContent {
  const examined = examineCsv(file, signal).catch((cause: unknown) => {
    throw notOpened(file, signal, cause);
  });
  async function* events(): AsyncGenerator<ReaderEvent, string> {
    const told = new ToldEvents(file.name);
    const table = await openCsvTable(file, await examined, reading);
    for await (const row of table.rows) {
      told.add(row);
      if (told.isFull) yield* flushed(told, signal);
    }
    yield* flushed(told, signal);
    return table.hash();
  }
  return { hash: examined.then(({ hash }) => hash), events };
}

function* flushed(told: ToldEvents, signal: AbortSignal): Generator<ReaderEvent> {
  signal.throwIfAborted();
  const event = told.flush();
  if (event !== null) yield event;
}

const KINDS: ReadonlyMap<string, 'csv' | 'xlsx'> = new Map([
  ['.csv', 'csv'],
  ['.tsv', 'csv'],
  ['.txt', 'csv'],
  ['.xlsx', 'xlsx'],
]);

function kindOf({ name, size }: SheetFile, maxFileBytes: number): 'csv' | 'xlsx' {
  const extension = extname(name).toLowerCase();
  const kind = KINDS.get(extension);
  if (extension === '.xlsm' || extension === '.xltm')
    throw badFile(name, 'may hold macros, which are not taken: save it as .xlsx');
  if (kind === undefined)
    throw badFile(name, 'is neither .xlsx nor .csv: save it as one of them, or narrow "files"');
  if (size === 0) throw badFile(name, 'is empty: copy it again, whole');
  // A CSV streams, whatever its size.
  if (kind === 'xlsx' && size > maxFileBytes)
    throw badFile(
      name,
      `has ${megabytes(size)} MB, and connection.maxFileBytes allows ${megabytes(maxFileBytes)}: split it, or save it as .csv`,
    );
  return kind;
}

function megabytes(bytes: number): string {
  return (bytes / 1_048_576).toFixed(1);
}

function notOpened(file: SheetFile, signal: AbortSignal, cause: unknown): unknown {
  if (signal.aborted) return cause;
  // What the file system throws carries a code.
  const { code } = cause as NodeJS.ErrnoException;
  if (code === undefined) return cause;
  return badFile(
    file.name,
    `cannot be opened (${code}): it may be open in another program, or not readable by us`,
    cause,
  );
}
