import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWorkingCalendar, type WorkingCalendar } from '../../schema/calendar';
import type { ProcedureRecord } from '../sources/catalogue/procedure-record';
import { readProceduresCsv } from '../sources/catalogue/read-procedures-csv';
import { readHolidays } from '../system/read-holidays';
import { readProvinceAgencies, type ProvinceAgency } from './province-agency';

/** Where the province is described: `province.yaml` and the registered data. */
export interface ProvinceSource {
  readonly layoutFile: string;
  readonly dataFolder: string;
}

export function provinceSource(projectRoot: string): ProvinceSource {
  const folder = join(projectRoot, 'subgraphs', 'province');
  return { layoutFile: join(folder, 'province.yaml'), dataFolder: join(folder, 'data') };
}

/** The registered data that generating needs. */
export interface ProvinceData {
  readonly agencies: readonly ProvinceAgency[];
  readonly procedures: readonly ProcedureRecord[];
  readonly calendar: WorkingCalendar;
}

export function readProvinceData(dataFolder: string): ProvinceData {
  const text = (file: string) => readFileSync(join(dataFolder, file), 'utf8');
  return {
    agencies: readProvinceAgencies(dataFolder),
    procedures: readProceduresCsv({
      procedures: text('procedures.csv'),
      agencies: text('agencies.csv'),
      agencyCodes: text('agency_codes.csv'),
    }),
    calendar: createWorkingCalendar(readHolidays(holidaysFile(dataFolder))),
  };
}

/** The province's procedures, for systems that know them by name only. */
export function proceduresFile(dataFolder: string): string {
  return join(dataFolder, 'procedures.csv');
}

export function holidaysFile(dataFolder: string): string {
  return join(dataFolder, 'holidays.csv');
}
