import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAnswerer } from './answer-body';
import { federatedRoot } from './federated-root';
import { createSubgraphs } from './rows';
import { serve } from './serve';

/**
 * The bench's subgraphs: one process, a server each, answers from prepared rows. `node main.js FOLDER` reads the SDL from that
 * folder and prints one line of JSON when all listen: name to URL.
 */
async function main(folder: string): Promise<void> {
  const urls: Record<string, string> = {};
  for (const subgraph of createSubgraphs()) {
    const sdl = readFileSync(join(folder, `${subgraph.name}.graphql`), 'utf8');
    urls[subgraph.name] = await serve(createAnswerer(federatedRoot(subgraph, sdl)));
  }
  process.stdout.write(`${JSON.stringify(urls)}\n`);
}

void main(process.argv[2] ?? '.');
