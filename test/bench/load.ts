import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { OTHER_CORE, type ChildProcesses } from './child-processes';
import { cpuSeconds } from './process-figures';
import { bodyAround, bodyOf, PLACES, type Query } from './queries';
import type { RunningContestant } from './running-contestant';

export interface Load {
  readonly query: Query;
  /** Every request has other variables than the one before. */
  readonly isVaried: boolean;
  readonly connections: number;
  readonly seconds: number;
  /** For the script that drives wrk. */
  readonly folder: string;
}

export interface Round {
  readonly requestsPerSecond: number;
  readonly requestsPerCpuSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers that were no 200, broken or late. */
  readonly failures: number;
  /** Over the wire, the mean of all answers. */
  readonly bytesPerAnswer: number;
}

/** What the Lua script below prints when wrk is done. */
interface Summary {
  readonly requests: number;
  readonly microseconds: number;
  readonly bytes: number;
  readonly failures: number;
  readonly p50: number;
  readonly p99: number;
}

/** Throws with the names of what is missing. */
export function requireTools(): void {
  if (cpus().length < 2) throw new Error('The bench needs two cores: one for the gateway alone');
  for (const [tool, packageName] of [
    ['wrk', 'wrk'],
    ['taskset', 'util-linux'],
    ['setpriv', 'util-linux'],
  ] as const) {
    if (spawnSync(tool, ['--version']).error === undefined) continue;
    throw new Error(`The bench needs "${tool}" on Linux: install the package ${packageName}`);
  }
}

/** Keeps every connection busy for some seconds and reads what that cost the gateway. */
export async function runLoad(
  children: ChildProcesses,
  { pid, url }: RunningContestant,
  load: Load,
): Promise<Round> {
  const script = join(load.folder, `${load.query.name}.lua`);
  // Two loads may run at once.
  writeFileSync(script, load.isVaried ? variedScript(load.query) : equalScript(load.query));
  const before = cpuSeconds(pid);
  const summary = await runWrk(children, url, script, load);
  const used = cpuSeconds(pid) - before;
  // When the clock stops each connection has a request on its way, which is half done on average: half a request of work each.
  const work = summary.requests + load.connections / 2;
  return {
    requestsPerSecond: (summary.requests / summary.microseconds) * 1e6,
    requestsPerCpuSecond: used > 0 ? work / used : 0,
    p50Ms: summary.p50 / 1000,
    p99Ms: summary.p99 / 1000,
    failures: summary.failures,
    bytesPerAnswer: summary.requests > 0 ? summary.bytes / summary.requests : 0,
  };
}

async function runWrk(
  children: ChildProcesses,
  url: string,
  script: string,
  { connections, seconds }: Load,
): Promise<Summary> {
  const wrk = children.start({
    core: OTHER_CORE,
    command: 'wrk',
    args: ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '60s', '-s', script, url],
    isRead: true,
  });
  let output = '';
  wrk.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise((resolve) => wrk.once('close', resolve));
  const line = output.split('\n').find((one) => one.startsWith('{'));
  if (code !== 0 || line === undefined) throw new Error(`wrk ended with ${String(code)}: ${output}`);
  // The script's own line.
  return JSON.parse(line) as Summary;
}

function equalScript(query: Query): string {
  return `${HEAD}wrk.body = ${quote(bodyOf(query, 0))}\n${DONE}`;
}

/** The first place differs from run to run, so that no run meets the places of the one before. */
function variedScript(query: Query): string {
  const [before, after] = bodyAround(query);
  return `${HEAD}
local before, after, place = ${quote(before)}, ${quote(after)}, ${Math.floor(Math.random() * PLACES)}
function request()
  place = (place + 1) % ${PLACES}
  return wrk.format(nil, nil, nil, before .. place .. after)
end
${DONE}`;
}

/** JSON holds no line breaks, so Lua's long brackets take it as it is. */
function quote(text: string): string {
  return `[===[${text}]===]`;
}

const HEAD = `wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
`;
const DONE = `function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '\\n{"requests":%d,"microseconds":%d,"bytes":%d,"failures":%d,"p50":%d,"p99":%d}\\n',
    summary.requests, summary.duration, summary.bytes,
    e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50), latency:percentile(99)))
end
`;
