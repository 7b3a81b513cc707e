import { isUtf8 } from 'node:buffer';
import * as zlib from 'node:zlib';
import { type CallFailure, notGraphql, tooLong } from './call-failure';

/** What a system may compress its answers with. */
export const ACCEPTED_ENCODINGS = 'gzip, br, zstd';

export interface EncodedBody {
  readonly bytes: Buffer;
  /** The header content-encoding, if there was one. */
  readonly encoding: string | undefined;
  readonly statusCode: number;
  /** Counts what comes out, so that little cannot become too much. */
  readonly maxBodyBytes: number;
}

interface Codec {
  readonly now: (bytes: Buffer, options: DecodeOptions) => Buffer;
  readonly later: (bytes: Buffer, options: DecodeOptions, done: Decoded) => void;
}

interface DecodeOptions {
  readonly maxOutputLength: number;
  readonly chunkSize?: number;
}

type Decoded = (error: Error | null, bytes: Buffer) => void;

/** Up to here a body is decoded at once (well under a millisecond); what is longer goes to another thread. */
const MAX_BYTES_AT_ONCE = 256 * 1024;
/** How zlib says that more than `maxOutputLength` would come out. */
const TOO_LARGE = 'ERR_BUFFER_TOO_LARGE';
const LONG_CHUNK_BYTES = 256 * 1024;

const GZIP: Codec = { now: zlib.gunzipSync, later: zlib.gunzip };
const ZLIB: Codec = { now: zlib.inflateSync, later: zlib.inflate };
const RAW_DEFLATE: Codec = { now: zlib.inflateRawSync, later: zlib.inflateRaw };
const BROTLI: Codec = { now: zlib.brotliDecompressSync, later: zlib.brotliDecompress };
/** A frame may ask for a window of 128 MB; HTTP allows 8 (RFC 9659). */
const ZSTD_PARAMS = { [zlib.constants.ZSTD_d_windowLogMax]: 23 };
const ZSTD: Codec = {
  now: (bytes, options) => zlib.zstdDecompressSync(bytes, { ...options, params: ZSTD_PARAMS }),
  later: (bytes, options, done) => zlib.zstdDecompress(bytes, { ...options, params: ZSTD_PARAMS }, done),
};

/** Calls `done` once, at once for a short body, with the body's text or with why there is none. */
export function decodeBody(body: EncodedBody, done: (text: string | CallFailure) => void): void {
  const { bytes, encoding, statusCode } = body;
  if (encoding === undefined || encoding === 'identity' || bytes.length === 0) {
    done(toText(bytes, statusCode));
    return;
  }
  const codec = codecOf(encoding.trim().toLowerCase(), bytes);
  if (codec === null) {
    const because = 'its content encoding is not gzip, deflate, br or zstd';
    done(notGraphql(statusCode, because, `Its content encoding is ${encoding}`));
    return;
  }
  decompress(codec, body, (error, decoded) => {
    done(error === null ? toText(decoded, statusCode) : toFailure(error, body));
  });
}

function codecOf(encoding: string, bytes: Buffer): Codec | null {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return GZIP;
    case 'deflate':
      // The standard says zlib's frame; some servers leave it out. The low half of the frame's first byte is always 8.
      return ((bytes[0] ?? 0) & 0x0f) === 8 ? ZLIB : RAW_DEFLATE;
    case 'br':
      return BROTLI;
    case 'zstd':
      return ZSTD;
    default:
      return null;
  }
}

function decompress(codec: Codec, { bytes, maxBodyBytes }: EncodedBody, done: Decoded): void {
  let decoded: Buffer;
  try {
    decoded = codec.now(bytes, { maxOutputLength: Math.min(maxBodyBytes, MAX_BYTES_AT_ONCE) });
  } catch (error) {
    if (isTooLong(error) && maxBodyBytes > MAX_BYTES_AT_ONCE) {
      codec.later(bytes, { maxOutputLength: maxBodyBytes, chunkSize: LONG_CHUNK_BYTES }, done);
    } else {
      // Node's zlib throws Errors only.
      done(error as Error, bytes);
    }
    return;
  }
  done(null, decoded);
}

function toText(bytes: Buffer, statusCode: number): string | CallFailure {
  return isUtf8(bytes) ? bytes.toString('utf8') : notGraphql(statusCode, 'its text is not UTF-8');
}

function toFailure(error: Error, { encoding, statusCode, maxBodyBytes }: EncodedBody): CallFailure {
  if (isTooLong(error)) return tooLong(maxBodyBytes);
  const found = `Its body cannot be decoded as ${encoding}: ${error.message}`;
  return notGraphql(statusCode, 'its compressed body is damaged or not whole', found);
}

function isTooLong(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === TOO_LARGE;
}
