import { readFileSync } from 'node:fs';
import type { ServiceLayoutName } from './province-layout';
import { SERVICE_USER } from './service-mappings';
import { startLayoutCService } from './services/layout-c-service';
import { startLayoutGService } from './services/layout-g-service';
import type { RunningService } from './services/service-server';
import { readDossierStore, readProcedureStore } from './services/service-store';
import type { ServiceTask } from './thread-task';

const SERVICES: Readonly<Record<ServiceLayoutName, typeof startLayoutCService | typeof startLayoutGService>> =
  { C: startLayoutCService, G: startLayoutGService };

/** The agency's own service, over what it keeps. */
export function startTaskService(task: ServiceTask): Promise<RunningService> {
  const { layout, host, port, agencies } = task;
  const dossiers = readDossierStore(task.dossiersFile);
  const procedures = readProcedureStore(task.catalogueFile);
  return SERVICES[layout]({
    dossiers: () => dossiers,
    procedures: () => procedures,
    agencies,
    user: SERVICE_USER,
    password: readFileSync(task.passwordFile, 'utf8').trim(),
    host,
    port,
  });
}
