/** What the table of contents at the end of a zip file says; null when the file has none: it is cut short, or no zip. */
export interface ZipDirectory {
  readonly names: readonly string[];
  /** Of all entries, as the file claims. */
  readonly unpackedBytes: number;
}

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
/** The end record may carry a comment of up to 64 KiB behind it. */
const LONGEST_COMMENT = 0xffff;
/** Stands before the end record of a zip whose numbers need, or were given, 64 bits. */
const ZIP64_LOCATOR = Buffer.from('PK\u0006\u0007', 'latin1');
const ZIP64_LOCATOR_BYTES = 20;
const NOT_HERE = 0xffff_ffff;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;

export function readZipDirectory(bytes: Buffer): ZipDirectory | null {
  const end = findEnd(bytes);
  if (end === null) return null;
  const count = bytes.readUInt16LE(end + 10);
  const names: string[] = [];
  let unpackedBytes = 0;
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_BYTES > end || bytes.readUInt32LE(at) !== ENTRY_SIGNATURE) return null;
    const nameBytes = bytes.readUInt16LE(at + 28);
    const extraBytes = bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (at + ENTRY_BYTES + nameBytes + extraBytes > end) return null;
    unpackedBytes += bytes.readUInt32LE(at + 24);
    names.push(bytes.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes));
    at += ENTRY_BYTES + nameBytes + extraBytes;
  }
  return { names, unpackedBytes };
}

/** The numbers of the end record stand elsewhere, in a form for archives beyond 4 GB. */
export function isZip64(bytes: Buffer): boolean {
  const end = findEnd(bytes);
  if (end === null || bytes.readUInt32LE(end + 16) !== NOT_HERE || end < ZIP64_LOCATOR_BYTES) return false;
  const at = end - ZIP64_LOCATOR_BYTES;
  return bytes.subarray(at, at + ZIP64_LOCATOR.length).equals(ZIP64_LOCATOR);
}

function findEnd(bytes: Buffer): number | null {
  const last = bytes.length - END_BYTES;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    // The comment must end where the file ends: a signature inside compressed data is no end.
    if (
      bytes.readUInt32LE(at) === END_SIGNATURE &&
      at + END_BYTES + bytes.readUInt16LE(at + 20) === bytes.length
    )
      return at;
  }
  return null;
}
