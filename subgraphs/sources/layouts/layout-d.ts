import { type DossierMapping, parseDossierMapping } from '../dossiers/dossier-mapping';

export interface LayoutDOptions {
  /** The text of govAgencyCode, in whichever notation the system has it → canonical agency code. */
  readonly agencies: Readonly<Record<string, string>>;
}

/**
 * The words of dossierStatus with their national number. "new" is 2 and "receiving" is 1: the same word does
 * not mean the same state everywhere. Where two words share a number the first is the one to write.
 */
export const LAYOUT_D_STATUS_WORDS: readonly (readonly [word: string, status: number])[] = [
  ['interoperating', 0],
  ['posting', 0],
  ['receiving', 1],
  ['new', 2],
  ['denied', 3],
  ['processing', 4],
  ['waiting', 5],
  ['paying', 6],
  ['cancelled', 7],
  ['unresolved', 8],
  ['releasing', 9],
  ['done', 10],
];

/** OpenCPS: English camel case, epoch milliseconds, statuses in words, steps but no record of supplements. */
export function layoutDMapping({ agencies }: LayoutDOptions): DossierMapping {
  const date = (column: string) => ({ column, format: 'epoch-ms' });
  const words = LAYOUT_D_STATUS_WORDS.map(([word, status]) => ({ when: [word], status }));
  return parseDossierMapping({
    table: 'opencps_dossier',
    code: 'dossierNo',
    aliases: ['referenceUid', 'registerBookCode'],
    procedure: { column: 'serviceCode' },
    field: {
      column: 'serviceCode',
      through: [{ table: 'opencps_serviceinfo', match: 'serviceCode', value: 'domainName' }],
    },
    receivingAgency: { column: 'govAgencyCode', values: agencies },
    handlingAgency: { column: 'processAgencyCode', values: agencies },
    status: { columns: ['dossierStatus'], values: words },
    channel: {
      column: 'submissionMethod',
      type: 'number',
      values: { '0': 'DIRECT', '1': 'ONLINE', '2': 'POSTAL' },
    },
    dates: {
      submitted: date('submitDate'),
      received: date('receiveDate'),
      due: date('dueDate'),
      finished: date('releaseDate'),
      returned: date('finishDate'),
      refused: date('cancellingDate'),
    },
    deleted: { column: 'removed', type: 'number', values: [1] },
    synthetic: { column: 'sampleData', type: 'number', values: [1] },
    supplements: null,
    steps: {
      table: 'opencps_dossieraction',
      dossier: 'dossierId',
      refersTo: 'dossierId',
      at: date('createDate'),
      status: { columns: ['dossierStatus'], values: words },
      unit: 'stepUnit',
      dueAt: date('dueDate'),
    },
  });
}

/** The tables of a new, empty system. Load the rows first, then create {@link LAYOUT_D_INDEXES}. */
export const LAYOUT_D_TABLES: readonly string[] = [
  `CREATE TABLE opencps_dossier (
    dossierId INTEGER PRIMARY KEY,
    dossierNo TEXT NOT NULL,
    referenceUid TEXT,
    registerBookCode TEXT,
    serviceCode TEXT,
    serviceName TEXT,
    govAgencyCode TEXT NOT NULL,
    govAgencyName TEXT,
    processAgencyCode TEXT,
    applicantName TEXT,
    applicantIdType TEXT,
    applicantIdNo TEXT,
    contactEmail TEXT,
    contactTelNo TEXT,
    submissionMethod INTEGER,
    submitDate INTEGER,
    receiveDate INTEGER,
    dueDate INTEGER,
    releaseDate INTEGER,
    finishDate INTEGER,
    cancellingDate INTEGER,
    dossierStatus TEXT,
    dossierSubStatus TEXT,
    viaPostal INTEGER,
    sampleData INTEGER NOT NULL DEFAULT 0,
    removed INTEGER NOT NULL DEFAULT 0
  )`,
  `CREATE TABLE opencps_dossieraction (
    dossierActionId INTEGER PRIMARY KEY,
    dossierId INTEGER NOT NULL,
    createDate INTEGER NOT NULL,
    dossierStatus TEXT,
    stepUnit TEXT,
    dueDate INTEGER,
    actionUser TEXT,
    actionNote TEXT
  )`,
  `CREATE TABLE opencps_serviceinfo (serviceCode TEXT PRIMARY KEY, serviceName TEXT, domainName TEXT)`,
];

export const LAYOUT_D_INDEXES: readonly string[] = [
  'CREATE UNIQUE INDEX dossier_no ON opencps_dossier (dossierNo)',
  'CREATE INDEX dossier_uid ON opencps_dossier (referenceUid) WHERE referenceUid IS NOT NULL',
  'CREATE INDEX dossier_book ON opencps_dossier (registerBookCode) WHERE registerBookCode IS NOT NULL',
  'CREATE INDEX dossier_received ON opencps_dossier (receiveDate)',
  'CREATE INDEX dossier_due ON opencps_dossier (dueDate, releaseDate)',
  'CREATE INDEX dossier_agency_received ON opencps_dossier (govAgencyCode, receiveDate)',
  'CREATE INDEX dossier_agency_due ON opencps_dossier (govAgencyCode, dueDate, releaseDate)',
  'CREATE INDEX dossier_status_received ON opencps_dossier (dossierStatus, receiveDate)',
  'CREATE INDEX dossier_service ON opencps_dossier (serviceCode)',
  'CREATE INDEX action_dossier ON opencps_dossieraction (dossierId)',
];
