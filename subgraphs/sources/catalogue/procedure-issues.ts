import type { ProcedureRecord } from './procedure-record';

/** What can be wrong with a procedure of the national data and be seen by a machine (domain.md 4.4). */
export const PROCEDURE_ISSUE_CODES = [
  'UNIT_MISSING',
  'FEE_SUSPECTED_DECIMAL',
  'FEE_SPREAD_SUSPICIOUS',
  'TIME_DIFFERS_BY_CHANNEL',
  'TIME_AND_FEE_RUN_TOGETHER',
  'NOTE_IN_NAME',
  'NAME_NOT_CLEAN',
  'CODE_MISSING',
] as const;
export type ProcedureIssueCode = (typeof PROCEDURE_ISSUE_CODES)[number];

export interface ProcedureIssue {
  readonly code: ProcedureIssueCode;
  /** Vietnamese, then English, with the value in question. */
  readonly detail: string;
}

/** Fees are whole đồng and no fee is this small: "100.000" was read as the decimal number 100. */
const SMALLEST_PLAUSIBLE_FEE_VND = 1_000;
/** Finds, never corrects. In the order of PROCEDURE_ISSUE_CODES, each code at most once. */
export function findProcedureIssues(record: ProcedureRecord): ProcedureIssue[] {
  const details: Readonly<Record<ProcedureIssueCode, string | null>> = {
    UNIT_MISSING: unitMissing(record),
    FEE_SUSPECTED_DECIMAL: feeSuspectedDecimal(record),
    FEE_SPREAD_SUSPICIOUS: feeSpreadSuspicious(record),
    TIME_DIFFERS_BY_CHANNEL: timeDiffersByChannel(record),
    TIME_AND_FEE_RUN_TOGETHER: timeAndFeeRunTogether(record),
    NOTE_IN_NAME: noteInName(record),
    NAME_NOT_CLEAN: nameNotClean(record),
    CODE_MISSING: codeMissing(record),
  };
  return PROCEDURE_ISSUE_CODES.flatMap((code) => {
    const detail = details[code];
    return detail === null ? [] : [{ code, detail }];
  });
}

function unitMissing({ time }: ProcedureRecord): string | null {
  if (time?.unit !== 'UNIT_MISSING') return null;
  return `Thời gian "${time.value}" không có đơn vị trong nguồn. The time "${time.value}" has no unit in the source.`;
}

function feeSuspectedDecimal({ fee, note }: ProcedureRecord): string | null {
  if (fee === null) return null;
  const suspected = [...new Set([fee.minVnd, fee.maxVnd])].filter(
    (vnd) => vnd > 0 && vnd < SMALLEST_PLAUSIBLE_FEE_VND,
  );
  // A small fee between the ends of the range is known only by the note of the reader who saw the source.
  const isNoted = note?.includes('fee below 1,000 VND') === true;
  if (suspected.length === 0 && !isNoted) return null;
  const amounts = suspected.length > 0 ? suspected.join(', ') : `${fee.minVnd}–${fee.maxVnd}`;
  return `Mức phí ${amounts} đồng có thể mất ba số 0. The fee of ${amounts} VND has probably lost a factor of 1,000.`;
}

/** The wrong value at one end and a right one at the other, as when only one channel's fee lost its zeros. */
function feeSpreadSuspicious({ fee }: ProcedureRecord): string | null {
  if (fee === null || fee.minVnd === 0) return null;
  if (fee.minVnd >= SMALLEST_PLAUSIBLE_FEE_VND || fee.maxVnd < SMALLEST_PLAUSIBLE_FEE_VND) return null;
  return `Mức phí từ ${fee.minVnd} đến ${fee.maxVnd} đồng. The fee ranges from ${fee.minVnd} to ${fee.maxVnd} VND.`;
}

function timeDiffersByChannel({ channels }: ProcedureRecord): string | null {
  const times = channels.flatMap(({ channel, time }) =>
    time === null ? [] : [{ channel, text: `${time.value} ${time.unit}` }],
  );
  if (new Set(times.map(({ text }) => text)).size < 2) return null;
  const all = times.map(({ channel, text }) => `${channel} ${text}`).join(', ');
  return `Thời gian khác nhau theo kênh: ${all}. The time differs by channel: ${all}.`;
}

/** The source text itself is not in the data; its reader left this note when it split the two by rule. */
function timeAndFeeRunTogether({ note, time, fee }: ProcedureRecord): string | null {
  if (note?.includes('time and fee run together') !== true) return null;
  const values = `${time?.value ?? ''}${fee?.maxVnd ?? ''}`;
  return `Thời gian và phí dính liền trong nguồn ("${values}"). Time and fee run together in the source ("${values}").`;
}

/**
 * An abolition or a replacement in brackets, or another procedure's code. The same words outside brackets are usually the
 * procedure's own subject ("Bãi bỏ đường ngang" abolishes a level crossing).
 */
const NOTE_IN_NAME =
  /\(\s*(?:đã\s+)?(?:bãi bỏ|thay bằng|thay thế|trùng|hết hiệu lực|không sử dụng|thủ tục sai)[^)]*\)?|trùng lặp mã|mã\s+\d{4,}|\b\d\.\d{6}\b/iu;

function noteInName({ name }: ProcedureRecord): string | null {
  const note = NOTE_IN_NAME.exec(name.normalize('NFC'))?.[0];
  if (note === undefined) return null;
  return `Tên chứa ghi chú "${note}". The name contains the note "${note}".`;
}

const NAME_FAULTS: readonly { readonly pattern: RegExp; readonly vi: string; readonly en: string }[] = [
  { pattern: /^[^\p{Ll}]*\p{Lu}[^\p{Ll}]*\p{Lu}[^\p{Ll}]*$/u, vi: 'viết hoa toàn bộ', en: 'all capitals' },
  { pattern: /[,;:.\s]$/u, vi: 'thừa dấu ở cuối', en: 'trailing punctuation' },
  {
    pattern: /^(\d+[.)]\s|[\s,;:.\-–+])/u,
    vi: 'thừa số hoặc dấu ở đầu',
    en: 'leading number or punctuation',
  },
  { pattern: /\.\.|\s{2,}|[\t\n\r]/u, vi: 'dấu hoặc khoảng trắng lặp', en: 'doubled punctuation or space' },
];

function nameNotClean({ name }: ProcedureRecord): string | null {
  const faults = NAME_FAULTS.filter(({ pattern }) => pattern.test(name));
  if (faults.length === 0) return null;
  const vi = faults.map((fault) => fault.vi).join(', ');
  const en = faults.map((fault) => fault.en).join(', ');
  return `Tên chưa sạch (${vi}). The name is not clean (${en}): "${name}".`;
}

function codeMissing({ hasLocalCode, code }: ProcedureRecord): string | null {
  if (!hasLocalCode) return null;
  return `Nguồn không có mã; mã địa phương là ${code}. The source has no code; ${code} is local.`;
}
