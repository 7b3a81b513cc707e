import type { World } from './bench-world';
import type { ChildProcesses } from './child-processes';
import type { Contestant } from './contestants';
import { median } from './median';
import { post } from './post';
import { bodyOf, type Queries } from './queries';
import { startContestant } from './running-contestant';

/** Medians of several starts, milliseconds. */
export interface Starts {
  readonly contestant: string;
  /** From the start of the process to its first answer, to the small query. */
  readonly firstAnswerMs: number;
  /** The first answer to the heavy query after that: planning, connections, code that has not run yet. */
  readonly firstHeavyMs: number;
  /** The tenth answer to it. */
  readonly tenthHeavyMs: number;
}

/** One of each kind: sharing changes nothing for a first request. */
const STARTED = ['stock', 'ours-all', 'hand-merged', 'mercurius', 'hive-off'];
const STARTS_OF_EACH = 7;

interface Job {
  readonly children: ChildProcesses;
  readonly world: World;
  readonly contestants: readonly Contestant[];
  readonly queries: Queries;
}

/** Starts each several times, in turns, one at a time. */
export async function measureStarts(job: Job): Promise<readonly Starts[]> {
  const started = job.contestants.filter(({ id }) => STARTED.includes(id));
  const samples = new Map<string, Starts[]>(started.map(({ id }) => [id, []]));
  for (let turn = 0; turn < STARTS_OF_EACH; turn++) {
    for (const contestant of started) samples.get(contestant.id)?.push(await startOnce(contestant, job));
  }
  return [...samples].map(([contestant, some]) => ({
    contestant,
    firstAnswerMs: median(some.map((one) => one.firstAnswerMs)),
    firstHeavyMs: median(some.map((one) => one.firstHeavyMs)),
    tenthHeavyMs: median(some.map((one) => one.tenthHeavyMs)),
  }));
}

async function startOnce(contestant: Contestant, { children, world, queries }: Job): Promise<Starts> {
  const running = await startContestant(children, contestant, world, bodyOf(queries.small, 0));
  const heavy: number[] = [];
  for (let turn = 0; turn < 10; turn++) heavy.push(await timeOne(running.url, bodyOf(queries.heavy, 0)));
  await children.stop(running.child);
  const [firstHeavyMs = NaN] = heavy;
  return {
    contestant: contestant.id,
    firstAnswerMs: running.startMs,
    firstHeavyMs,
    tenthHeavyMs: heavy[9] ?? NaN,
  };
}

async function timeOne(url: string, body: string): Promise<number> {
  const startedAt = performance.now();
  const { status, body: answer } = await post(url, body);
  if (status !== 200) throw new Error(`${url} answered ${status}: ${answer.slice(0, 300)}`);
  return performance.now() - startedAt;
}
