#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { type ChildExit, type ChildProcess, startChildProcess } from './schema/runtime/child-process';
import { ConfigError } from './schema/runtime/config-error';
import { EnvironmentReader } from './schema/runtime/environment';
import { freePort } from './schema/runtime/free-port';
import { withGatewayHeap } from './schema/runtime/gateway-heap';
import { projectRoot } from './schema/runtime/project-root';

const USAGE = `Liên Thông: one GraphQL query over every agency of a province.

  lienthong start                       the gateway and the systems of the embedded province, until Ctrl-C
  lienthong gateway [--supergraph FILE] [--port N]
                                        the gateway alone, for any Federation 2 supergraph (gateway --help)
  lienthong province [--dossiers N] [--seed S]
                                        generate the province's systems anew
  lienthong province serve              the systems alone
  lienthong province list               the systems of the province that runs
  lienthong province stop <system>      take one of them down, to see what a query then says
  lienthong province start <system>     and up again
  lienthong onboard <command>           bring an agency's system in: inspect, check, conform, add, remove, drain
                                        (onboard --help)
  lienthong system serve FILE…          answer for agency systems that mappings describe (system serve --help)
  lienthong --help                      this text

Environment: PORT (4000), HOST (127.0.0.1), LIENTHONG_DATA (the folder of the generated systems: .lienthong),
LIENTHONG_DOSSIERS, LIENTHONG_SEED, LIENTHONG_SYSTEMS_PORT, and what "lienthong gateway --help" names.
`;

const OLDEST_NODE = 24;
const GATEWAY = join(__dirname, 'gateway', 'main');
const PROVINCE = join(__dirname, 'subgraphs', 'province', 'main');
const ONBOARDING = join(__dirname, 'subgraphs', 'onboarding', 'main');
const SYSTEM = join(__dirname, 'subgraphs', 'system', 'main');

/** What the province's host calls its commands. */
const PROVINCE_COMMANDS: Readonly<Record<string, string>> = {
  generate: 'generate',
  serve: 'host',
  list: 'list',
  stop: 'stop',
  start: 'start',
};

async function main([command, ...args]: readonly string[]): Promise<number> {
  requireNode();
  switch (command) {
    case 'start':
      if (args.length > 0) throw new UsageError(`"start" takes no arguments, got "${args.join(' ')}"`);
      return start();
    case 'gateway':
      return run('The gateway', GATEWAY, args, {
        ...childEnvironment(),
        NODE_OPTIONS: withGatewayHeap(process.env['NODE_OPTIONS']),
      });
    case 'province':
      return province(args);
    case 'onboard':
      return run('Onboarding', ONBOARDING, args);
    case 'system':
      return run('The systems', SYSTEM, args);
    case undefined:
    case '--help':
    case '-h':
    case 'help':
      process.stdout.write(USAGE);
      return command === undefined ? 1 : 0;
    default:
      throw new UsageError(`"${command}" is not known; there are start, gateway, province, system, onboard`);
  }
}

class UsageError extends Error {}

function requireNode(): void {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= OLDEST_NODE) return;
  throw new UsageError(
    `Liên Thông needs Node ${OLDEST_NODE} or newer and this is ${process.versions.node}. npm start and npm run … bring their own`,
  );
}

function province(args: readonly string[]): Promise<number> {
  const [first = 'generate', ...rest] = args;
  if (first === '--help' || first === '-h') {
    process.stdout.write(USAGE);
    return Promise.resolve(0);
  }
  if (first.startsWith('-')) return run('Generating', PROVINCE, ['generate', ...args]);
  const command = PROVINCE_COMMANDS[first];
  if (command === undefined) {
    const known = Object.keys(PROVINCE_COMMANDS).join(', ');
    throw new UsageError(
      `"province ${first}" is not known; there are ${known}, or only --dossiers N and --seed S`,
    );
  }
  return run('The province', PROVINCE, [command, ...rest]);
}

/** Runs one process of ours as if it were this one. */
async function run(
  name: string,
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = childEnvironment(),
): Promise<number> {
  const child = startChildProcess({ name, file, args, env });
  const stop = onceAsked();
  const first = await Promise.race([child.exited, stop.then(() => null)]);
  if (first !== null) return exitCode(first);
  await child[Symbol.asyncDispose]();
  return 0;
}

function exitCode({ code, signal }: ChildExit): number {
  return code ?? (signal === null ? 1 : 128);
}

/** Compiled code is kept between starts: eleven threads load the same files. */
function childEnvironment(): NodeJS.ProcessEnv {
  return { NODE_COMPILE_CACHE: join(dataFolder(), 'compile-cache'), ...process.env };
}

function dataFolder(): string {
  return resolve(process.env['LIENTHONG_DATA']?.trim() || join(projectRoot(), '.lienthong'));
}

/** Settles at the first Ctrl-C or SIGTERM; those that follow (npm sends its own) change nothing. */
function onceAsked(): Promise<void> {
  return new Promise((resolveAsked) => {
    process.on('SIGINT', () => resolveAsked());
    process.on('SIGTERM', () => resolveAsked());
  });
}

