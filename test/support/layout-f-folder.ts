import { join } from 'node:path';
import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import type { ProcedureRecord, ProcessingTime } from '../../subgraphs/sources/catalogue/procedure-record';
import { publishedProcedures, type PublishedProcedure } from '../../subgraphs/province/services/served-rows';
import type { SampleDossier } from './dossier-layouts';

/** The mappings of what is written here are test/fixtures/mappings/layout-f-dossiers.yaml and layout-f-catalogue.yaml. */
export interface LayoutFContents {
  readonly dossiers?: readonly SampleDossier[];
  /** Names of agencies are "Sở " and their code. */
  readonly catalogue?: readonly ProcedureRecord[];
}

/** Workbooks of layout F as officers keep them: titles above, merged headers of two lines, groups, totals, notes below. */
export async function writeLayoutFFolder(folder: string, contents: LayoutFContents): Promise<void> {
  const { dossiers, catalogue } = contents;
  if (dossiers !== undefined)
    await writeExcelFile(dossierSheet(dossiers), { sheet: 'T6-2024' }).toFile(join(folder, 'hoso-2024.xlsx'));
  if (catalogue !== undefined)
    await writeExcelFile(catalogueSheet(catalogue), { sheet: 'TTHC2-CAPXA' }).toFile(
      join(folder, 'TTHC.xlsx'),
    );
}

export const STATUS_WORDS = [
  'Đang chuyển',
  'Mới đăng ký',
  'Được tiếp nhận',
  'Không được tiếp nhận',
  'Đang xử lý',
  'Yêu cầu bổ sung giấy tờ',
  'Yêu cầu thực hiện nghĩa vụ tài chính',
  'Công dân yêu cầu rút hồ sơ',
  'Dừng xử lý',
  'Đã xử lý xong',
  'Đã trả kết quả',
] as const;

export const CHANNEL_WORDS = {
  DIRECT: 'Trực tiếp',
  ONLINE: 'Trực tuyến',
  POSTAL: 'Bưu chính công ích',
} as const;

const LOCAL_OFFSET_MS = 7 * 3_600_000;
const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII', 'XIII', 'XIV', 'XV'];
const DOSSIER_WIDTH = 15;

export function dossierSheet(dossiers: readonly SampleDossier[]): SheetData {
  const groups = [...Map.groupBy(dossiers, ({ field }) => field)];
  // Rows without a field stand above the first group: nothing below it is without one.
  groups.sort(([a], [b]) => Number(a !== null) - Number(b !== null));
  let number = 0;
  let group = 0;
  return [
    [wide('DANH SÁCH HỒ SƠ TIẾP NHẬN VÀ TRẢ KẾT QUẢ', DOSSIER_WIDTH)],
    [],
    [
      ...['STT', 'Mã hồ sơ', 'Số biên nhận', 'Mã TTHC'].map(tall),
      wide('Cơ quan', 2),
      null,
      ...['Trạng thái', 'Hình thức nộp'].map(tall),
      wide('Ngày', 6),
      ...Array<null>(5).fill(null),
      tall('Giả định'),
    ],
    [
      ...Array<null>(4).fill(null),
      'Tiếp nhận',
      'Giải quyết',
      null,
      null,
      ...['Nộp', 'Tiếp nhận', 'Hẹn trả', 'Xử lý xong', 'Trả kết quả', 'Từ chối'],
    ],
    ...groups.flatMap(([field, rows]) => [
      ...(field === null ? [] : [[wide(`${ROMAN[group++] ?? 'L'}. ${field}`, DOSSIER_WIDTH)]]),
      ...rows.map((row) => dossierCells(row, ++number)),
    ]),
    [{ value: 'Tổng cộng', columnSpan: 2 }, null, number],
    [],
    ['Ghi chú: ngày theo giờ Việt Nam'],
  ];
}

function dossierCells(dossier: SampleDossier, number: number): SheetData[number] {
  const { code, aliases, procedure, status, channel, isSynthetic } = dossier;
  return [
    number,
    code,
    aliases[0] ?? null,
    procedure,
    agencyName(dossier.receivingAgency),
    agencyName(dossier.handlingAgency),
    status === null ? '??' : (STATUS_WORDS[status] ?? null),
    channel && CHANNEL_WORDS[channel],
    ...[dossier.submittedAt, dossier.receivedAt, dossier.dueAt].map(instant),
    ...[dossier.finishedAt, dossier.returnedAt, dossier.refusedAt].map(instant),
    isSynthetic ? 'x' : null,
  ];
}

