import { SOURCE_PROBLEM_CODES } from '../../sources/source-problem';

/** error: rows are not served, or the system cannot work; warning: a value is lost, or figures are wrong; note: worth knowing. */
export const SEVERITIES = ['error', 'warning', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Of the system as a whole, beside those of SourceProblem. */
const SYSTEM_CODES = ['SECRET_MISSING', 'CHECK_FAILED'] as const;

const ROW_CODES = [
  'NO_CODE',
  'DUPLICATE_CODE',
  'ALIAS_IS_ANOTHERS_CODE',
  'AGENCY_UNKNOWN',
  'HANDLING_AGENCY_UNKNOWN',
  'AGENCY_NOT_IN_DIRECTORY',
  'AGENCY_WITHOUT_DOSSIERS',
  'STATUS_UNMAPPED',
  'CHANNEL_UNMAPPED',
  'PROCEDURE_UNKNOWN',
  'PROCEDURE_DOUBTFUL',
  'PROCEDURE_MISSING',
  'NO_CATALOGUE',
  'NO_RECEIVED_DATE',
  'NO_DUE_DATE',
  'ENDED_WITHOUT_DATE',
  'FINISHED_BEFORE_RECEIVED',
  'DUE_BEFORE_RECEIVED',
  'RETURNED_BEFORE_FINISHED',
  'RECEIVED_IN_FUTURE',
  'DUE_ON_DAY_OFF',
  'CALENDAR_TOO_SHORT',
  'DATE_OUT_OF_BOUNDS',
  'DATE_UNREADABLE',
  'NUMBER_UNREADABLE',
  'EXPRESSION_FAILED',
  'ROW_UNREADABLE',
  'ROWS_DELETED',
  'SUPPLEMENT_WITHOUT_DOSSIER',
  'STEP_WITHOUT_DOSSIER',
  'PROCEDURE_DUPLICATE',
  'PROCEDURE_AGENCY_UNKNOWN',
] as const;

const SPEED_CODES = ['QUERY_SLOW', 'QUERY_SCANS', 'INDEX_MISSING', 'QUERY_FAILED'] as const;

/** Codes are API: they are in the JSON that a province's own scripts read. */
export const FINDING_CODES = [
  ...SOURCE_PROBLEM_CODES,
  ...SYSTEM_CODES,
  ...ROW_CODES,
  ...SPEED_CODES,
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];
