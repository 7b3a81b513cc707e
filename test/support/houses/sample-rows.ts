import type { Holiday } from '../../../schema/calendar';
import type { ProcedureRecord } from '../../../subgraphs/sources/catalogue/procedure-record';
import { sampleDossier } from '../dossier-layouts';
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

const step = (unit: string | null) => ({ at: '2024-06-03T01:00:00.000Z', status: 2, unit, dueAt: null });

/** Codes that look like numbers or markup, moments on the edge of a day or a year, letters in decomposed form, spaces around words. */
const ODD_DOSSIERS = [
  sampleDossier({ code: 'Hồ sơ/1', steps: [step(' Phòng một cửa ')] }),
  sampleDossier({
    code: 'Hồ sơ/2',
    procedure: '9.000002',
    field: 'Hoà giải'.normalize('NFD'),
    steps: [step('Tổ hoà giải'.normalize('NFD'))],
  }),
  sampleDossier({ code: 'Hồ sơ/3', procedure: null, field: null, steps: [step(null)] }),
  sampleDossier({
    code: '000123',
    aliases: ['0045'],
    receivedAt: '2024-06-02T17:00:00.000Z',
    dueAt: '2024-06-30T16:59:59.000Z',
    steps: [step(`D'Artagnan; "x", <b>&amp;`)],
  }),
  sampleDossier({ code: '1e5', aliases: ['1.0'], receivedAt: '2024-02-28T17:00:00.000Z' }),
  sampleDossier({ code: `A&B <c> "d" 'e'`, receivedAt: '2023-12-31T16:59:59.000Z' }),
];

/** Dossiers of every state of four agencies, some of them odd, and real procedures that they publish. */
export function sampleRows(counts: { readonly dossiers: number; readonly procedures: number }): HouseRows {
  return {
    dossiers: [...randomDossiers(counts.dossiers, 11), ...ODD_DOSSIERS],
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
