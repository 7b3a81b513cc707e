import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { STOP_MESSAGE, type ThreadReady } from '../system/thread-task';
import type { ServiceLayoutName } from './province-layout';
import { SERVICE_USER } from './service-mappings';
import { startLayoutCService } from './services/layout-c-service';
import { startLayoutGService } from './services/layout-g-service';
import { readDossierStore, readProcedureStore } from './services/service-store';
import type { ServiceTask } from './thread-task';

const SERVICES: Readonly<Record<ServiceLayoutName, typeof startLayoutCService | typeof startLayoutGService>> =
  { C: startLayoutCService, G: startLayoutGService };

/** The whole life of an agency's own service. */
async function serve({ layout, host, port, ...task }: ServiceTask): Promise<void> {
  const dossiers = readDossierStore(task.dossiersFile);
  const procedures = readProcedureStore(task.catalogueFile);
  const service = await SERVICES[layout]({
    dossiers: () => dossiers,
    procedures: () => procedures,
    agencies: task.agencies,
    user: SERVICE_USER,
    password: readFileSync(task.passwordFile, 'utf8').trim(),
    host,
    port,
  });
  parentPort?.on('message', (message: unknown) => {
    if (message === STOP_MESSAGE) void service[Symbol.asyncDispose]().then(() => process.exit(0));
  });
  parentPort?.postMessage({ type: 'ready', port: Number(new URL(service.url).port) } satisfies ThreadReady);
}

// startSystemThread starts this file with the task of a service.
void serve(workerData as ServiceTask);
