import type { FileState } from './sheet-folder';

/** What was read of a file, so that the same is not parsed again. */
export interface FileMark extends FileState {
  /** Of the content. */
  readonly hash: string;
  /** Of the mapping: read by another one, the same content gives other rows. */
  readonly reading: string;
  readonly device: number;
}

const VERSION = 1;

export function encodeFileMark({ size, modifiedMs, changedMs, hash, reading, device }: FileMark): string {
  return JSON.stringify([VERSION, size, modifiedMs, changedMs, hash, reading, device]);
}

/** null for what no reader of this version wrote: the file is read anew. */
export function decodeFileMark(text: string | undefined): FileMark | null {
  if (text === undefined) return null;
  const parts = parseJson(text);
  if (!Array.isArray(parts) || parts.length !== 7 || parts[0] !== VERSION) return null;
  const [, size, modifiedMs, changedMs, hash, reading, device] = parts as readonly unknown[];
  return isNumber(size) &&
    isNumber(modifiedMs) &&
    isNumber(changedMs) &&
    isText(hash) &&
    isText(reading) &&
    isNumber(device)
    ? { size, modifiedMs, changedMs, hash, reading, device }
    : null;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
