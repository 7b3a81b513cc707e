import { writeFileSync } from 'node:fs';
import { utils, write } from '@e965/xlsx';
import type { ProcedureRecord, ProcessingTime } from '../sources/catalogue/procedure-record';
import { requireKnown, type WrittenAgency } from './dossier-writer';
import { CHANNELS, LEVELS, ONLINE_LEVELS, SHEET_NAME, UNITS } from './sheet-catalogue-mapping';
import { publishedProcedures, type PublishedProcedure } from './services/served-rows';

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
  utils.book_append_sheet(book, utils.json_to_sheet(lines), SHEET_NAME);
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