interface Announcement {
  readonly agencies: number;
  readonly systems: number;
  readonly dossiers: number;
  readonly today: string;
}

async function start(): Promise<number> {
  const startedAt = performance.now();
  const { host, port } = await readAddress();
  const asked = onceAsked();
  const announced = Promise.withResolvers<Announcement>();
  const env = childEnvironment();
  const systems = startChildProcess({
    name: "The host of the agencies' systems",
    file: PROVINCE,
    // Only the gateway is for others to reach; the systems stay on loopback whatever HOST says.
    env: { ...env, HOST: '127.0.0.1' },
    // The host sends one message, when every system answers.
    onMessage: (message) => announced.resolve(message as Announcement),
  });
  const gateway = startChildProcess({
    name: 'The gateway',
    file: GATEWAY,
    env: gatewayEnvironment(env, host, port),
  });
  const children = [gateway, systems];
  const fallen = Promise.race(children.map(({ exited }) => exited));

  const ready = Promise.all([announced.promise, untilReady(host, port, fallen)]);
  void ready.then(([announcement]) => announce(announcement, host, port, performance.now() - startedAt));

  const first = await Promise.race([fallen, asked.then(() => null)]);
  if (first === null) process.stdout.write('\nStopping …\n');
  else process.stderr.write(`${tell(first)}; the other stops too.\n`);
  await stopAll(children);
  return first === null ? 0 : 1;
}

/** Where the gateway is to listen: with PORT=0 a free port is chosen here, so that it can be told. */
async function readAddress(): Promise<{ readonly host: string; readonly port: number }> {
  const reader = new EnvironmentReader(process.env);
  const host = reader.readText('HOST', '127.0.0.1');
  const port = reader.readPort('PORT', 4000);
  reader.readWhole('LIENTHONG_DOSSIERS', 1, { min: 1 });
  reader.done();
  return { host, port: port === 0 ? await freePort(host) : port };
}

function gatewayEnvironment(env: NodeJS.ProcessEnv, host: string, port: number): NodeJS.ProcessEnv {
  return {
    // Lines about a normal day would bury the one block that a newcomer reads.
    LIENTHONG_LOG_LEVEL: 'warn',
    LIENTHONG_NOW: provinceClock(),
    ...env,
    LIENTHONG_REGISTRY: join(dataFolder(), 'systems.yaml'),
    HOST: host,
    PORT: String(port),
    NODE_OPTIONS: withGatewayHeap(env.NODE_OPTIONS),
  };
}

/** The embedded province stands at a moment of its own, and so must the gateway. */
function provinceClock(): string {
  const file = join(projectRoot(), 'subgraphs', 'province', 'province.yaml');
  const description: unknown = parse(readFileSync(file, 'utf8'));
  if (typeof description === 'object' && description !== null && 'today' in description)
    return String(description.today);
  throw new ConfigError(file, ['today: an instant such as 2024-06-28T10:00:00+07:00 is needed']);
}

const POLL_MS = 50;

/** Asks the gateway whether it is ready until it is, or until something has fallen. */
async function untilReady(host: string, port: number, fallen: Promise<unknown>): Promise<void> {
  let isOver = false;
  void fallen.then(() => (isOver = true));
  while (!isOver) {
    const isReady = await fetch(`http://${reachable(host)}:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolveWait) => setTimeout(resolveWait, POLL_MS));
  }
  // Nothing is to be announced any more.
  return new Promise(() => undefined);
}

function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function announce(
  { agencies, systems, dossiers, today }: Announcement,
  host: string,
  port: number,
  tookMs: number,
): void {
  const shown = reachable(host) === '127.0.0.1' ? 'localhost' : reachable(host);
  const number = (value: number) => value.toLocaleString('en');
  process.stdout.write(
    `
  Liên Thông is ready, after ${(tookMs / 1_000).toFixed(1)} s

    Page      http://${shown}:${port}/
    GraphQL   http://${shown}:${port}/graphql
    Province  ${number(agencies)} agencies, ${number(systems)} systems, ${number(dossiers)} synthetic dossiers, as of ${today}

  Take one system down, and up again:  npm run province -- stop tu-phap
                                       npm run province -- start tu-phap
  Stop everything with Ctrl-C.

`,
  );
}

function tell({ name, code, signal }: ChildExit): string {
  if (signal !== null) return `${name} was ended by ${signal}`;
  return `${name} ended ${code === null ? 'before it started' : `with exit code ${code}`}`;
}

async function stopAll(children: readonly ChildProcess[]): Promise<void> {
  await Promise.all(children.map((child) => child[Symbol.asyncDispose]()));
}

// `… | head` closes the pipe early: nobody reads on, and that is no fault.
process.stdout.on('error', () => process.exit(0));

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const isPlain = error instanceof UsageError || error instanceof ConfigError;
    const text = isPlain ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${text}\n${error instanceof UsageError ? 'See lienthong --help.\n' : ''}`);
    process.exit(1);
  },
);
