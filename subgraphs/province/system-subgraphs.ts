import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import {
  createAgencyDirectory,
  parseAgencyDirectory,
  type AgencyDirectory,
} from '../../schema/agency-directory';
import { buildAgenciesSchema, createAgenciesContext } from '../agencies/schema';
import { readAgencyData } from '../agencies/read-agency-data';
import { buildDossiersSchema, createDossiersContext } from '../dossiers/schema';
import { buildProceduresSchema, createProceduresContext } from '../procedures/schema';
import { LocalCatalogue } from '../sources/local-catalogue';
import { readCatalogue } from '../sources/read-catalogue';
import { SqlDossierSource } from '../sources/sql-dossier-source';
import { openSqliteDatabase } from '../sources/sqlite-database';
import type { Subgraph } from './graphql-endpoint';
import { readWorkingCalendar } from './province-data';
import { systemDossierMapping, systemLayout } from './system-layout';
import type { AgenciesTask, SystemTask, ThreadTask } from './thread-task';

/** Opens what a thread serves: its databases, read as they are, behind the subgraphs' schemas. */
export function openSubgraphs(task: ThreadTask): Readonly<Record<string, Subgraph>> {
  return task.kind === 'agencies' ? { agencies: openAgencies(task) } : openSystem(task);
}

function openAgencies({ dataFolder, siteDomain }: AgenciesTask): Subgraph {
  const deps = { data: readAgencyData(dataFolder), siteDomain };
  return { schema: buildAgenciesSchema(deps), createContext: (now) => createAgenciesContext(deps, { now }) };
}

function openSystem(task: SystemTask): Readonly<Record<string, Subgraph>> {
  const records = parseAgencyDirectory(JSON.parse(readFileSync(task.directoryFile, 'utf8')));
  const directory = createAgencyDirectory(records);
  const { catalogueFile, dossiersFile } = task;
  return {
    ...(catalogueFile === null ? {} : { procedures: openProcedures(task, catalogueFile, directory) }),
    ...(dossiersFile === null ? {} : { dossiers: openDossiers(task, dossiersFile, directory) }),
  };
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
  const calendar = readWorkingCalendar(task.dataFolder);
  const database = openSqliteDatabase({
    database: file,
    functions: { working_day_number: (day) => calendar.dayNumber(day) },
  });
  const mapping = systemDossierMapping(task.layout, task.agencies, task.holdings['dossiers'] ?? []);
  const deps = { source: new SqlDossierSource(database, mapping), directory };
  return { schema: buildDossiersSchema(deps), createContext: (now) => createDossiersContext(deps, { now }) };
}
