import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';
import { composeSdl, withShardSpec } from '../support/compose-sharded';
import { startListening, type World } from './bench-world';
import type { ChildProcesses } from './child-processes';
import { oursOver } from './contestants';
import { runLoad, type Round } from './load';
import { median } from './median';
import type { Options } from './options';
import { post } from './post';
import { memoryMiB } from './process-figures';
import { bodyOf, type Query } from './queries';
import { startContestant, type RunningContestant } from './running-contestant';

export interface Scatter {
  readonly shards: number;
  readonly requestsPerSecond: number;
  readonly gatewayCpuMs: number;
  readonly gatewayCpuMsPerShard: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly peakMiB: number;
}

const COUNTS = [1, 10, 50, 52, 500];
/** Each request keeps all shards busy by itself; more would only queue at the one process that answers for all of them. */
const CONNECTIONS = 4;

interface Job {
  readonly children: ChildProcesses;
  readonly world: World;
  readonly query: Query;
  readonly options: Options;
}

/** One gateway for each number of shards, sharing off, in turns. The shards are servers of one process. */
export async function measureScatter(job: Job): Promise<readonly Scatter[]> {
  const { children, world, query, options } = job;
  const urls = await startShards(job);
  const supergraph = join(world.folder, 'scatter.graphql');
  const sdl = readFileSync(join(projectRoot(), 'test', 'bench', 'scatter', 'shard.graphql'), 'utf8');
  writeFileSync(supergraph, composeSdl({ dossiers: withShardSpec(sdl) }));
  const gateways = new Map<number, RunningContestant>();
  for (const count of COUNTS) {
    const registry = writeRegistry(world.folder, urls.slice(0, count));
    const contestant = oursOver(`scatter-${count}`, { supergraph, registry });
    const running = await startContestant(children, contestant, world, bodyOf(query, 0));
    await checkSum(running, count, query);
    gateways.set(count, running);
  }
  const load = { query, isVaried: false, connections: CONNECTIONS, folder: world.folder };
  const rounds = new Map<number, Round[]>(COUNTS.map((count) => [count, []]));
  for (const running of gateways.values()) await runLoad(children, running, { ...load, seconds: 2 });
  for (let round = 0; round < options.rounds; round++) {
    for (const [count, running] of gateways)
      rounds
        .get(count)
        ?.push(await runLoad(children, running, { ...load, seconds: secondsOf(count, options) }));
  }
  const measured = [...gateways].map(([count, { pid }]) => summarise(count, rounds.get(count) ?? [], pid));
  for (const { child } of gateways.values()) await children.stop(child);
  return measured;
}

/** Hundreds of shards give few answers a second, and a figure needs some of them. */
function secondsOf(count: number, { seconds }: Options): number {
  return count >= 500 ? seconds * 3 : seconds;
}

async function startShards({ children, world }: Job): Promise<readonly string[]> {
  const program = join(world.programs, 'scatter', 'main.js');
  // The program prints this.
  return (await startListening(children, program, String(Math.max(...COUNTS)))) as readonly string[];
}

/** Each shard is a system with one agency; the file's name. */
function writeRegistry(folder: string, urls: readonly string[]): string {
  const codes = urls.map((_, place) => `H23.X${place}`);
  const directory = `agencies-${urls.length}.json`;
  writeFileSync(join(folder, directory), JSON.stringify(codes.map((code) => ({ code, parent: null }))));
  const systems = Object.fromEntries(
    urls.map((url, place) => [
      `s${place}`,
      { subgraphs: { dossiers: { urls: [url], agencies: [codes[place]] } } },
    ]),
  );
  const file = join(folder, `systems-${urls.length}.yaml`);
  // YAML is a superset of JSON.
  const registry = { version: 1, directory, subgraphs: { dossiers: { expected: codes } }, systems };
  writeFileSync(file, JSON.stringify(registry));
  return file;
}

/** What shard p answers is in scatter/main.ts. */
async function checkSum({ url }: RunningContestant, count: number, query: Query): Promise<void> {
  const { body } = await post(url, bodyOf(query, 0));
  // An answer of GraphQL over HTTP.
  const { data } = JSON.parse(body) as { readonly data?: { readonly received?: number | null } };
  const expected = Array.from({ length: count }, (_, place) => 120 + (place % 17)).reduce((a, b) => a + b, 0);
  if (data?.received !== expected)
    throw new Error(`A scatter over ${count} shards answers wrongly: ${body.slice(0, 300)}`);
}

function summarise(shards: number, rounds: readonly Round[], pid: number): Scatter {
  const failures = rounds.reduce((total, round) => total + round.failures, 0);
  if (failures > 0) throw new Error(`A scatter over ${shards} shards: ${failures} requests failed`);
  const gatewayCpuMs = median(rounds.map((round) => 1000 / round.requestsPerCpuSecond));
  return {
    shards,
    requestsPerSecond: median(rounds.map((round) => round.requestsPerSecond)),
    gatewayCpuMs,
    gatewayCpuMsPerShard: gatewayCpuMs / shards,
    p50Ms: median(rounds.map((round) => round.p50Ms)),
    p99Ms: median(rounds.map((round) => round.p99Ms)),
    peakMiB: memoryMiB(pid).peak,
  };
}
