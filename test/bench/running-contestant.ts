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
  /** From the start of the process to the first answer. */
  readonly startMs: number;
}

const MOST_STARTING_MS = 60_000;
const BETWEEN_TRIES_MS = 3;

/** Started, and has answered this body with data. Throws when it ends or does not answer within a minute. */
export async function startContestant(
  children: ChildProcesses,
  contestant: Contestant,
  world: World,
  body: string,
): Promise<RunningContestant> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/graphql`;
  const command = contestant.start(world, port);
  const startedAt = performance.now();
  const child = children.start({ core: GATEWAY_CORE, ...command });
  for (;;) {
    const answer = await firstAnswer(url, body);
    if (answer.isGood) break;
    if (child.exitCode !== null || child.pid === undefined)
      throw new Error(`${contestant.label} ended at its start`);
    if (performance.now() - startedAt > MOST_STARTING_MS)
      throw new Error(`${contestant.label} did not answer within a minute: ${answer.text}`);
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS));
  }
  return { contestant, url, child, pid: child.pid ?? 0, startMs: performance.now() - startedAt };
}

/** Good when there is data and no error; what exactly it says is checked afterwards. */
async function firstAnswer(
  url: string,
  body: string,
): Promise<{ readonly isGood: boolean; readonly text: string }> {
  return post(url, body).then(
    ({ status, body: text }) => ({ isGood: status === 200 && !text.includes('"errors"'), text }),
    (error: unknown) => ({ isGood: false, text: String(error) }),
  );
}

/** Free a moment ago: not every contestant can say which port it was given. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
