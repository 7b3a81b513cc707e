import { join } from 'node:path';
import { type AgencyDirectory, createAgencyDirectory } from '../../schema/agency-directory';
import { projectRoot } from '../../schema/runtime/project-root';
import { toAgencyDirectoryRecords } from '../../subgraphs/agencies/agency-directory-records';
import { readAgencyData } from '../../subgraphs/agencies/read-agency-data';

/** The agencies as they are registered in the project's data files. */
export function readRegisteredDirectory(): AgencyDirectory {
  const data = readAgencyData(join(projectRoot(), 'subgraphs/province/data'));
  return createAgencyDirectory(toAgencyDirectoryRecords(data));
}
