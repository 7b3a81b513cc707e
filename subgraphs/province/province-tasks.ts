import { join } from 'node:path';
import { readHolidays } from '../system/read-holidays';
import {
  catalogueFile,
  COPIES_FOLDER,
  DIRECTORY_FILE,
  dossiersFile,
  mappingFile,
  MAPPINGS_FOLDER,
  PASSWORD_FILE,
} from './data-folder';
import type { WrittenAgency } from './dossier-writer';
import type { Manifest } from './manifest';
import { holidaysFile, proceduresFile, type ProvinceSource } from './province-data';
import { isTableLayout, type ProvinceLayout } from './province-layout';
import type { AgenciesTask, CopiedTask, ProvinceTask, ServiceTask, SystemTask } from './thread-task';

export interface ProvinceTaskOptions {
  readonly source: ProvinceSource;
  readonly layout: ProvinceLayout;
  readonly manifest: Manifest;
  readonly folder: string;
  readonly host: string;
  readonly firstPort: number;
  readonly now: string;
  /** Those that the rows were written with, in the same order. */
  readonly agencies: readonly WrittenAgency[];
}

/** The name of the thread that is no system. */
export const AGENCIES = 'agencies';

/** What each thread of the province is told; the subgraph that is not sharded comes first. */
export function createTasks(options: ProvinceTaskOptions): readonly ProvinceTask[] {
  const { layout, firstPort } = options;
  const portOf = (place: number) => (firstPort === 0 ? 0 : firstPort + place);
  const create = systemTasks(options);
  return [
    agenciesTask(options, portOf(0)),
    ...Object.keys(layout.systems).map((name, index) => create(name, portOf(index + 1))),
  ];
}

function agenciesTask({ source, layout, host, now }: ProvinceTaskOptions, port: number): AgenciesTask {
  const { siteDomain } = layout;
  return {
    kind: 'agencies',
    name: AGENCIES,
    host,
    port,
    now,
    holdings: {},
    dataFolder: source.dataFolder,
    siteDomain,
  };
}

function systemTasks(options: ProvinceTaskOptions): (name: string, port: number) => SystemTask | CopiedTask {
  const { source, layout: province, manifest, folder, host, now, agencies } = options;
  const holidays = readHolidays(holidaysFile(source.dataFolder));
  return (name, port) => {
    const layout = province.systems[name]?.layout ?? 'A';
    const { procedures, dossiers } = manifest.systems[name] ?? {};
    const common = {
      name,
      host,
      port,
      now,
      holdings: { ...(procedures && { procedures }), ...(dossiers && { dossiers }) },
      directoryFile: join(folder, DIRECTORY_FILE),
    };
    const files = {
      catalogueFile: procedures === undefined ? null : join(folder, catalogueFile(name)),
      dossiersFile: dossiers === undefined ? null : join(folder, dossiersFile(name)),
    };
    if (isTableLayout(layout)) return { kind: 'system', ...common, ...files, layout, agencies, holidays };
    const passwordFile = join(folder, PASSWORD_FILE);
    const service: ServiceTask | null =
      layout === 'F'
        ? null
        : // As an agency's service would be, it is for this machine alone.
          { ...common, ...files, host: '127.0.0.1', port: 0, layout, agencies, passwordFile };
    return {
      kind: 'mapped',
      // A line for each pass over each list would bury what a newcomer is to read.
      logLevel: 'warn',
      ...common,
      mappingFile: join(folder, MAPPINGS_FOLDER, mappingFile(name)),
      holidaysFile: holidaysFile(source.dataFolder),
      catalogueFile: proceduresFile(source.dataFolder),
      storeFolder: join(folder, COPIES_FOLDER),
      service,
    };
  };
}
