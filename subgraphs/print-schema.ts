import 'reflect-metadata';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../schema/runtime/project-root';
import { printSchemaFiles } from './printed-schema';
import { printMappingJsonSchema } from './sources/mapping/mapping-json-schema';

/** Writes schema/<subgraph>.graphql, schema/supergraph.graphql and docs/system-mapping.schema.json; with --check it only says which are stale. */
function main(args: readonly string[]): number {
  const root = projectRoot();
  const stale = [...printedFiles()].filter(([file, text]) => readIfThere(join(root, file)) !== text);
  if (args.includes('--check')) {
    if (stale.length === 0) return 0;
    console.error(`Stale: ${stale.map(([file]) => file).join(', ')}. Run "npm run schema" and commit.`);
    return 1;
  }
  for (const [file, text] of stale) {
    writeFileSync(join(root, file), text);
    console.log(file);
  }
  return 0;
}

/** By path from the project's folder. */
function printedFiles(): ReadonlyMap<string, string> {
  const sdl = [...printSchemaFiles()].map(([file, text]) => [`schema/${file}`, text] as const);
  return new Map([...sdl, ['docs/system-mapping.schema.json', printMappingJsonSchema()]]);
}

function readIfThere(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

process.exitCode = main(process.argv.slice(2));
