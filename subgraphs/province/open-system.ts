import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import {
  createAgencyDirectory,
  parseAgencyDirectory,
  type AgencyDirectory,
} from '../../schema/agency-directory';
import { createWorkingCalendar } from '../../schema/calendar';
import { buildDossiersSchema, createDossiersContext } from '../dossiers/schema';
import { buildProceduresSchema, createProceduresContext } from '../procedures/schema';
import { LocalCatalogue } from '../sources/catalogue/local-catalogue';
import { openSqliteDossiers } from '../sources/sql/open-dossier-source';
import { readCatalogue } from '../sources/catalogue/read-catalogue';
import type { Subgraph } from '../system/graphql-endpoint';
import type { OpenedSystem } from '../system/serve-thread';
import { systemDossierMapping, systemLayout } from './system-layout';
import type { SystemTask } from './thread-task';

/** One system's databases, read as they are, behind the schemas of the subgraphs that it serves. */
export function openSystem(task: SystemTask): OpenedSystem {
  const records = parseAgencyDirectory(JSON.parse(readFileSync(task.directoryFile, 'utf8')));
  const directory = createAgencyDirectory(records);
  const { catalogueFile, dossiersFile } = task;
  const subgraphs = {
    ...(catalogueFile === null ? {} : { procedures: openProcedures(task, catalogueFile, directory) }),
    ...(dossiersFile === null ? {} : { dossiers: openDossiers(task, dossiersFile, directory) }),
  };
  return { subgraphs };
}

function openProcedures({ layout }: SystemTask, file: string, directory: AgencyDirectory): Subgraph {
  const database = new DatabaseSync(file, { readOnly: true });
  const records = readCatalogue(database, systemLayout(layout).catalogue.mapping);
  database.close();
  const deps = { store: new LocalCatalogue(records), directory };
  return {
    schema: buildProceduresSchema(deps),
    createContext: (now) => createProceduresContext(deps, { now }),
  };
}

function openDossiers(task: SystemTask, file: string, directory: AgencyDirectory): Subgraph {
  const { source } = openSqliteDossiers({
    database: file,
    mapping: systemDossierMapping(task.layout, task.agencies, task.holdings['dossiers'] ?? []),
    calendar: createWorkingCalendar(task.holidays),
  });
  const deps = { source, directory };
  return { schema: buildDossiersSchema(deps), createContext: (now) => createDossiersContext(deps, { now }) };
}
