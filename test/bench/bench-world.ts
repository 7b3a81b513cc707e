import { composeServices } from '@apollo/composition';
import { build } from 'esbuild';
import { parse } from 'graphql';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../../schema/runtime/project-root';
import { OTHER_CORE, type ChildProcesses } from './child-processes';

/** What contestants are started with. */
export interface World {
  /** For files of this run. */
  readonly folder: string;
  /** Where the bench's own programs were built to. */
  readonly programs: string;
  readonly queryFolder: string;
  /** A file, with the subgraphs' real URLs. */
  readonly supergraph: string;
  /** Subgraphs by name. */
  readonly urls: Readonly<Record<string, string>>;
}

/** Starts the subgraphs, composes them and builds the programs that the bench runs; `folder` is emptied by the caller. */
export async function startWorld(children: ChildProcesses, folder: string): Promise<World> {
  const bench = join(projectRoot(), 'test', 'bench');
  const programs = await buildPrograms(bench);
  const sdlFolder = join(bench, 'subgraphs');
  const urls = await startSubgraphs(children, join(programs, 'subgraphs', 'main.js'), sdlFolder);
  const supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, compose(urls, sdlFolder));
  return { folder, programs, queryFolder: join(bench, 'queries'), supergraph, urls };
}

/** Plain JavaScript, like the product's own: a compiler in the process would count as start, memory and CPU. */
async function buildPrograms(bench: string): Promise<string> {
  const programs = join(projectRoot(), 'dist', 'bench');
  mkdirSync(programs, { recursive: true });
  await build({
    entryPoints: ['subgraphs/main', 'contestants/stock', 'contestants/hand'].map((name) =>
      join(bench, `${name}.ts`),
    ),
    outbase: bench,
    outdir: programs,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    target: 'node24',
  });
  return programs;
}

async function startSubgraphs(
  children: ChildProcesses,
  program: string,
  sdlFolder: string,
): Promise<Readonly<Record<string, string>>> {
  const child = children.start({
    core: OTHER_CORE,
    command: process.execPath,
    args: [program, sdlFolder],
    env: { NODE_ENV: 'production' },
    isRead: true,
  });
  if (!child.stdout) throw new Error('The output of the subgraphs cannot be read');
  for await (const line of createInterface({ input: child.stdout })) {
    // The program prints this one line.
    return JSON.parse(line) as Record<string, string>;
  }
  throw new Error('The subgraphs ended before they listened');
}

function compose(urls: Readonly<Record<string, string>>, sdlFolder: string): string {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(urls).map(([name, url]) => ({
      name,
      url,
      typeDefs: parse(readFileSync(join(sdlFolder, `${name}.graphql`), 'utf8')),
    })),
  );
  if (supergraphSdl === undefined) throw new Error((errors ?? []).map(({ message }) => message).join('\n'));
  return supergraphSdl;
}
