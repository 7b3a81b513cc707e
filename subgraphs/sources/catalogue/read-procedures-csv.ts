import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type {
  Channel,
  Competence,
  OnlineLevel,
  ProcedureChannel,
  ProcedureLevel,
  ProcedureRecord,
  ProcessingTime,
  TimeUnit,
} from './procedure-record';

/** The contents (not the paths) of the registered data files. */
export interface ProcedureFiles {
  readonly procedures: string;
  readonly agencies: string;
  readonly agencyCodes: string;
}

const REORGANISATION = { lastDay: '2025-02-28', firstDay: '2025-03-01' };
const TWO_TIERS = { lastDay: '2025-06-30', firstDay: '2025-07-01' };

/** The snapshot does not say which of the two levels handled it: never an agency. */
const DISTRICT_OR_COMMUNE = 'huyen_or_xa';
const COMMUNES_OF_2025 = 'xa';
const PROVINCE = 'ubnd-tinh';
const PROVINCE_OF_2025 = 'ubnd-tp-hai-phong';

const LEVEL_WORDS: Readonly<Record<string, ProcedureLevel>> = {
  bộ: 'MINISTRY',
  tỉnh: 'PROVINCE',
  huyện: 'DISTRICT',
  xã: 'COMMUNE',
  'cơ quan khác': 'OTHER',
};
const CHANNEL_WORDS: Readonly<Record<string, Channel>> = {
  direct: 'DIRECT',
  online: 'ONLINE',
  postal: 'POSTAL',
};
const UNIT_WORDS: Readonly<Record<string, TimeUnit>> = {
  working_day: 'WORKING_DAY',
  calendar_day: 'CALENDAR_DAY',
  hour: 'HOUR',
  month: 'MONTH',
  unit_missing_in_source: 'UNIT_MISSING',
};
const ONLINE_LEVEL_WORDS: Readonly<Record<string, OnlineLevel>> = {
  'toàn trình': 'FULL',
  'một phần': 'PARTIAL',
};

const procedureRow = z.object({
  code: z.string(),
  name_vi: z.string().min(1),
  field_vi: z.string(),
  level: z.string(),
  agency_2020: z.string().min(1),
  agency_2025: z.string().min(1),
  agency_kind: z.string(),
  performing_agency_raw: z.string(),
  channels: z.string(),
  time_value: z.string(),
  time_unit: z.string(),
  time_online: z.string(),
  time_direct: z.string(),
  time_postal: z.string(),
  processing_days_working: z.string(),
  fee_vnd_min: z.string(),
  fee_vnd_max: z.string(),
  online_available: z.enum(['yes', 'no', '']),
  online_level: z.string(),
  legal_basis: z.string(),
  decision_no: z.string(),
  result_vi: z.string(),
  applicant_vi: z.string(),
  era: z.string(),
  source: z.string(),
  certainty: z.string(),
  note: z.string(),
});
type ProcedureRow = z.infer<typeof procedureRow>;

const agencyRow = z.object({ key: z.string(), level: z.string(), valid_to: z.string() });
const agencyCodeRow = z.object({ agency_key: z.string(), scheme: z.string(), code: z.string() });

/**
 * The registered procedures, in file order. Throws on a word or an agency key it does not know, naming it. Rows without a
 * national code get `H23-LOCAL-0001`… in file order, so a code is stable as long as such rows are only appended.
 */
export function readProceduresCsv(files: ProcedureFiles): ProcedureRecord[] {
  const agencies = readAgencies(files);
  let localCodes = 0;
  return readRows(files.procedures, procedureRow).map((row) => {
    const hasLocalCode = row.code === '';
    if (hasLocalCode) localCodes += 1;
    const code = hasLocalCode
      ? `${agencies.codeOf(PROVINCE)}-LOCAL-${String(localCodes).padStart(4, '0')}`
      : row.code;
    return toRecord(row, { code, hasLocalCode, competences: toCompetences(row, agencies) });
  });
}

interface Agencies {
  codeOf(key: string): string;
  lastDayOf(key: string): string | null;
  readonly districtCommittees: readonly string[];
}

function readAgencies({ agencies, agencyCodes }: ProcedureFiles): Agencies {
  const codes = new Map(
    readRows(agencyCodes, agencyCodeRow)
      .filter(({ scheme }) => scheme === 'QD_20_2020')
      .map(({ agency_key: key, code }) => [key, code]),
  );
  const rows = readRows(agencies, agencyRow);
  const lastDays = new Map(rows.map(({ key, valid_to: lastDay }) => [key, lastDay]));
  const codeOf = (key: string): string => {
    const code = codes.get(key);
    if (code === undefined) throw new Error(`procedures.csv names the agency "${key}", which has no code`);
    return code;
  };
  return {
    codeOf,
    lastDayOf: (key) => lastDays.get(key) || null,
    districtCommittees: rows.filter(({ level }) => level === 'district').map(({ key }) => codeOf(key)),
  };
}

