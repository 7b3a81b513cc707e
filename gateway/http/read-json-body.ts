import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { RequestError } from './request-error';

const JSON_MEDIA_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i;

/**
 * The JSON body of a request.
 *
 * @throws RequestError: 415 for what is not plain JSON in UTF-8, 413 for more than the limit, 400 for broken JSON.
 */
export async function readJsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  requireJson(request);
  const bytes = await readBytes(request, maxBytes);
  if (!isUtf8(bytes)) throw new RequestError(400, 'BAD_REQUEST', 'The body is not UTF-8');
  const text = bytes.toString('utf8');
  if (text.trim() === '')
    throw new RequestError(400, 'BAD_REQUEST', 'The body is empty: send JSON with a query');
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RequestError(400, 'BAD_REQUEST', `The body is not JSON: ${reason}`);
  }
}

function requireJson({ headers }: IncomingMessage): void {
  const contentType = headers['content-type'] ?? '';
  if (!JSON_MEDIA_TYPE.test(contentType)) {
    const got = contentType === '' ? 'none' : `"${contentType.slice(0, 80)}"`;
    const message = `The content type must be application/json in UTF-8, got ${got}`;
    throw new RequestError(415, 'UNSUPPORTED_MEDIA_TYPE', message);
  }
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    const message = `The body must not be compressed, got content-encoding "${encoding.slice(0, 80)}"`;
    throw new RequestError(415, 'UNSUPPORTED_MEDIA_TYPE', message);
  }
}

async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLong = new RequestError(413, 'PAYLOAD_TOO_LARGE', `The body is longer than ${maxBytes} bytes`);
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLong;
  const chunks: Buffer[] = [];
  let length = 0;
  // Not `for await`: leaving that loop early destroys the connection before the answer is written.
  await new Promise<void>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) reject(tooLong);
      else chunks.push(chunk);
    });
    request.once('end', resolve);
    request.once('error', reject);
    request.once('close', () => reject(new RequestError(400, 'BAD_REQUEST', 'The body ended early')));
  });
  return Buffer.concat(chunks);
}
