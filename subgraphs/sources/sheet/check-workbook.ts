import { badFile } from './bad-file';
import { isZip64, readZipDirectory } from './zip-directory';

/** An XLSX is XML in a zip and shrinks to a tenth; far beyond that it is made to fill our memory. */
const LARGEST_EXPANSION = 100;
/** A text of JavaScript ends near 512 MB, and a sheet is parsed as one. */
const LARGEST_UNPACKED = 500 * 1024 * 1024;

const OLE_SIGNATURE = 'd0cf11e0a1b11ae1';

/** Sees to it that the bytes are a whole workbook that we take, before anything is parsed. @throws SourceProblem SOURCE_BAD_FILE */
export function checkWorkbook(name: string, bytes: Buffer): void {
  if (bytes.toString('hex', 0, 8) === OLE_SIGNATURE)
    throw badFile(
      name,
      isEncrypted(bytes)
        ? 'is locked with a password: save it without one'
        : 'is of the old Excel format (.xls): save it as .xlsx',
    );
  if (bytes.toString('latin1', 0, 2) !== 'PK')
    throw badFile(name, 'is no Excel workbook: save it as .xlsx, or as .csv');
  if (isZip64(bytes))
    throw badFile(
      name,
      'is packed in a form that is not read here (ZIP64): open it in Excel and save it again',
    );
  const directory = readZipDirectory(bytes);
  if (directory === null) throw badFile(name, 'is cut short: copy it again, whole');
  const { names, unpackedBytes } = directory;
  if (names.some((entry) => /vbaProject\.bin$/i.test(entry)))
    throw badFile(name, 'holds macros, which are not taken: save it as .xlsx without them');
  if (!names.some((entry) => /^\/?xl\//i.test(entry)))
    throw badFile(name, 'is a zip file, but no Excel workbook: save it as .xlsx');
  if (unpackedBytes > Math.min(LARGEST_UNPACKED, Math.max(bytes.length * LARGEST_EXPANSION, 1_000_000)))
    throw badFile(
      name,
      `unpacks to ${Math.ceil(unpackedBytes / 1_048_576)} MB, too much for one workbook: split it, or save it as .csv`,
    );
}

/** An encrypted workbook is an OLE container with a stream of this name, in UTF-16. */
function isEncrypted(bytes: Buffer): boolean {
  return bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'));
}
