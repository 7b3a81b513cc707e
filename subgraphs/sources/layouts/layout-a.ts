import { type DossierMapping, parseDossierMapping } from '../dossiers/dossier-mapping';

export interface LayoutAOptions {
  /** `DonViId` of the system (Groups.Id) → canonical agency code. */
  readonly agencies: Readonly<Record<string, string>>;
}

/** A modern provincial platform: numbered statuses, local date-times, supplements and steps in tables of their own. */
export function layoutAMapping({ agencies }: LayoutAOptions): DossierMapping {
  const date = (column: string) => ({ column, format: 'local-text' });
  return parseDossierMapping({
    table: 'Business_HoSos',
    code: 'MaHoSo',
    aliases: ['MaHoSoKhac', 'SoBienNhan'],
    procedure: { column: 'MaTTHC' },
    field: {
      column: 'MaLinhVuc',
      through: [{ table: 'Catalog_LinhVucs', match: 'MaLinhVuc', value: 'TenLinhVuc' }],
    },
    receivingAgency: { column: 'DonViId', type: 'number', values: agencies },
    handlingAgency: { column: 'DonViXuLyId', type: 'number', values: agencies },
    status: numberedStatus('TrangThaiHoSoId'),
    channel: { column: 'KenhThucHien', values: { '1': 'DIRECT', '2': 'ONLINE', '3': 'POSTAL' } },
    dates: {
      submitted: date('NgayNopHoSo'),
      received: date('NgayTiepNhan'),
      due: date('NgayHenTra'),
      finished: date('NgayKetThucXuLy'),
      returned: date('NgayTra'),
      refused: date('NgayTuChoi'),
    },
    deleted: { column: 'IsDeleted', type: 'number', values: [1] },
    synthetic: { column: 'DuLieuMau', type: 'number', values: [1] },
    supplements: {
      table: 'Business_HoSoBoSungs',
      dossier: 'MaHoSo',
      refersTo: 'MaHoSo',
      requestedAt: date('NgayBoSung'),
      completedAt: date('NgayTiepNhanBoSung'),
      dueBefore: date('NgayHenTraTruoc'),
      dueAfter: date('NgayHenTraMoi'),
    },
    steps: {
      table: 'Business_QuaTrinhXuLyHoSos',
      dossier: 'MaHoSo',
      refersTo: 'MaHoSo',
      at: date('ThoiGian'),
      status: numberedStatus('TrangThai'),
      unit: 'PhongBan',
      dueAt: date('NgayHetHanBuocXuLy'),
    },
  });
}

/** The platform keeps the national numbers themselves. */
function numberedStatus(column: string): unknown {
  const values = Array.from({ length: 11 }, (_, status) => ({ when: [status], status }));
  return { columns: [column], values };
}

/** The tables of a new, empty system. Load the rows first, then create {@link LAYOUT_A_INDEXES}. */
export const LAYOUT_A_TABLES: readonly string[] = [
  `CREATE TABLE Business_HoSos (
    Id INTEGER PRIMARY KEY,
    MaHoSo TEXT NOT NULL,
    MaHoSoKhac TEXT,
    SoBienNhan TEXT,
    MaTTHC TEXT,
    MaTruongHop TEXT,
    MaLinhVuc TEXT,
    DonViId INTEGER NOT NULL,
    DonViXuLyId INTEGER,
    KenhThucHien TEXT,
    LoaiDoiTuong TEXT,
    ChuHoSo TEXT,
    SoGiayToChuHoSo TEXT,
    NgaySinhChuHoSo TEXT,
    SoDienThoaiChuHoSo TEXT,
    NguoiUyQuyen TEXT,
    TrichYeuHoSo TEXT,
    NgayNopHoSo TEXT,
    NgayTiepNhan TEXT,
    NgayHenTra TEXT,
    NgayKetThucXuLy TEXT,
    NgayTra TEXT,
    NgayTuChoi TEXT,
    ThoiGianThucHien INTEGER,
    LoaiThoiGianThucHien TEXT,
    TrangThaiHoSoId INTEGER NOT NULL,
    BuocHienTai TEXT,
    NguoiDangXuLy TEXT,
    MucDo INTEGER,
    DuLieuMau INTEGER NOT NULL DEFAULT 0,
    IsDeleted INTEGER NOT NULL DEFAULT 0
  )`,
  `CREATE TABLE Business_HoSoBoSungs (
    Id INTEGER PRIMARY KEY,
    MaHoSo TEXT NOT NULL,
    NguoiYeuCauBoSung TEXT,
    NoiDungBoSung TEXT,
    NgayBoSung TEXT NOT NULL,
    NgayTiepNhanBoSung TEXT,
    NgayHenTraTruoc TEXT,
    NgayHenTraMoi TEXT
  )`,
  `CREATE TABLE Business_QuaTrinhXuLyHoSos (
    Id INTEGER PRIMARY KEY,
    MaHoSo TEXT NOT NULL,
    ThoiGian TEXT NOT NULL,
    TrangThai INTEGER,
    NodeQuyTrinh TEXT,
    PhongBan TEXT,
    NguoiGui TEXT,
    NguoiNhan TEXT,
    NgayHetHanBuocXuLy TEXT,
    NoiDung TEXT
  )`,
  `CREATE TABLE Catalog_LinhVucs (MaLinhVuc TEXT PRIMARY KEY, TenLinhVuc TEXT NOT NULL)`,
];

export const LAYOUT_A_INDEXES: readonly string[] = [
  'CREATE UNIQUE INDEX HoSos_MaHoSo ON Business_HoSos (MaHoSo)',
  'CREATE INDEX HoSos_MaHoSoKhac ON Business_HoSos (MaHoSoKhac) WHERE MaHoSoKhac IS NOT NULL',
  'CREATE INDEX HoSos_SoBienNhan ON Business_HoSos (SoBienNhan) WHERE SoBienNhan IS NOT NULL',
  'CREATE INDEX HoSos_NgayTiepNhan ON Business_HoSos (NgayTiepNhan)',
  'CREATE INDEX HoSos_NgayHenTra ON Business_HoSos (NgayHenTra, NgayKetThucXuLy)',
  'CREATE INDEX HoSos_DonVi_NgayTiepNhan ON Business_HoSos (DonViId, NgayTiepNhan)',
  'CREATE INDEX HoSos_DonVi_NgayHenTra ON Business_HoSos (DonViId, NgayHenTra, NgayKetThucXuLy)',
  'CREATE INDEX HoSos_TrangThai_NgayTiepNhan ON Business_HoSos (TrangThaiHoSoId, NgayTiepNhan)',
  'CREATE INDEX HoSos_MaTTHC ON Business_HoSos (MaTTHC)',
  'CREATE INDEX BoSungs_MaHoSo ON Business_HoSoBoSungs (MaHoSo)',
  'CREATE INDEX QuaTrinhs_MaHoSo ON Business_QuaTrinhXuLyHoSos (MaHoSo)',
];
