import type { World } from './bench-world';
import { checkAnswers, readRightAnswers, type CheckedAnswer, type RightAnswers } from './check-answers';
import type { ChildProcesses } from './child-processes';
import type { Contestant } from './contestants';
import { runLoad, type Load, type Round } from './load';
import { median } from './median';
import type { Options } from './options';
import { memoryMiB } from './process-figures';
import type { Query } from './queries';
import { startContestant, type RunningContestant } from './running-contestant';

export interface Throughput {
  readonly contestant: string;
  readonly query: string;
  readonly isVaried: boolean;
  readonly requestsPerSecond: number;
  readonly requestsPerCpuSecond: number;
  /** Requests per CPU second as a multiple of the stock gateway's. */
  readonly ratio: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** For one request alone. */
  readonly subgraphRequests: number;
  readonly answerBytes: number;
}

export interface Measured {
  readonly throughput: readonly Throughput[];
  /** Peak of each contestant's resident memory over everything it answered, MiB. */
  readonly peakMiB: Readonly<Record<string, number>>;
}

interface Job {
  readonly children: ChildProcesses;
  readonly world: World;
  readonly contestants: readonly Contestant[];
  /** Asked with the same variables in every request. */
  readonly equal: readonly Query[];
  /** Asked with other variables in every request. */
  readonly varied: readonly Query[];
  /** What each is asked first, until it answers. */
  readonly firstBody: string;
  readonly options: Options;
}

/** One contestant under one query: what it should answer in size, and the rounds so far. */
interface Cell {
  readonly running: RunningContestant;
  readonly query: Query;
  readonly isVaried: boolean;
  readonly checked: CheckedAnswer;
  readonly rounds: Round[];
}

/** Starts all contestants, compares their answers, warms them, then gives each its turn in every round. */
export async function measureThroughput(job: Job): Promise<Measured> {
  const running: RunningContestant[] = [];
  for (const contestant of job.contestants)
    running.push(await startContestant(job.children, contestant, job.world, job.firstBody));
  const cells = await checkedCells(running, job);
  for (const cell of cells)
    if (needsWarming(cell, job)) await runLoad(job.children, cell.running, loadOf(cell, job, 1));
  const { rounds } = job.options;
  for (let round = 1; round <= rounds; round++) {
    for (const cell of cells) {
      await measureOnce(cell, job);
      console.log(`round ${round} of ${rounds}: ${describe(cell)}`);
    }
  }
  const peakMiB = Object.fromEntries(
    running.map(({ contestant, pid }) => [contestant.id, memoryMiB(pid).peak]),
  );
  const isProfiled = job.options.profiles !== null;
  await Promise.all(
    running.map(({ child }) => (isProfiled ? job.children.end(child) : job.children.stop(child))),
  );
  return { throughput: cells.map((cell) => summarise(cell, cells)), peakMiB };
}

/** Query by query, and in each contestant by contestant, so that what is compared is measured close together. */
async function checkedCells(
  running: readonly RunningContestant[],
  { equal, varied, world }: Job,
): Promise<readonly Cell[]> {
  const [stock] = running;
  if (!stock) return [];
  const right: RightAnswers = await readRightAnswers(stock, [...new Set([...equal, ...varied])]);
  const cells: Cell[] = [];
  for (const [queries, isVaried] of [[equal, false] as const, [varied, true] as const]) {
    for (const query of queries) {
      for (const one of running) {
        const checked = await checkAnswers(one, query, right, world.taken);
        cells.push({ running: one, query, isVaried, checked, rounds: [] });
      }
    }
  }
  return cells;
}

/** Once for each query is enough. */
function needsWarming({ query, isVaried }: Cell, { equal }: Job): boolean {
  return !isVaried || !equal.includes(query);
}

/** A round with a fault is run once more, because a run is long and a machine may hiccup; the second fault ends the bench. */
async function measureOnce(cell: Cell, job: Job): Promise<void> {
  const run = (): Promise<Round> =>
    runLoad(job.children, cell.running, loadOf(cell, job, job.options.seconds));
  const first = await run();
  const fault = faultOf(cell, first);
  if (fault === null) return void cell.rounds.push(first);
  console.warn(`${describe(cell)}: ${fault}; once more`);
  const second = await run();
  const secondFault = faultOf(cell, second);
  if (secondFault !== null) throw new Error(`${describe(cell)}: ${secondFault}`);
  cell.rounds.push(second);
}

/** A faster answer that is another one is no answer; wrk counts bytes, and a mean that is off gives it away. */
function faultOf({ isVaried, checked: { bytes } }: Cell, round: Round): string | null {
  if (round.failures > 0) return `${round.failures} requests failed`;
  if (round.bytesPerAnswer === 0) return 'not one answer';
  const off = Math.abs(round.bytesPerAnswer - bytes) / bytes;
  if (off <= (isVaried ? 0.25 : 0.05)) return null;
  return `answers of ${Math.round(round.bytesPerAnswer)} bytes, expected ${bytes}`;
}

function describe({ running, query, isVaried, rounds }: Cell): string {
  const last = rounds.at(-1);
  const figure = last ? `: ${Math.round(last.requestsPerCpuSecond)} requests/CPU s` : '';
  return `${query.name}${isVaried ? ', varied' : ''}, ${running.contestant.label}${figure}`;
}

function loadOf({ query, isVaried }: Cell, { world, options }: Job, seconds: number): Load {
  return { query, isVaried, seconds, connections: options.connections, folder: world.folder };
}

function summarise(cell: Cell, cells: readonly Cell[]): Throughput {
  const unit = cells.find(({ query, isVaried }) => query === cell.query && isVaried === cell.isVaried);
  const of = (some: Cell | undefined, read: (round: Round) => number): number =>
    median((some?.rounds ?? []).map(read));
  const perCpu = (round: Round): number => round.requestsPerCpuSecond;
  return {
    contestant: cell.running.contestant.id,
    query: cell.query.name,
    isVaried: cell.isVaried,
    requestsPerSecond: of(cell, (round) => round.requestsPerSecond),
    requestsPerCpuSecond: of(cell, perCpu),
    ratio: of(cell, perCpu) / of(unit, perCpu),
    p50Ms: of(cell, (round) => round.p50Ms),
    p99Ms: of(cell, (round) => round.p99Ms),
    subgraphRequests: cell.checked.subgraphRequests,
    answerBytes: cell.checked.bytes,
  };
}
