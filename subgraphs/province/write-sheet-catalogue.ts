import { writeFileSync } from 'node:fs';
import { utils, write } from '@e965/xlsx';
import type { ProcedureRecord, ProcessingTime } from '../sources/catalogue/procedure-record';
import { requireKnown, type WrittenAgency } from './dossier-writer';
import { publishedProcedures, type PublishedProcedure } from './services/served-rows';

const SHEET = 'TTHC';

const LEVELS = {
  MINISTRY: 'Cấp Bộ',
  PROVINCE: 'Cấp Tỉnh',
  DISTRICT: 'Cấp Huyện',
  COMMUNE: 'Cấp Xã',
  OTHER: 'Cơ quan khác',
} as const;
const CHANNELS = { DIRECT: 'Trực tiếp', ONLINE: 'Trực tuyến', POSTAL: 'Dịch vụ bưu chính' } as const;
const UNITS = {
  WORKING_DAY: 'Ngày làm việc',
  CALENDAR_DAY: 'Ngày',
  HOUR: 'Giờ',
  MONTH: 'Tháng',
  UNIT_MISSING: '',
} as const;
const ONLINE_LEVELS = { FULL: 'Toàn trình', PARTIAL: 'Một phần' } as const;

type Cell = string | number | null;

/** Layout F: the catalogue of an agency as a workbook, a line for each time that a procedure was somebody's. */
export function writeSheetCatalogue(
  file: string,
  procedures: readonly ProcedureRecord[],
  agencies: readonly WrittenAgency[],
): void {
  const names = new Map(agencies.map(({ code, name }) => [code, name]));
  const lines = publishedProcedures(procedures).map((published, place) => ({
    STT: place + 1,
    ...cellsOf(published, names),
  }));
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.json_to_sheet(lines), SHEET);
  // What the library gives for this type.
  writeFileSync(file, write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer);
}

function cellsOf(
  { procedure, competence }: PublishedProcedure,
  names: ReadonlyMap<string, string>,
): Readonly<Record<string, Cell>> {
  const channelTime = (wanted: string) =>
    phrase(procedure.channels.find(({ channel }) => channel === wanted)?.time ?? null);
  return {
    'Mã TTHC': procedure.code,
    'Mã địa phương': yesOrNo(procedure.hasLocalCode),
    'Tên TTHC': procedure.name,
    'Số quyết định': procedure.decision,
    'Lĩnh vực': procedure.field,
    'Cấp thực hiện':
      procedure.levels.map((level) => LEVELS[level]).join(procedure.isEitherLevel ? '/' : ';') || null,
    'Đối tượng': procedure.applicants,
    'Loại cơ quan': procedure.agencyKind,
    'Cơ quan công bố': requireKnown(names, competence.agency),
    'Hiệu lực từ': competence.validFrom?.split('-').reverse().join('/') ?? null,
    'Hiệu lực đến': competence.validTo?.split('-').reverse().join('/') ?? null,
    'Cơ quan thực hiện': procedure.performingAgency,
    'Cách thức thực hiện': procedure.channels.map(({ channel }) => CHANNELS[channel]).join(';') || null,
    'Căn cứ pháp lý': procedure.legalBasis.join('; ') || null,
    'Kết quả': procedure.result,
    'Mức độ': procedure.onlineLevel && ONLINE_LEVELS[procedure.onlineLevel],
    'Có trực tuyến': procedure.isOnlineAvailable === null ? null : yesOrNo(procedure.isOnlineAvailable),
    'Thời hạn': procedure.time?.value ?? null,
    'Đơn vị thời hạn': procedure.time && UNITS[procedure.time.unit],
    'Số ngày làm việc': procedure.workingDays,
    'Thời hạn trực tiếp': channelTime('DIRECT'),
    'Thời hạn trực tuyến': channelTime('ONLINE'),
    'Thời hạn bưu chính': channelTime('POSTAL'),
    'Phí từ': procedure.fee?.minVnd ?? null,
    'Phí đến': procedure.fee?.maxVnd ?? null,
    'Thời kỳ': procedure.era,
    Nguồn: procedure.source,
    'Độ chắc chắn': procedure.certainty,
    'Ghi chú': procedure.note,
  };
}

/** "5 Ngày làm việc" */
function phrase(time: ProcessingTime | null): string | null {
  return time && `${time.value} ${UNITS[time.unit]}`.trimEnd();
}

function yesOrNo(value: boolean): string {
  return value ? 'Có' : 'Không';
}

/** How its lines are read again: the `procedures` of a mapping. */
export function sheetCatalogueMapping(
  agencies: readonly WrittenAgency[],
  publishers: readonly string[],
): object {
  return {
    from: { files: '*.xlsx', sheets: SHEET },
    columns: {
      code: 'Mã TTHC',
      name: 'Tên TTHC',
      hasLocalCode: 'Mã địa phương',
      field: 'Lĩnh vực',
      levels: 'Cấp thực hiện',
      agencyKind: 'Loại cơ quan',
      performingAgency: 'Cơ quan thực hiện',
      channels: 'Cách thức thực hiện',
      workingDays: 'Số ngày làm việc',
      isOnlineAvailable: 'Có trực tuyến',
      onlineLevel: 'Mức độ',
      legalBasis: 'Căn cứ pháp lý',
      decision: 'Số quyết định',
      result: 'Kết quả',
      applicants: 'Đối tượng',
      era: 'Thời kỳ',
      source: 'Nguồn',
      certainty: 'Độ chắc chắn',
      note: 'Ghi chú',
    },
    time: { kind: 'pair', value: 'Thời hạn', unit: 'Đơn vị thời hạn' },
    channelTimes: {
      DIRECT: 'Thời hạn trực tiếp',
      ONLINE: 'Thời hạn trực tuyến',
      POSTAL: 'Thời hạn bưu chính',
    },
    money: { kind: 'number', min: 'Phí từ', max: 'Phí đến' },
    words: {
      levels: LEVELS,
      channels: CHANNELS,
      timeUnits: {
        WORKING_DAY: UNITS.WORKING_DAY,
        CALENDAR_DAY: UNITS.CALENDAR_DAY,
        HOUR: UNITS.HOUR,
        MONTH: UNITS.MONTH,
      },
      onlineLevels: ONLINE_LEVELS,
      booleans: { true: 'Có', false: 'Không' },
    },
    publishedBy: {
      column: 'Cơ quan công bố',
      values: Object.fromEntries(
        agencies.filter(({ code }) => publishers.includes(code)).map(({ code, name }) => [name, code]),
      ),
    },
    validFrom: { column: 'Hiệu lực từ', format: 'vietnamese' },
    validTo: { column: 'Hiệu lực đến', format: 'vietnamese' },
  };
}
