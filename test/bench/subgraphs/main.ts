import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAnswerer } from './answer-body';
import { createSubgraphs, type Subgraph } from './rows';

/**
 * The bench's subgraphs: one process, a server each, answers from prepared rows. `node main.js FOLDER` reads the SDL from that
 * folder and prints one line of JSON when all listen: name to URL.
 */
async function main(folder: string): Promise<void> {
  const urls = await Promise.all(
    createSubgraphs().map(async (subgraph) => [subgraph.name, await listen(subgraph, folder)] as const),
  );
  process.stdout.write(`${JSON.stringify(Object.fromEntries(urls))}\n`);
}

async function listen(subgraph: Subgraph, folder: string): Promise<string> {
  const server = createServer(listener(createAnswerer(subgraph, folder)));
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an AddressInfo.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

function listener(answer: (body: string) => Buffer): RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = answer(Buffer.concat(chunks).toString('utf8'));
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
      response.end(body);
    });
  };
}

void main(process.argv[2] ?? '.');
