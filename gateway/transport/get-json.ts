import { request } from 'undici';

const MAX_BYTES = 1 << 20;

/** A small JSON document over HTTP; null when there is none (404). Throws for anything else that is not JSON in time. */
export async function getJson(url: string, timeoutMs: number): Promise<unknown> {
  const { statusCode, body } = await request(url, {
    signal: AbortSignal.timeout(timeoutMs),
    headers: { accept: 'application/json' },
  });
  if (statusCode !== 200) {
    await body.dump();
    if (statusCode === 404) return null;
    throw new Error(`answered ${statusCode}`);
  }
  const chunks: Buffer[] = [];
  let length = 0;
  // undici's body yields Buffers; its type inherits Readable's untyped iterator.
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BYTES) throw new Error(`answered more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  const document: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  return document;
}
