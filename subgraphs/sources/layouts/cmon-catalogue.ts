import { parseCatalogueMapping } from '../catalogue/catalogue-mapping';
import type { CatalogueLayout } from './catalogue-layout';

/**
 * Layout B: the catalogue of an older one-stop system on MySQL or Oracle. Columns in capitals without accents, money as
 * text with thousands points and a unit column, an open day is 1753-01-01, rows are deleted by flag.
 */
export const CMON_CATALOGUE: CatalogueLayout = {
  name: 'cmon',
  ddl: [
    `CREATE TABLE cmon_thutuchanhchinh (
      ID INTEGER PRIMARY KEY,
      MA TEXT NOT NULL UNIQUE,
      MATUDAT TEXT NOT NULL DEFAULT 'KHONG',
      TEN TEXT NOT NULL,
      NHOMTHUTUCHANHCHINH TEXT NOT NULL DEFAULT '',
      CAPTHUCHIEN TEXT NOT NULL DEFAULT '',
      LOAICOQUAN TEXT NOT NULL DEFAULT '',
      COQUANTHUCHIEN TEXT NOT NULL DEFAULT '',
      CACHTHUCHIEN TEXT NOT NULL DEFAULT '',
      SONGAYXULY REAL,
      DONVITHOIGIAN TEXT NOT NULL DEFAULT '',
      THOIGIANTRUCTIEP TEXT NOT NULL DEFAULT '',
      THOIGIANQUAMANG TEXT NOT NULL DEFAULT '',
      THOIGIANBUUDIEN TEXT NOT NULL DEFAULT '',
      SONGAYLAMVIEC REAL,
      LEPHI TEXT NOT NULL DEFAULT '',
      LEPHITOIDA TEXT NOT NULL DEFAULT '',
      DONVILEPHI TEXT NOT NULL DEFAULT '',
      QUAMANG TEXT NOT NULL DEFAULT '',
      MUCDODICHVUCONG TEXT NOT NULL DEFAULT '',
      CANCUPHAPLY TEXT NOT NULL DEFAULT '',
      SOQUYETDINH TEXT NOT NULL DEFAULT '',
      KETQUA TEXT NOT NULL DEFAULT '',
      DOITUONG TEXT NOT NULL DEFAULT '',
      THOIKY TEXT NOT NULL DEFAULT '',
      NGUON TEXT NOT NULL DEFAULT '',
      DOTINCAY TEXT NOT NULL DEFAULT '',
      GHICHU TEXT NOT NULL DEFAULT '',
      DAXOA INTEGER NOT NULL DEFAULT 0
    )`,
    `CREATE TABLE cmon_thutuc_coquan (
      MATHUTUC TEXT NOT NULL,
      MACOQUAN TEXT NOT NULL,
      NGAYBATDAU TEXT NOT NULL,
      NGAYKETTHUC TEXT NOT NULL,
      COQUANGIAIQUYET TEXT NOT NULL DEFAULT ''
    )`,
  ],
  mapping: parseCatalogueMapping({
    table: 'cmon_thutuchanhchinh',
    columns: {
      code: 'MA',
      hasLocalCode: 'MATUDAT',
      name: 'TEN',
      field: 'NHOMTHUTUCHANHCHINH',
      levels: 'CAPTHUCHIEN',
      agencyKind: 'LOAICOQUAN',
      performingAgency: 'COQUANTHUCHIEN',
      channels: 'CACHTHUCHIEN',
      workingDays: 'SONGAYLAMVIEC',
      isOnlineAvailable: 'QUAMANG',
      onlineLevel: 'MUCDODICHVUCONG',
      legalBasis: 'CANCUPHAPLY',
      decision: 'SOQUYETDINH',
      result: 'KETQUA',
      applicants: 'DOITUONG',
      era: 'THOIKY',
      source: 'NGUON',
      certainty: 'DOTINCAY',
      note: 'GHICHU',
    },
    time: { kind: 'pair', value: 'SONGAYXULY', unit: 'DONVITHOIGIAN' },
    channelTimes: { DIRECT: 'THOIGIANTRUCTIEP', ONLINE: 'THOIGIANQUAMANG', POSTAL: 'THOIGIANBUUDIEN' },
    money: { kind: 'text', min: 'LEPHI', max: 'LEPHITOIDA', unit: 'DONVILEPHI', unitWord: 'đồng' },
    absentText: '',
    separators: { levels: '+', eitherLevel: '|', channels: ' - ', legalBasis: '; ', agencies: ',' },
    words: {
      levels: { MINISTRY: '0', PROVINCE: '1', DISTRICT: '2', COMMUNE: '3', OTHER: '9' },
      channels: { DIRECT: 'TRUC TIEP', ONLINE: 'QUA MANG', POSTAL: 'BUU DIEN' },
      timeUnits: { WORKING_DAY: 'NLV', CALENDAR_DAY: 'NGAY', HOUR: 'GIO', MONTH: 'THANG', UNIT_MISSING: '' },
      onlineLevels: { FULL: 'TOAN TRINH', PARTIAL: 'MOT PHAN' },
      booleans: { true: 'CO', false: 'KHONG' },
    },
    deleted: { column: 'DAXOA', keptValue: 0 },
    competences: {
      table: 'cmon_thutuc_coquan',
      columns: {
        procedure: 'MATHUTUC',
        agency: 'MACOQUAN',
        validFrom: 'NGAYBATDAU',
        validTo: 'NGAYKETTHUC',
        implementingAgencies: 'COQUANGIAIQUYET',
      },
      days: { kind: 'text', absent: '1753-01-01' },
    },
  }),
};