function readRows<Row>(csv: string, schema: z.ZodType<Row>): Row[] {
  // csv-parse with `columns` yields one object per line; zod checks what is in it.
  const rows: unknown = parse(csv, { columns: true, bom: true });
  return z.array(schema).parse(rows);
}

function toCompetences(row: ProcedureRow, agencies: Agencies): Competence[] {
  const { agency_2020: before, agency_2025: after } = row;
  if (before === after) return [competence(before, null, null, agencies)];
  const change = after === COMMUNES_OF_2025 ? TWO_TIERS : REORGANISATION;
  return [
    competence(before, null, earlier(change.lastDay, agencies.lastDayOf(before)), agencies),
    competence(after, change.firstDay, null, agencies),
  ];
}

/** Five procedures pass from a department to the communes; where it ended before them, nobody is known in between. */
function earlier(day: string, lastDay: string | null): string {
  return lastDay !== null && lastDay < day ? lastDay : day;
}

/** What many committees of one kind carry out is published once, by the committee of the province. */
function competence(
  key: string,
  validFrom: string | null,
  validTo: string | null,
  agencies: Agencies,
): Competence {
  switch (key) {
    case DISTRICT_OR_COMMUNE:
      return {
        agency: agencies.codeOf(PROVINCE),
        validFrom,
        validTo,
        implementingAgencies: agencies.districtCommittees,
      };
    case COMMUNES_OF_2025:
      return {
        agency: agencies.codeOf(PROVINCE_OF_2025),
        validFrom,
        validTo,
        implementingAgencies: [agencies.codeOf(COMMUNES_OF_2025)],
      };
    default:
      return { agency: agencies.codeOf(key), validFrom, validTo, implementingAgencies: [] };
  }
}

function toRecord(
  row: ProcedureRow,
  identity: Pick<ProcedureRecord, 'code' | 'hasLocalCode' | 'competences'>,
): ProcedureRecord {
  return {
    code: identity.code,
    hasLocalCode: identity.hasLocalCode,
    name: row.name_vi,
    field: textOrNull(row.field_vi),
    levels:
      row.level === '' ? [] : row.level.split(/[,/]\s*/).map((word) => look(LEVEL_WORDS, word.toLowerCase())),
    isEitherLevel: row.level.includes('/'),
    agencyKind: textOrNull(row.agency_kind),
    performingAgency: textOrNull(row.performing_agency_raw),
    channels: row.channels === '' ? [] : row.channels.split('|').map((word) => toChannel(word, row)),
    time: row.time_value === '' ? null : toTime(`${row.time_value} ${row.time_unit}`),
    fee: row.fee_vnd_min === '' ? null : { minVnd: Number(row.fee_vnd_min), maxVnd: Number(row.fee_vnd_max) },
    workingDays: row.processing_days_working === '' ? null : Number(row.processing_days_working),
    isOnlineAvailable: row.online_available === '' ? null : row.online_available === 'yes',
    onlineLevel: row.online_level === '' ? null : look(ONLINE_LEVEL_WORDS, row.online_level),
    legalBasis: row.legal_basis === '' ? [] : row.legal_basis.split('; '),
    decision: textOrNull(row.decision_no),
    result: textOrNull(row.result_vi),
    applicants: textOrNull(row.applicant_vi),
    era: textOrNull(row.era),
    source: textOrNull(row.source),
    certainty: textOrNull(row.certainty),
    note: textOrNull(row.note),
    competences: identity.competences,
  };
}

function toChannel(word: string, row: ProcedureRow): ProcedureChannel {
  const channel = look(CHANNEL_WORDS, word);
  const times = { DIRECT: row.time_direct, ONLINE: row.time_online, POSTAL: row.time_postal };
  return { channel, time: times[channel] === '' ? null : toTime(times[channel]) };
}

function toTime(text: string): ProcessingTime {
  const [value = '', unit = ''] = text.split(' ');
  return { value: Number(value), unit: look(UNIT_WORDS, unit) };
}

function look<Value>(words: Readonly<Record<string, Value>>, word: string): Value {
  const value = words[word];
  if (value === undefined) throw new Error(`procedures.csv has the word "${word}", which is not known here`);
  return value;
}

function textOrNull(text: string): string | null {
  return text === '' ? null : text;
}