const LEVEL_WORDS = {
  MINISTRY: 'Cấp Bộ',
  PROVINCE: 'Cấp Tỉnh',
  DISTRICT: 'Cấp Huyện',
  COMMUNE: 'Cấp Xã',
  OTHER: 'Cơ quan khác',
} as const;
const CATALOGUE_CHANNEL_WORDS = {
  DIRECT: 'Trực tiếp',
  ONLINE: 'Trực tuyến',
  POSTAL: 'Dịch vụ bưu chính',
} as const;
const UNIT_WORDS = {
  WORKING_DAY: 'Ngày làm việc',
  CALENDAR_DAY: 'Ngày',
  HOUR: 'Giờ',
  MONTH: 'Tháng',
  UNIT_MISSING: null,
} as const;
const ONLINE_WORDS = { FULL: 'Toàn trình', PARTIAL: 'Một phần' } as const;

export function catalogueSheet(records: readonly ProcedureRecord[]): SheetData {
  return [
    [
      ...['STT', 'Mã TTHC', 'Mã địa phương', 'Tên TTHC', 'Số quyết định', 'Ngày QĐ', 'Lĩnh vực'].map(tall),
      ...['Cấp thực hiện', 'Đối tượng', 'Loại cơ quan'].map(tall),
      wide('Cơ quan', 2),
      null,
      ...['Cách thức thực hiện', 'Căn cứ pháp lý', 'Kết quả', 'Mức độ', 'Có trực tuyến'].map(tall),
      wide('Thời hạn', 6),
      ...Array<null>(5).fill(null),
      wide('Phí', 2),
      null,
      ...['Thời kỳ', 'Nguồn', 'Độ chắc chắn', 'Ghi chú', 'Trạng thái'].map(tall),
      wide('Hiệu lực', 2),
      null,
    ],
    [
      ...Array<null>(10).fill(null),
      ...['Công bố', 'Thực hiện', null, null, null, null, null],
      ...['Số', 'Đơn vị', 'Ngày làm việc', 'Trực tiếp', 'Trực tuyến', 'Bưu chính', 'Từ', 'Đến'],
      ...[null, null, null, null, null, 'Từ', 'Đến'],
    ],
    ...publishedProcedures(records).map(procedureCells),
  ];
}

function procedureCells(
  { procedure: record, competence }: PublishedProcedure,
  index: number,
): SheetData[number] {
  const channelTime = (wanted: string) =>
    phrase(record.channels.find(({ channel }) => channel === wanted)?.time ?? null);
  return [
    index + 1,
    record.code,
    yesOrNo(record.hasLocalCode),
    record.name,
    record.decision,
    null,
    record.field,
    record.levels.map((level) => LEVEL_WORDS[level]).join(record.isEitherLevel ? '/' : '; ') || null,
    record.applicants,
    record.agencyKind,
    agencyName(competence.agency),
    record.performingAgency,
    record.channels.map(({ channel }) => CATALOGUE_CHANNEL_WORDS[channel]).join('; ') || null,
    record.legalBasis.join('; ') || null,
    record.result,
    record.onlineLevel && ONLINE_WORDS[record.onlineLevel],
    record.isOnlineAvailable === null ? null : yesOrNo(record.isOnlineAvailable),
    record.time?.value ?? null,
    record.time && UNIT_WORDS[record.time.unit],
    record.workingDays,
    channelTime('DIRECT'),
    channelTime('ONLINE'),
    channelTime('POSTAL'),
    record.fee?.minVnd ?? null,
    record.fee?.maxVnd ?? null,
    record.era,
    record.source,
    record.certainty,
    record.note,
    'Còn hiệu lực',
    ...[competence.validFrom, competence.validTo].map(day),
  ];
}

/** "5 Ngày làm việc" */
function phrase(time: ProcessingTime | null): string | null {
  return time && [time.value, UNIT_WORDS[time.unit]].filter((part) => part !== null).join(' ');
}

function yesOrNo(value: boolean): string {
  return value ? 'Có' : 'Không';
}

function agencyName(code: string | null): string | null {
  return code === null ? null : `Sở ${code}`;
}

/** A day of Excel has no zone: it is written as the clock of Asia/Ho_Chi_Minh shows it. */
function instant(iso: string | null) {
  if (iso === null) return null;
  return { value: new Date(Date.parse(iso) + LOCAL_OFFSET_MS), format: 'dd/mm/yyyy hh:mm:ss' };
}

function day(text: string | null) {
  return text === null ? null : { value: new Date(`${text}T00:00:00Z`), format: 'dd/mm/yyyy' };
}

function tall(value: string) {
  return { value, rowSpan: 2 };
}

function wide(value: string, columnSpan: number) {
  return { value, columnSpan };
}
