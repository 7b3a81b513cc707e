import type { ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import type { World } from './bench-world';
import { GATEWAY_CORE, type ChildProcesses } from './child-processes';
import type { Contestant } from './contestants';
import { post } from './post';

export interface RunningContestant {
  readonly contestant: Contestant;
  readonly url: string;
  readonly pid: number;
  readonly child: ChildProcess;
}

const MOST_STARTING_MS = 60_000;

/** Started and answering. Throws when it ends or does not answer within a minute. */
export async function startContestant(
  children: ChildProcesses,
  contestant: Contestant,
  world: World,
): Promise<RunningContestant> {
  const port = await freePort();
  const child = children.start({ core: GATEWAY_CORE, ...contestant.start(world, port) });
  const url = `http://127.0.0.1:${port}/graphql`;
  const deadline = performance.now() + MOST_STARTING_MS;
  while (!(await answers(url))) {
    if (child.exitCode !== null || child.pid === undefined)
      throw new Error(`${contestant.label} ended at its start`);
    if (performance.now() > deadline) throw new Error(`${contestant.label} did not answer within a minute`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { contestant, url, pid: child.pid ?? 0, child };
}

/** That anything comes back; whether it is right is checked afterwards. */
async function answers(url: string): Promise<boolean> {
  return post(url, '{"query":"{__typename}"}').then(
    () => true,
    () => false,
  );
}

/** Free a moment ago. Contestants that take no port 0 say on no channel which one they got. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
