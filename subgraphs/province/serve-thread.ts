import { parentPort, workerData } from 'node:worker_threads';
import { createLogger } from '../../schema/runtime/logger';
import type { Subgraph } from '../system/graphql-endpoint';
import { startSystemServer } from '../system/system-server';
import { STOP_MESSAGE, type ThreadReady, type ThreadTask } from './thread-task';

/** The whole life of a system's thread. An error that nobody catches ends it, and only it. */
export async function serveThread<Task extends ThreadTask>(
  open: (task: Task) => Readonly<Record<string, Subgraph>>,
): Promise<void> {
  // startSystemThread starts each file with the task of its kind.
  const task = workerData as Task;
  const server = await startSystemServer({
    system: task.name,
    subgraphs: open(task),
    holdings: task.holdings,
    host: task.host,
    port: task.port,
    now: () => task.now,
    logger: createLogger({ level: 'info', write: (line) => process.stderr.write(line) }),
  });
  parentPort?.on('message', (message: unknown) => {
    if (message === STOP_MESSAGE) void server[Symbol.asyncDispose]().then(() => process.exit(0));
  });
  parentPort?.postMessage({ type: 'ready', port: server.port } satisfies ThreadReady);
}
