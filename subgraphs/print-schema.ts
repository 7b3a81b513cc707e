import 'reflect-metadata';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../schema/runtime/project-root';
import { printSchemaFiles } from './printed-schema';

/** Writes schema/<subgraph>.graphql and schema/supergraph.graphql; with --check it only says which of them are stale. */
function main(args: readonly string[]): number {
  const folder = join(projectRoot(), 'schema');
  const stale = [...printSchemaFiles()].filter(([file, text]) => readIfThere(join(folder, file)) !== text);
  if (args.includes('--check')) {
    if (stale.length === 0) return 0;
    console.error(
      `Stale: ${stale.map(([file]) => `schema/${file}`).join(', ')}. Run "npm run schema" and commit.`,
    );
    return 1;
  }
  for (const [file, text] of stale) {
    writeFileSync(join(folder, file), text);
    console.log(`schema/${file}`);
  }
  return 0;
}

function readIfThere(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

process.exitCode = main(process.argv.slice(2));
