import type { World } from './bench-world';
import type { ChildProcesses } from './child-processes';
import type { Contestant } from './contestants';
import { runLoad } from './load';
import type { Options } from './options';
import { post } from './post';
import { bodyOf, type Queries } from './queries';
import { startContestant, type RunningContestant } from './running-contestant';

/** What the small query waits, alone and while answers of `bigBytes` run. */
export interface BesideBig {
  readonly contestant: string;
  readonly bigBytes: number;
  readonly bigPerSecond: number;
  readonly aloneP99Ms: number;
  readonly besideP50Ms: number;
  readonly besideP99Ms: number;
}

/** The small query is asked gently: what is looked for is who waits for whom, not who is fastest. */
const SMALL_CONNECTIONS = 10;
const BIG_CONNECTIONS = 2;
const MEASURED = ['stock', 'ours-off'];

interface Job {
  readonly children: ChildProcesses;
  readonly world: World;
  readonly contestants: readonly Contestant[];
  readonly queries: Queries;
  readonly options: Options;
}

export async function measureBig(job: Job): Promise<readonly BesideBig[]> {
  const measured: BesideBig[] = [];
  for (const contestant of job.contestants.filter(({ id }) => MEASURED.includes(id))) {
    const running = await startContestant(job.children, contestant, job.world, bodyOf(job.queries.small, 0));
    measured.push(await measureOne(running, job));
    await job.children.stop(running.child);
  }
  return measured;
}

async function measureOne(
  running: RunningContestant,
  { children, world, queries: { small, big }, options }: Job,
): Promise<BesideBig> {
  const bigBytes = await bytesOf(running, bodyOf(big, 0));
  const seconds = Math.max(options.seconds, 5);
  const load = { isVaried: false, folder: world.folder };
  const ofSmall = { ...load, query: small, connections: SMALL_CONNECTIONS, seconds };
  await runLoad(children, running, { ...ofSmall, seconds: 2 });
  const alone = await runLoad(children, running, ofSmall);
  // The big one runs a second longer on each side.
  const ofBig = { ...load, query: big, connections: BIG_CONNECTIONS, seconds: seconds + 2 };
  const bigLoad = runLoad(children, running, ofBig);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const beside = await runLoad(children, running, ofSmall);
  return {
    contestant: running.contestant.id,
    bigBytes,
    bigPerSecond: (await bigLoad).requestsPerSecond,
    aloneP99Ms: alone.p99Ms,
    besideP50Ms: beside.p50Ms,
    besideP99Ms: beside.p99Ms,
  };
}

async function bytesOf({ contestant, url }: RunningContestant, body: string): Promise<number> {
  const { status, body: answer, bytes } = await post(url, body);
  if (status !== 200 || answer.includes('"errors"'))
    throw new Error(`${contestant.label} fails the big query with ${status}: ${answer.slice(0, 300)}`);
  return bytes;
}
