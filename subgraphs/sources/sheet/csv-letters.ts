import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { badFile } from './bad-file';

export type CsvEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258';

export interface CsvFile {
  readonly name: string;
  readonly path: string;
  readonly size: number;
}

/** The bytes up to the size that the file had when it was found at rest. */
export function csvBytes({ path, size }: CsvFile): AsyncIterable<Buffer> {
  return createReadStream(path, { end: size - 1, highWaterMark: 256 * 1024 });
}

export interface ExaminedCsv {
  readonly hash: string;
  readonly isUtf8: boolean;
  readonly firstBytes: Buffer;
}

/** Reads the file once: what it holds, and whether all of it is UTF-8. */
export async function examineCsv(file: CsvFile, signal: AbortSignal): Promise<ExaminedCsv> {
  const hash = createHash('sha256');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let firstBytes: Buffer = Buffer.alloc(0);
  let isUtf8 = true;
  for await (const bytes of csvBytes(file)) {
    signal.throwIfAborted();
    hash.update(bytes);
    if (firstBytes.length === 0) firstBytes = bytes;
    isUtf8 &&= decodes(decoder, bytes);
  }
  isUtf8 &&= decodes(decoder, null);
  return { hash: hash.digest('hex'), isUtf8, firstBytes };
}

function decodes(decoder: TextDecoder, bytes: Buffer | null): boolean {
  try {
    if (bytes === null) decoder.decode();
    else decoder.decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The letters of a CSV: as told, by its byte order mark, UTF-8 where all of it is, else Windows-1258 where that makes words. @throws SourceProblem */
export async function findEncoding(
  file: CsvFile,
  { isUtf8, firstBytes }: ExaminedCsv,
  told: CsvEncoding | undefined,
): Promise<CsvEncoding> {
  const marked = byteOrderMark(firstBytes);
  const encoding = told ?? marked ?? (isUtf8 ? null : undefined);
  if (encoding === 'utf-16le' || encoding === 'utf-16be' || encoding === 'windows-1258') return encoding;
  const zeros = zeroBytes(firstBytes);
  if (zeros === 'every second' && told === undefined) return 'utf-16le';
  if (zeros !== 'none') throw badFile(file.name, 'is no text: save it as .csv (UTF-8), or name its encoding');
  if (isUtf8) return 'utf-8';
  return judgeLetters(file, encoding === 'utf-8');
}

function byteOrderMark(bytes: Buffer): CsvEncoding | undefined {
  if (bytes.toString('hex', 0, 3) === 'efbbbf') return 'utf-8';
  if (bytes.toString('hex', 0, 2) === 'fffe') return 'utf-16le';
  return bytes.toString('hex', 0, 2) === 'feff' ? 'utf-16be' : undefined;
}

function zeroBytes(bytes: Buffer): 'none' | 'every second' | 'somewhere' {
  const some = bytes.subarray(0, 4096);
  const zeros = [0, 0];
  some.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (even + odd === 0) return 'none';
  // Vietnamese in UTF-16 has zeros above its ASCII letters only, spaces and digits among them.
  return even === 0 && odd * 5 > some.length / 2 ? 'every second' : 'somewhere';
}

/** Not all of it is UTF-8: is it UTF-8 with a damaged place, Windows-1258, or letters of a third kind? */
async function judgeLetters(file: CsvFile, mustBeUtf8: boolean): Promise<CsvEncoding> {
  const utf8 = new TextDecoder('utf-8');
  const ansi = new TextDecoder('windows-1258');
  const seen = { good: 0, bad: 0, lines: 1, badLine: 0, letters: 0, odd: 0, controls: 0 };
  let rest = '';
  for await (const bytes of csvBytes(file)) {
    countUtf8(utf8.decode(bytes, { stream: true }), seen);
    const text = rest + ansi.decode(bytes, { stream: true });
    const end = text.lastIndexOf('\n') + 1;
    countAnsi(text.slice(0, end), seen);
    rest = text.slice(end);
  }
  countUtf8(utf8.decode(), seen);
  countAnsi(rest, seen);
  if (mustBeUtf8 || seen.good > 2 * seen.bad)
    throw badFile(
      file.name,
      `is UTF-8 but for line ${seen.badLine}, where letters are damaged: save it again as UTF-8`,
    );
  if (seen.controls === 0 && seen.odd * 20 <= seen.letters) return 'windows-1258';
  throw badFile(
    file.name,
    'has letters of neither UTF-8 nor Windows-1258 (TCVN3 or VNI, perhaps): save it as "CSV UTF-8", or name its encoding',
  );
}

interface SeenLetters {
  good: number;
  bad: number;
  lines: number;
  badLine: number;
  letters: number;
  odd: number;
  controls: number;
}

function countUtf8(text: string, seen: SeenLetters): void {
  for (const [char] of text.matchAll(/[\n\u0080-\uffff]/g)) {
    if (char === '\n') seen.lines++;
    else if (char !== '\ufffd') seen.good++;
    else {
      seen.bad++;
      if (seen.badLine === 0) seen.badLine = seen.lines;
    }
  }
}

/** In Vietnamese every tone mark meets its vowel, and no sign stands inside a word; in letters read by a wrong table both happen at once. */
function countAnsi(text: string, seen: SeenLetters): void {
  const composed = text.normalize('NFC');
  seen.letters += count(composed, /[\u00c0-\u1eff]/g);
  seen.controls += count(composed, /[\u0080-\u009f]/g);
  seen.odd += count(composed, /[\u0300-\u036f]|\p{L}[\u00a1-\u00bf\u00d7\u00f7](?=\p{L})/gu);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
