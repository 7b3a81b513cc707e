import { parentPort, workerData } from 'node:worker_threads';
import { createLogger, type Logger } from '../../schema/runtime/logger';
import type { Subgraph } from './graphql-endpoint';
import { startSystemServer } from './system-server';
import { STOP_MESSAGE, type ThreadReady, type ThreadTask } from './thread-task';

/** What a thread answers from. */
export interface OpenedSystem {
  readonly subgraphs: Readonly<Record<string, Subgraph>>;
  /** What `/healthz` tells beside that the system answers. */
  readonly health?: () => Readonly<Record<string, unknown>>;
  readonly close?: () => Promise<void>;
}

/** The whole life of a system's thread. An error that nobody catches ends it, and only it. */
export async function serveThread<Task extends ThreadTask>(
  open: (task: Task, logger: Logger) => OpenedSystem | Promise<OpenedSystem>,
): Promise<void> {
  // startSystemThread starts each file with the task of its kind.
  const task = workerData as Task;
  const logger = createLogger({
    level: task.logLevel ?? 'info',
    write: (line) => process.stderr.write(line),
  });
  const opened = await open(task, logger);
  const server = await startSystemServer({
    system: task.name,
    subgraphs: opened.subgraphs,
    ...(opened.health && { health: opened.health }),
    holdings: task.holdings,
    host: task.host,
    port: task.port,
    now: () => task.now ?? wholeSecond(),
    logger,
  });
  parentPort?.on('message', (message: unknown) => {
    if (message !== STOP_MESSAGE) return;
    void server[Symbol.asyncDispose]()
      .then(() => opened.close?.())
      .then(() => process.exit(0));
  });
  parentPort?.postMessage({ type: 'ready', port: server.port } satisfies ThreadReady);
}

function wholeSecond(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
