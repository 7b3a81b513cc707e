import autocannon from 'autocannon';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { withGatewayHeap } from '../../schema/runtime/gateway-heap';
import { projectRoot } from '../../schema/runtime/project-root';
import { median } from './median';
import { cpuSeconds, memoryMiB } from './process-figures';

/**
 * `npm run bench:province`: the operations of schema/operations against one gateway on one core, the systems and the load on the other.
 * Rounds are interleaved and medians quoted, because machines are noisy.
 */
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 5);
const CONNECTIONS = Number(process.env['BENCH_CONNECTIONS'] ?? 5);
const DOSSIERS = process.env['LIENTHONG_DOSSIERS'] ?? '60000';

interface Round {
  readonly requestsPerSecond: number;
  readonly requestsPerCpuSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failures: number;
}

const root = projectRoot();

async function main(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'lienthong-bench-'));
  const children: ChildProcess[] = [];
  try {
    children.push(
      startNode(1, 'subgraphs/province/main.js', { LIENTHONG_DATA: data, LIENTHONG_DOSSIERS: DOSSIERS }),
    );
    const registry = join(data, 'systems.yaml');
    await until(() => existsSync(registry), 'the systems to start');
    const startedAt = performance.now();
    const gateway = startNode(0, 'gateway/main.js', {
      PORT: '4470',
      LIENTHONG_REGISTRY: registry,
      LIENTHONG_NOW: '2024-06-28T10:00:00+07:00',
      LIENTHONG_LOG_LEVEL: 'error',
      NODE_OPTIONS: withGatewayHeap(process.env['NODE_OPTIONS']),
    });
    children.push(gateway);
    await until(
      async () => (await statusOf('http://127.0.0.1:4470/readyz')) === 200,
      'the gateway to be ready',
    );
    const readyMs = Math.round(performance.now() - startedAt);
    await measure(gateway.pid ?? 0, readyMs);
  } finally {
    for (const child of children) child.kill('SIGTERM');
    rmSync(data, { recursive: true, force: true });
  }
}

async function measure(pid: number, readyMs: number): Promise<void> {
  const operations = readdirSync(join(root, 'schema', 'operations'))
    .filter((name) => name.endsWith('.graphql'))
    .sort();
  const rounds = new Map<string, Round[]>(operations.map((name) => [name, []]));
  const first = new Map<string, number>();
  for (const name of operations) first.set(name, await timeFirst(name));
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of operations) rounds.get(name)?.push(await load(name, pid));
  }
  const { now, peak } = memoryMiB(pid);
  console.log(
    `\nNode ${process.version}, ${cpus()[0]?.model ?? 'unknown'} × ${cpus().length}; ${DOSSIERS} dossiers; ${CONNECTIONS} connections; medians of ${ROUNDS} rounds of ${SECONDS} s`,
  );
  console.log(`gateway: ready after ${readyMs} ms, ${now} MiB at the end, ${peak} MiB at most\n`);
  console.table(
    Object.fromEntries(
      operations.map((name) => {
        const some = rounds.get(name) ?? [];
        return [
          name.replace('.graphql', ''),
          {
            'requests/s': Math.round(median(some.map((one) => one.requestsPerSecond))),
            'requests/CPU s': Math.round(median(some.map((one) => one.requestsPerCpuSecond))),
            'p50 ms': median(some.map((one) => one.p50)),
            'p99 ms': median(some.map((one) => one.p99)),
            'first ms': Math.round(first.get(name) ?? 0),
            failures: some.reduce((total, one) => total + one.failures, 0),
          },
        ];
      }),
    ),
  );
}

function bodyOf(name: string): string {
  return JSON.stringify({ query: readFileSync(join(root, 'schema', 'operations', name), 'utf8') });
}

async function timeFirst(name: string): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch('http://127.0.0.1:4470/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: bodyOf(name),
  });
  const answer = await response.text();
  if (response.status !== 200 || answer.includes('"errors"'))
    console.warn(`${name}: ${response.status} ${answer.slice(0, 300)}`);
  return performance.now() - startedAt;
}

async function load(name: string, pid: number): Promise<Round> {
  const before = cpuSeconds(pid);
  const result = await autocannon({
    url: 'http://127.0.0.1:4470/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: bodyOf(name),
    connections: CONNECTIONS,
    duration: SECONDS,
    timeout: 30,
    // An answer that lacks a system is faster, and no answer: it counts as a failure.
    verifyBody: (body) => !String(body).includes('"errors":'),
  });
  const used = cpuSeconds(pid) - before;
  const good = result['2xx'] - result.mismatches;
  return {
    requestsPerSecond: good / result.duration,
    requestsPerCpuSecond: used > 0 ? good / used : 0,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failures: result.non2xx + result.errors + result.mismatches,
  };
}

/** Pinned to one core where `taskset` is there. */
function startNode(core: number, script: string, env: Readonly<Record<string, string>>): ChildProcess {
  const path = join(root, 'dist', script);
  if (!existsSync(path)) throw new Error(`${path} is not built: run "npm run build" first`);
  const canPin = cpus().length > 1 && spawnSync('taskset', ['--version']).status === 0;
  const [command, ...args] = canPin
    ? ['taskset', '-c', String(core), process.execPath, path]
    : [process.execPath, path];
  return spawn(command ?? process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function statusOf(url: string): Promise<number> {
  return fetch(url).then(
    (response) => response.status,
    () => 0,
  );
}

async function until(isTrue: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + 120_000;
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`Waited two minutes for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

void main();
