import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';
import type { ProcedureRecord } from '../../subgraphs/sources/catalogue/procedure-record';
import { readProceduresCsv } from '../../subgraphs/sources/catalogue/read-procedures-csv';

/** The catalogue as it is registered in the project's data files. */
export function readRegisteredProcedures(): ProcedureRecord[] {
  return readProceduresCsv({
    procedures: read('procedures.csv'),
    agencies: read('agencies.csv'),
    agencyCodes: read('agency_codes.csv'),
  });
}

function read(file: string): string {
  return readFileSync(join(projectRoot(), 'subgraphs/province/data', file), 'utf8');
}
