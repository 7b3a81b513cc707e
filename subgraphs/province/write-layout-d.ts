import { LAYOUT_D_STATUS_WORDS } from '../sources/layouts/layout-d';
import { insertStatement, requireKnown, type DossierWriter, type DossierWriterParts } from './dossier-writer';
import type { SyntheticDossier } from './synthetic-dossier';

const CHANNELS = { DIRECT: 0, ONLINE: 1, POSTAL: 2 } as const;

const DOSSIER_COLUMNS = [
  'dossierId',
  'dossierNo',
  'referenceUid',
  'serviceCode',
  'serviceName',
  'govAgencyCode',
  'govAgencyName',
  'processAgencyCode',
  'applicantName',
  'submissionMethod',
  'submitDate',
  'receiveDate',
  'dueDate',
  'releaseDate',
  'finishDate',
  'cancellingDate',
  'dossierStatus',
  'viaPostal',
  'sampleData',
];

/** The system writes agencies in the notation of 2016; a hand-typed one of 2020 means the same. */
export function layoutDAgencyCodes(agencies: DossierWriterParts['agencies']): Record<string, string> {
  return Object.fromEntries(
    agencies.flatMap(({ code, formerCode }) => [
      [formerCode, code],
      [code, code],
    ]),
  );
}

export function createLayoutDWriter({ database, agencies }: DossierWriterParts): DossierWriter {
  const known = new Map(agencies.map((agency) => [agency.code, agency]));
  const procedures = new Set<string>();
  let id = 0;
  const insertDossier = database.prepare(insertStatement('opencps_dossier', DOSSIER_COLUMNS));
  const insertStep = database.prepare(
    insertStatement('opencps_dossieraction', [
      'dossierId',
      'createDate',
      'dossierStatus',
      'stepUnit',
      'dueDate',
    ]),
  );
  const insertProcedure = database.prepare(
    insertStatement('opencps_serviceinfo', ['serviceCode', 'serviceName', 'domainName']),
  );

  function writeProcedure({ procedureCode, procedureName, field }: SyntheticDossier): void {
    if (procedures.has(procedureCode)) return;
    procedures.add(procedureCode);
    insertProcedure.run(procedureCode, procedureName, field);
  }

  return {
    write(dossier) {
      writeProcedure(dossier);
      id += 1;
      const receiver = requireKnown(known, dossier.receivingAgency);
      insertDossier.run(
        id,
        dossier.code,
        dossier.aliases[0] ?? null,
        dossier.procedureCode,
        dossier.procedureName,
        receiver.formerCode,
        receiver.name,
        requireKnown(known, dossier.handlingAgency).formerCode,
        dossier.applicant,
        CHANNELS[dossier.channel],
        Date.parse(dossier.submittedAt),
        epochOrNull(dossier.receivedAt),
        epochOrNull(dossier.dueAt),
        epochOrNull(dossier.finishedAt),
        epochOrNull(dossier.returnedAt),
        epochOrNull(dossier.refusedAt),
        statusWord(dossier.status),
        dossier.channel === 'POSTAL' ? 1 : 0,
        1,
      );
      for (const { at, status, unit, dueAt } of dossier.steps) {
        insertStep.run(id, Date.parse(at), statusWord(status), unit, epochOrNull(dueAt));
      }
    },
  };
}

const WORDS = Array.from(
  { length: 11 },
  (_, number) => LAYOUT_D_STATUS_WORDS.find(([, status]) => status === number)?.[0] ?? null,
);

function statusWord(status: number): string | null {
  return WORDS[status] ?? null;
}

function epochOrNull(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant);
}
