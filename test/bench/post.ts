import { request } from 'node:http';

export interface Posted {
  readonly status: number;
  readonly body: string;
  /** What came over the wire for this answer: status line, headers and body, without the marks between chunks. */
  readonly bytes: number;
}

/** One request on a connection of its own, with the headers that the load sends. */
export function post(url: string, body: string): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const asked = request(url, { method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const head = response.rawHeaders.reduce((total, text) => total + text.length + 2, 19);
        resolve({
          status: response.statusCode ?? 0,
          body: bytes.toString('utf8'),
          bytes: head + bytes.length,
        });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
