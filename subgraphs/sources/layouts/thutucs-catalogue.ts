import { parseCatalogueMapping } from '../catalogue/catalogue-mapping';
import type { CatalogueLayout } from './catalogue-layout';

/**
 * Layout A: the catalogue of a modern provincial platform on SQL Server (schema Catalog, table ThuTucs; SQLite has no
 * schemas, so the name keeps it as a prefix). Times are phrases, the online level is the number 4, 3 or 2, an open day
 * is SQL Server's 0001-01-01.
 */
export const THUTUCS_CATALOGUE: CatalogueLayout = {
  name: 'thutucs',
  ddl: [
    `CREATE TABLE Catalog_ThuTucs (
      Id INTEGER PRIMARY KEY,
      MaTTHC TEXT NOT NULL UNIQUE,
      LaMaDiaPhuong TEXT NOT NULL DEFAULT '0',
      TenTTHC TEXT NOT NULL,
      LoaiTTHC TEXT,
      SuDung INTEGER NOT NULL DEFAULT 1,
      LinhVucChinh TEXT,
      CoQuanThucHienChinh TEXT,
      LoaiCoQuan TEXT,
      CapThucHien TEXT,
      CachThucThucHien TEXT,
      ThoiGianGiaiQuyet TEXT,
      ThoiGianTrucTiep TEXT,
      ThoiGianTrucTuyen TEXT,
      ThoiGianBuuChinh TEXT,
      SoNgayLamViec INTEGER,
      LePhiTu INTEGER,
      LePhiDen INTEGER,
      NopTrucTuyen TEXT,
      MucDo TEXT,
      CanCuPhapLy TEXT,
      QuyetDinhCongBo TEXT,
      KetQuaThucHien TEXT,
      DoiTuongThucHien TEXT,
      ThoiKy TEXT,
      NguonDuLieu TEXT,
      DoTinCay TEXT,
      GhiChu TEXT
    )`,
    `CREATE TABLE Catalog_ThuTucDonVis (
      Id INTEGER PRIMARY KEY,
      MaTTHC TEXT NOT NULL,
      DonViCongBo TEXT NOT NULL,
      TuNgay TEXT NOT NULL,
      DenNgay TEXT NOT NULL,
      DonViThucHien TEXT
    )`,
  ],
  mapping: parseCatalogueMapping({
    table: 'Catalog_ThuTucs',
    columns: {
      code: 'MaTTHC',
      hasLocalCode: 'LaMaDiaPhuong',
      name: 'TenTTHC',
      field: 'LinhVucChinh',
      levels: 'CapThucHien',
      agencyKind: 'LoaiCoQuan',
      performingAgency: 'CoQuanThucHienChinh',
      channels: 'CachThucThucHien',
      workingDays: 'SoNgayLamViec',
      isOnlineAvailable: 'NopTrucTuyen',
      onlineLevel: 'MucDo',
      legalBasis: 'CanCuPhapLy',
      decision: 'QuyetDinhCongBo',
      result: 'KetQuaThucHien',
      applicants: 'DoiTuongThucHien',
      era: 'ThoiKy',
      source: 'NguonDuLieu',
      certainty: 'DoTinCay',
      note: 'GhiChu',
    },
    time: { kind: 'phrase', column: 'ThoiGianGiaiQuyet' },
    channelTimes: { DIRECT: 'ThoiGianTrucTiep', ONLINE: 'ThoiGianTrucTuyen', POSTAL: 'ThoiGianBuuChinh' },
    money: { kind: 'number', min: 'LePhiTu', max: 'LePhiDen' },
    absentText: null,
    separators: { levels: ', ', eitherLevel: '/', channels: ',', legalBasis: '; ', agencies: ';' },
    words: {
      levels: { MINISTRY: 'bộ', PROVINCE: 'tỉnh', DISTRICT: 'huyện', COMMUNE: 'xã', OTHER: 'cơ quan khác' },
      channels: { DIRECT: '1', ONLINE: '2', POSTAL: '3' },
      timeUnits: {
        WORKING_DAY: 'Ngày làm việc',
        CALENDAR_DAY: 'Ngày',
        HOUR: 'Giờ',
        MONTH: 'Tháng',
        UNIT_MISSING: '',
      },
      onlineLevels: { FULL: '4', PARTIAL: '3' },
      booleans: { true: '1', false: '0' },
    },
    deleted: { column: 'SuDung', keptValue: 1 },
    competences: {
      table: 'Catalog_ThuTucDonVis',
      columns: {
        procedure: 'MaTTHC',
        agency: 'DonViCongBo',
        validFrom: 'TuNgay',
        validTo: 'DenNgay',
        implementingAgencies: 'DonViThucHien',
      },
      days: { kind: 'text', absent: '0001-01-01' },
    },
  }),
};
