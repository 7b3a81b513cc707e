import type { Holiday } from '../../../schema/calendar';
import type { ProcedureRecord } from '../../../subgraphs/sources/catalogue/procedure-record';
import { randomDossiers } from '../random-dossiers';
import { readRegisteredProcedures } from '../registered-procedures';
import { houseAgencies, type HouseRows } from './house';

const AGENCIES = ['H23.X01', 'H23.X02', 'H23.X03', 'H23.X04'];

const HOLIDAYS: readonly Holiday[] = [
  { date: '2024-04-18', kind: 'off' },
  { date: '2024-04-30', kind: 'off' },
  { date: '2024-05-01', kind: 'off' },
  { date: '2024-05-11', kind: 'work' },
  { date: '2024-05-12', kind: 'off' },
];

/** Dossiers of every state of four agencies, and real procedures that they publish. */
export function sampleRows(counts: { readonly dossiers: number; readonly procedures: number }): HouseRows {
  return {
    dossiers: randomDossiers(counts.dossiers, 11),
    procedures: spread(readRegisteredProcedures(), counts.procedures).map(publishedBySample),
    agencies: houseAgencies(AGENCIES),
    holidays: HOLIDAYS,
  };
}

/** So many of them, from the first to the last. */
function spread<Item>(items: readonly Item[], count: number): readonly Item[] {
  const step = Math.max(1, Math.floor(items.length / count));
  return items.filter((_, i) => i % step === 0).slice(0, count);
}

/** Every seventh procedure went over to another agency on a day. */
function publishedBySample(procedure: ProcedureRecord, i: number): ProcedureRecord {
  const [agency = '', next = ''] = [AGENCIES[i % 4], AGENCIES[(i + 1) % 4]];
  const own = { agency, validFrom: i % 5 === 0 ? '2021-01-01' : null, implementingAgencies: [] };
  const competences =
    i % 7 === 0
      ? [
          { ...own, validTo: '2024-02-29' },
          { agency: next, validFrom: '2024-03-01', validTo: null, implementingAgencies: [] },
        ]
      : [{ ...own, validTo: null }];
  return { ...procedure, competences };
}
