import { type DossierMapping, parseDossierMapping } from '../dossiers/dossier-mapping';

export interface LayoutBOptions {
  /** The name in TENCOQUANTIEPNHAN and TENCOQUANXULY, letter by letter → canonical agency code. */
  readonly agencies: Readonly<Record<string, string>>;
}

/** What the system writes where it has no date. */
export const LAYOUT_B_NO_DATE = '1753-01-01 00:00:00';

/** The words of TRANGTHAIHOSO by national status number. */
export const LAYOUT_B_STATUS_WORDS: readonly string[] = [
  'Đang chuyển liên thông',
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
];

/**
 * An older one-stop system: procedures and agencies by name, statuses in words, 1753 for no date, deletion
 * by a flag, no record of supplements or steps.
 */
export function layoutBMapping({ agencies }: LayoutBOptions): DossierMapping {
  const date = (column: string) => ({ column, format: 'local-text', nullAs: LAYOUT_B_NO_DATE });
  const catalogue = { table: 'cmon_thutuchanhchinh', match: 'TEN' };
  return parseDossierMapping({
    table: 'cmon_hosotthccong',
    code: 'MASOHOSO',
    aliases: ['MASOBIENNHAN'],
    procedure: { column: 'TENTHUTUCHANHCHINH', through: [{ ...catalogue, value: 'MA' }] },
    field: {
      column: 'TENTHUTUCHANHCHINH',
      through: [
        { ...catalogue, value: 'NHOMTHUTUCHANHCHINHID' },
        { table: 'cmon_nhomthutuchanhchinh', match: 'ID', value: 'TEN' },
      ],
    },
    receivingAgency: { column: 'TENCOQUANTIEPNHAN', values: agencies },
    handlingAgency: { column: 'TENCOQUANXULY', values: agencies },
    status: {
      columns: ['TRANGTHAIHOSO'],
      values: LAYOUT_B_STATUS_WORDS.map((word, status) => ({ when: [word], status })),
    },
    channel: {
      column: 'HINHTHUCNOP',
      values: { 'Trực tiếp': 'DIRECT', 'Trực tuyến': 'ONLINE', 'Bưu chính công ích': 'POSTAL' },
    },
    dates: {
      submitted: date('NGAYNOPHOSO'),
      received: date('NGAYNHANHOSO'),
      due: date('NGAYHENTRAKETQUA'),
      finished: date('NGAYXULYXONG'),
      returned: date('NGAYTRAKETQUA'),
      refused: date('NGAYTUCHOI'),
    },
    deleted: { column: 'DAXOA', type: 'number', values: [1] },
    synthetic: { column: 'DULIEUMAU', type: 'number', values: [1] },
    supplements: null,
    steps: null,
  });
}

/** The tables of a new, empty system. Load the rows first, then create {@link LAYOUT_B_INDEXES}. */
export const LAYOUT_B_TABLES: readonly string[] = [
  `CREATE TABLE cmon_hosotthccong (
    ID DOUBLE PRIMARY KEY,
    MASOHOSO TEXT NOT NULL,
    MASOBIENNHAN TEXT,
    TENTHUTUCHANHCHINH TEXT,
    HOTENNGUOINOPHOSO TEXT,
    CHUSOHUU TEXT,
    DIACHITHUONGTRUNGUOINOP TEXT,
    CMNDNGUOINHAN TEXT,
    HINHTHUCNOP TEXT,
    NGAYNOPHOSO TEXT NOT NULL DEFAULT '${LAYOUT_B_NO_DATE}',
    NGAYNHANHOSO TEXT NOT NULL DEFAULT '${LAYOUT_B_NO_DATE}',
    NGAYHENTRAKETQUA TEXT NOT NULL DEFAULT '${LAYOUT_B_NO_DATE}',
    NGAYXULYXONG TEXT NOT NULL DEFAULT '${LAYOUT_B_NO_DATE}',
    NGAYTRAKETQUA TEXT NOT NULL DEFAULT '${LAYOUT_B_NO_DATE}',
    NGAYTUCHOI TEXT NOT NULL DEFAULT '${LAYOUT_B_NO_DATE}',
    NGAYBOSUNG TEXT NOT NULL DEFAULT '${LAYOUT_B_NO_DATE}',
    TRANGTHAIHOSO TEXT,
    LOAIHOSO TEXT,
    SONGAYXULY TEXT,
    LEPHI TEXT,
    PHIHOSO TEXT,
    TRICHYEU TEXT,
    TENCOQUANTIEPNHAN TEXT NOT NULL,
    TENCOQUANXULY TEXT,
    TENCANBOTIEPNHAN TEXT,
    DULIEUMAU INTEGER NOT NULL DEFAULT 0,
    DAXOA INTEGER NOT NULL DEFAULT 0
  )`,
  `CREATE TABLE cmon_thutuchanhchinh (
    MA TEXT,
    TEN TEXT NOT NULL,
    SONGAYXULY TEXT,
    NHOMTHUTUCHANHCHINHID INTEGER,
    LEPHI TEXT,
    DONVILEPHI TEXT,
    PHI TEXT
  )`,
  `CREATE TABLE cmon_nhomthutuchanhchinh (ID INTEGER PRIMARY KEY, TEN TEXT NOT NULL)`,
];

export const LAYOUT_B_INDEXES: readonly string[] = [
  'CREATE UNIQUE INDEX hoso_maso ON cmon_hosotthccong (MASOHOSO)',
  'CREATE INDEX hoso_biennhan ON cmon_hosotthccong (MASOBIENNHAN)',
  'CREATE INDEX hoso_ngaynhan ON cmon_hosotthccong (NGAYNHANHOSO)',
  'CREATE INDEX hoso_ngayhentra ON cmon_hosotthccong (NGAYHENTRAKETQUA, NGAYXULYXONG)',
  'CREATE INDEX hoso_coquan_ngaynhan ON cmon_hosotthccong (TENCOQUANTIEPNHAN, NGAYNHANHOSO)',
  'CREATE INDEX hoso_coquan_ngayhentra ON cmon_hosotthccong (TENCOQUANTIEPNHAN, NGAYHENTRAKETQUA, NGAYXULYXONG)',
  'CREATE INDEX hoso_trangthai_ngaynhan ON cmon_hosotthccong (TRANGTHAIHOSO, NGAYNHANHOSO)',
  'CREATE INDEX hoso_thutuc ON cmon_hosotthccong (TENTHUTUCHANHCHINH)',
  'CREATE INDEX thutuc_ten ON cmon_thutuchanhchinh (TEN)',
];
