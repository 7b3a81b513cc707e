import type { ProcedureRecord } from '../../../subgraphs/sources/catalogue/procedure-record';
import type { ServedDossier, ServedRows } from '../../../subgraphs/province/services/served-rows';
import { SAMPLE_PROCEDURES, type SampleDossier } from '../dossier-layouts';
import { randomDossiers } from '../random-dossiers';

export const SERVICE_AGENCIES = ['H23.X01', 'H23.X02', 'H23.X03', 'H23.X04'].map((code) => ({
  code,
  formerCode: `000.00.${code.slice(4)}.H23`,
  name: `Sở ${code}`,
}));

/** Rows that a test may change while a service serves them. */
export interface ChangingRows extends ServedRows {
  readonly all: ServedDossier[];
}

export function changingRows(dossiers: readonly ServedDossier[]): ChangingRows {
  const all = [...dossiers];
  return { all, dossiers: () => all, procedures: () => SERVICE_PROCEDURES, agencies: SERVICE_AGENCIES };
}

/** The same dossiers for the same seed, each changed at its own second of June 2024. */
export function serviceDossiers(count: number, seed = 7): readonly ServedDossier[] {
  return randomDossiers(count, seed).map((dossier, i) =>
    toServed(dossier, new Date(Date.parse('2024-06-01T00:00:00Z') + i * 60_000).toISOString()),
  );
}

export function toServed(dossier: SampleDossier, updatedAt: string): ServedDossier {
  const { procedure } = dossier;
  return { ...dossier, procedureName: procedure === null ? null : `Thủ tục ${procedure}`, updatedAt };
}

export const SERVICE_PROCEDURES: readonly ProcedureRecord[] = [...SAMPLE_PROCEDURES].map(
  ([code, field], i) => ({
    code,
    hasLocalCode: false,
    name: `Thủ tục ${code}`,
    field,
    levels: i % 2 === 0 ? ['PROVINCE'] : ['DISTRICT', 'COMMUNE'],
    isEitherLevel: false,
    agencyKind: null,
    performingAgency: null,
    channels: [
      { channel: 'DIRECT', time: null },
      { channel: 'ONLINE', time: null },
    ],
    time: i === 3 ? null : { value: 5 + i, unit: 'WORKING_DAY' },
    fee: i === 0 ? null : { minVnd: 50_000 * i, maxVnd: 50_000 * i },
    workingDays: 5 + i,
    isOnlineAvailable: null,
    onlineLevel: i % 2 === 0 ? 'FULL' : 'PARTIAL',
    legalBasis: ['Nghị định 61/2018/NĐ-CP'],
    decision: null,
    result: 'Giấy chứng nhận',
    applicants: null,
    era: null,
    source: null,
    certainty: null,
    note: null,
    competences: [
      {
        agency: 'H23.X01',
        validFrom: i === 1 ? '2024-01-01' : null,
        validTo: null,
        implementingAgencies: [],
      },
    ],
  }),
);
