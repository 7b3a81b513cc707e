import { parentPort, workerData } from 'node:worker_threads';
import { STOP_MESSAGE, type ThreadReady } from '../system/thread-task';
import { startTaskService } from './start-task-service';
import type { ServiceTask } from './thread-task';

/** The whole life of an agency's own service. */
async function serve(task: ServiceTask): Promise<void> {
  const service = await startTaskService(task);
  parentPort?.on('message', (message: unknown) => {
    if (message === STOP_MESSAGE) void service[Symbol.asyncDispose]().then(() => process.exit(0));
  });
  parentPort?.postMessage({ type: 'ready', port: Number(new URL(service.url).port) } satisfies ThreadReady);
}

// startSystemThread starts this file with the task of a service.
void serve(workerData as ServiceTask);
