import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { createLogger } from '../../schema/runtime/logger';
import { openSubgraphs } from './system-subgraphs';
import { startSystemServer } from './system-server';
import { STOP_MESSAGE, type ThreadReady, type ThreadTask } from './thread-task';

/** The thread of one system. An error that nobody catches ends it, and only it. */
async function main(): Promise<void> {
  // startSystemThread is the only one that starts this file, with a ThreadTask.
  const task = workerData as ThreadTask;
  const logger = createLogger({ level: 'info', write: (line) => process.stderr.write(line) });
  const server = await startSystemServer({
    system: task.name,
    subgraphs: openSubgraphs(task),
    holdings: task.holdings,
    host: task.host,
    port: task.port,
    now: () => task.now,
    logger,
  });
  parentPort?.on('message', (message: unknown) => {
    if (message === STOP_MESSAGE) void server[Symbol.asyncDispose]().then(() => process.exit(0));
  });
  parentPort?.postMessage({ type: 'ready', port: server.port } satisfies ThreadReady);
}

void main();
