import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** POSTs that all servers of this process have taken. */
let taken = 0;

/**
 * A server on a free port that answers POSTs from a function of the body; the URL of its /graphql. `GET /taken` gives the number
 * of POSTs that this process has taken.
 */
export async function serve(answer: (body: string) => Buffer): Promise<string> {
  const server = createServer(listener(answer));
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an AddressInfo.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

function listener(answer: (body: string) => Buffer): RequestListener {
  return (request, response) => {
    if (request.url === '/taken') return void response.end(String(taken));
    if (request.method !== 'POST') return void response.writeHead(404).end();
    taken += 1;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = answer(Buffer.concat(chunks).toString('utf8'));
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
      response.end(body);
    });
  };
}
