import { join } from 'node:path';
import { createAgencyDirectory, type AgencyDirectory } from '../../schema/agency-directory';
import { localDay, type WorkingCalendar } from '../../schema/calendar';
import { projectRoot } from '../../schema/runtime/project-root';
import type { AgencyData } from '../../subgraphs/agencies/agency-data';
import { toAgencyDirectoryRecords } from '../../subgraphs/agencies/agency-directory-records';
import { readAgencyData } from '../../subgraphs/agencies/read-agency-data';
import { generateDossiers } from '../../subgraphs/province/generate-dossiers';
import { createPlacement } from '../../subgraphs/province/placement';
import type { ProvinceAgency } from '../../subgraphs/province/province-agency';
import { readProvinceData } from '../../subgraphs/province/province-data';
import { readProvinceLayout } from '../../subgraphs/province/province-layout';
import type { SyntheticDossier } from '../../subgraphs/province/synthetic-dossier';
import { createWorkload } from '../../subgraphs/province/workload';
import type { ProcedureRecord } from '../../subgraphs/sources/catalogue/procedure-record';

/** All rows of a small province, before anyone decides which system holds them. */
export interface TestProvince {
  readonly now: string;
  readonly agencyData: AgencyData;
  readonly agencies: readonly ProvinceAgency[];
  readonly directory: AgencyDirectory;
  readonly calendar: WorkingCalendar;
  readonly procedures: readonly ProcedureRecord[];
  readonly dossiers: readonly SyntheticDossier[];
}

/** Real agencies and procedures, `count` synthetic dossiers; the same for the same seed. */
export function createTestProvince({
  seed,
  count,
}: {
  readonly seed: string;
  readonly count: number;
}): TestProvince {
  const folder = join(projectRoot(), 'subgraphs', 'province');
  const data = readProvinceData(join(folder, 'data'));
  const layout = readProvinceLayout(join(folder, 'province.yaml'));
  const agencyData = readAgencyData(join(folder, 'data'));
  const { receivers } = createPlacement(layout, data.agencies);
  const today = new Date(layout.today).toISOString();
  const workload = createWorkload({
    description: layout.workload,
    receivers,
    procedures: data.procedures,
    today: localDay(today),
  });
  return {
    now: today.replace('.000Z', 'Z'),
    agencyData,
    agencies: data.agencies,
    directory: createAgencyDirectory(toAgencyDirectoryRecords(agencyData)),
    calendar: data.calendar,
    procedures: data.procedures,
    dossiers: [
      ...generateDossiers({
        ...workload,
        seed,
        count,
        calendar: data.calendar,
        today,
        firstDay: layout.firstDay,
      }),
    ],
  };
}
