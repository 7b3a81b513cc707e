import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { RequestError } from './request-error';

const JSON_MEDIA_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i;

/**
 * The text of a request's JSON body, not yet parsed.
 *
 * @throws RequestError: 415 for what is not plain JSON in UTF-8, 413 for more than the limit, 400 for a body that ends early.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  requireJson(request);
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return reject(tooLong(maxBytes));
    const chunks: Buffer[] = [];
    let length = 0;
    // Not `for await`: leaving that loop early destroys the connection before the answer is written.
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      chunks.push(chunk);
      if (length <= maxBytes) return;
      request.off('data', take);
      reject(tooLong(maxBytes));
    };
    const endEarly = (): void => reject(new RequestError(400, 'BAD_REQUEST', 'The body ended early'));
    request.on('data', take);
    request.on('end', () => {
      const bytes = joinChunks(chunks);
      if (isUtf8(bytes)) resolve(bytes.toString('utf8'));
      else reject(new RequestError(400, 'BAD_REQUEST', 'The body is not UTF-8'));
    });
    // The client has hung up: nobody is left to read what went wrong.
    request.on('error', endEarly);
    request.on('close', () => {
      if (!request.complete) endEarly();
    });
  });
}

function joinChunks(chunks: readonly Buffer[]): Buffer {
  const [first] = chunks;
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
}

function requireJson({ headers }: IncomingMessage): void {
  const contentType = headers['content-type'] ?? '';
  if (contentType !== 'application/json' && !JSON_MEDIA_TYPE.test(contentType)) {
    const got = contentType === '' ? 'none' : `"${contentType.slice(0, 80)}"`;
    const message = `The content type must be application/json in UTF-8, got ${got}`;
    throw new RequestError(415, 'UNSUPPORTED_MEDIA_TYPE', message);
  }
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    const message = `The body must not be compressed, got content-encoding "${encoding.slice(0, 80)}"`;
    throw new RequestError(415, 'UNSUPPORTED_MEDIA_TYPE', message);
  }
}

function tooLong(maxBytes: number): RequestError {
  return new RequestError(413, 'PAYLOAD_TOO_LARGE', `The body is longer than ${maxBytes} bytes`);
}
