import { composeServices } from '@apollo/composition';
import { buildSync } from 'esbuild';
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
  /** Where our gateways write profiles of their CPU; null for none. */
  readonly profiles: string | null;
  /** Requests that the subgraphs have taken so far. */
  readonly taken: () => Promise<number>;
}

/** Starts the subgraphs, composes them and builds the programs that the bench runs; `folder` is emptied by the caller. */
export async function startWorld(
  children: ChildProcesses,
  folder: string,
  profiles: string | null,
): Promise<World> {
  const bench = join(projectRoot(), 'test', 'bench');
  const programs = buildPrograms(bench);
  const sdlFolder = join(bench, 'subgraphs');
  const listening = await startListening(children, join(programs, 'subgraphs', 'main.js'), sdlFolder);
  // The program prints this.
  const urls = listening as Readonly<Record<string, string>>;
  const supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, compose(urls, sdlFolder));
  const counter = new URL('/taken', Object.values(urls)[0]);
  const taken = async (): Promise<number> => Number(await (await fetch(counter)).text());
  return { folder, programs, queryFolder: join(bench, 'queries'), supergraph, urls, taken, profiles };
}

/** Plain JavaScript, like the product's own: a compiler in the process would count as start, memory and CPU. */
function buildPrograms(bench: string): string {
  const programs = join(projectRoot(), 'dist', 'bench');
  mkdirSync(programs, { recursive: true });
  buildSync({
    entryPoints: ['subgraphs/main', 'scatter/main', 'contestants/stock', 'contestants/hand'].map((name) =>
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

/** Starts a program of servers and gives the JSON that it prints when all of them listen. */
export async function startListening(
  children: ChildProcesses,
  program: string,
  argument: string,
): Promise<unknown> {
  const child = children.start({
    core: OTHER_CORE,
    command: process.execPath,
    args: [program, argument],
    env: { NODE_ENV: 'production' },
    isRead: true,
  });
  if (!child.stdout) throw new Error(`The output of ${program} cannot be read`);
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line);
  throw new Error(`${program} ended before it listened`);
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
