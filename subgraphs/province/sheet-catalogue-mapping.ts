import type { WrittenAgency } from './dossier-writer';

/** The words of a catalogue in layout F (write-sheet-catalogue.ts). */
export const SHEET_NAME = 'TTHC';

export const LEVELS = {
  MINISTRY: 'Cấp Bộ',
  PROVINCE: 'Cấp Tỉnh',
  DISTRICT: 'Cấp Huyện',
  COMMUNE: 'Cấp Xã',
  OTHER: 'Cơ quan khác',
} as const;
export const CHANNELS = { DIRECT: 'Trực tiếp', ONLINE: 'Trực tuyến', POSTAL: 'Dịch vụ bưu chính' } as const;
export const UNITS = {
  WORKING_DAY: 'Ngày làm việc',
  CALENDAR_DAY: 'Ngày',
  HOUR: 'Giờ',
  MONTH: 'Tháng',
  UNIT_MISSING: '',
} as const;
export const ONLINE_LEVELS = { FULL: 'Toàn trình', PARTIAL: 'Một phần' } as const;

/** How such a workbook is read again: the `procedures` of a mapping. */
export function sheetCatalogueMapping(
  agencies: readonly WrittenAgency[],
  publishers: readonly string[],
): object {
  return {
    from: { files: '*.xlsx', sheets: SHEET_NAME },
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
