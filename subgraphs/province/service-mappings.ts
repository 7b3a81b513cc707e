import { LAYOUT_C_STATUS_WORDS } from './services/layout-c-service';
import { LAYOUT_G_PATH } from './services/layout-g-service';
import type { WrittenAgency } from './dossier-writer';

/** Who we are to the agencies' services. */
export const SERVICE_USER = 'lien-thong';

export interface ServiceMappingParts {
  /** Where the service listens: `http://127.0.0.1:4711`. */
  readonly url: string;
  /** Relative to the mapping. */
  readonly passwordFile: string;
  /** Every agency that may receive, handle or publish. */
  readonly agencies: readonly WrittenAgency[];
  /** Codes of those that the system receives for, null where it keeps no dossiers. */
  readonly receivers: readonly string[] | null;
  /** Codes of those that publish here, null where it keeps no catalogue. */
  readonly publishers: readonly string[] | null;
}

/** Of the service of services/layout-c-service.ts. */
export function layoutCMapping(parts: ServiceMappingParts): object {
  const { agencies, receivers, publishers } = parts;
  const date = (column: string) => ({ column, format: 'vietnamese' });
  const units = (some: readonly string[] | null) => valuesOf(agencies, some, ({ formerCode }) => formerCode);
  const status = (column: string) => ({
    columns: [column],
    values: LAYOUT_C_STATUS_WORDS.map((word, number) => ({ when: [word], status: number })),
  });
  const list = (path: string) => ({
    path,
    method: 'POST',
    itemsPath: 'response_data.items',
    totalPath: 'response_data.total',
    paging: { kind: 'page', param: 'pageIndex', first: 1, sizeParam: 'pageSize', size: 500 },
  });
  return {
    connection: {
      baseUrl: `${parts.url}/api`,
      auth: {
        scheme: 'login',
        path: '/dang-nhap',
        body: { username: SERVICE_USER, password: { file: parts.passwordFile } },
        tokenPath: 'response_data.session',
        expiresInPath: 'response_data.expires_in',
        header: 'session',
        format: '{token}',
      },
      envelope: {
        codePath: 'response_code',
        ok: ['0', '00'],
        messagePath: 'response_desc',
        unauthorized: ['-2'],
      },
    },
    ...(receivers && {
      dossiers: {
        from: { ...list('/ho-so/danh-sach'), since: { param: 'tuNgay', format: 'vietnamese' } },
        code: 'FCode',
        aliases: ['SoBienNhan'],
        procedure: { column: 'MaDichVu' },
        field: { column: 'LinhVuc' },
        receivingAgency: { column: 'MaDonVi', values: units(receivers) },
        handlingAgency: { column: 'MaDonViXuLy', values: units(null) },
        status: status('TrangThaiHS'),
        channel: {
          column: 'HinhThucNop',
          type: 'number',
          values: { '1': 'DIRECT', '2': 'ONLINE', '3': 'POSTAL' },
        },
        dates: {
          submitted: date('FCreateTime'),
          received: date('NgayTiepNhan'),
          due: date('NgayHenTra'),
          finished: date('NgayXuLyXong'),
          returned: date('NgayTraKetQua'),
          refused: date('NgayTuChoi'),
        },
        deleted: { column: 'DaXoa', type: 'number', values: [1] },
        synthetic: { column: 'DuLieuMau', type: 'number', values: [1] },
        updatedAt: date('FUpdateTime'),
        supplements: {
          items: 'BO_SUNG',
          requestedAt: date('NgayYeuCau'),
          completedAt: date('NgayNopBoSung'),
          dueBefore: date('HenTraCu'),
          dueAfter: date('HenTraMoi'),
        },
        steps: {
          items: 'QUA_TRINH',
          at: date('ThoiDiem'),
          status: status('TrangThaiHS'),
          unit: 'PhongBan',
          dueAt: date('HanXuLy'),
        },
      },
    }),
    ...(publishers && {
      procedures: {
        from: list('/dich-vu/danh-sach'),
        columns: {
          code: 'MaDichVu',
          hasLocalCode: 'MaTuDat',
          name: 'TenDichVu',
          field: 'LinhVuc',
          levels: 'CapThucHien',
          agencyKind: 'LoaiCoQuan',
          performingAgency: 'CoQuanThucHien',
          channels: 'KenhThucHien',
          workingDays: 'SoNgayLamViec',
          isOnlineAvailable: 'TrucTuyen',
          onlineLevel: 'MucDo',
          legalBasis: 'CanCuPhapLy',
          decision: 'QuyetDinh',
          result: 'KetQua',
          applicants: 'DoiTuong',
          era: 'ThoiKy',
          source: 'Nguon',
          certainty: 'DoTinCay',
          note: 'GhiChu',
        },
        time: { kind: 'pair', value: 'ThoiGian', unit: 'DonViThoiGian' },
        channelTimes: { DIRECT: 'ThoiGianTrucTiep', ONLINE: 'ThoiGianTrucTuyen', POSTAL: 'ThoiGianBuuChinh' },
        money: { kind: 'number', min: 'LePhiTu', max: 'LePhiDen' },
        words: {
          levels: { MINISTRY: 'BO', PROVINCE: 'TINH', DISTRICT: 'HUYEN', COMMUNE: 'XA', OTHER: 'KHAC' },
          channels: { DIRECT: '1', ONLINE: '2', POSTAL: '3' },
          timeUnits: { WORKING_DAY: 'NGAY_LV', CALENDAR_DAY: 'NGAY', HOUR: 'GIO', MONTH: 'THANG' },
          onlineLevels: { FULL: '4', PARTIAL: '3' },
        },
        publishedBy: { column: 'MaDonVi', values: units(publishers) },
        validFrom: date('HieuLucTu'),
        validTo: date('HieuLucDen'),
      },
    }),
  };
}

/** Of the service of services/layout-g-service.ts. */
export function layoutGMapping(parts: ServiceMappingParts): object {
  const { agencies, receivers, publishers } = parts;
  const date = (column: string) => ({ column, format: 'local-compact' });
  const units = (some: readonly string[] | null) => valuesOf(agencies, some, ({ code }) => code);
  const status = (column: string) => ({
    columns: [column],
    values: Array.from({ length: 11 }, (_, number) => ({ when: [String(number)], status: number })),
  });
  const list = (operation: string) => ({
    operation,
    itemsPath: operation === 'LayDanhSachHoSo' ? 'DanhSach.HoSo' : 'DanhSach.ThuTuc',
    totalPath: 'TongSo',
    paging: { kind: 'page', param: 'Trang', first: 1, sizeParam: 'SoDong', size: 500 },
  });
  return {
    connection: {
      wsdl: `${parts.url}${LAYOUT_G_PATH}?wsdl`,
      auth: { scheme: 'basic', user: SERVICE_USER, password: { file: parts.passwordFile } },
      envelope: { codePath: 'MaLoi', ok: [0], messagePath: 'MoTaLoi', unauthorized: [100, 101] },
    },
    ...(receivers && {
      dossiers: {
        from: { ...list('LayDanhSachHoSo'), since: { param: 'TuNgay', format: 'local-compact' } },
        code: 'MaHoSo',
        aliases: ['MaHoSoKhac'],
        procedure: { column: 'MaTTHC' },
        field: { column: 'MaLinhVuc' },
        receivingAgency: { column: 'MaDonVi', values: units(receivers) },
        handlingAgency: { column: 'MaDonViXuLy', values: units(null) },
        status: status('TrangThai'),
        channel: { column: 'KenhThucHien', values: { '1': 'DIRECT', '2': 'ONLINE', '3': 'POSTAL' } },
        dates: {
          submitted: date('NgayNopHoSo'),
          received: date('NgayTiepNhan'),
          due: date('NgayHenTra'),
          finished: date('NgayKetThucXuLy'),
          returned: date('NgayTra'),
          refused: date('NgayTuChoi'),
        },
        synthetic: { column: 'DuLieuMau', values: ['1'] },
        updatedAt: date('NgayCapNhat'),
        supplements: {
          items: 'DanhSachBoSung.BoSung',
          requestedAt: date('NgayYeuCau'),
          completedAt: date('NgayBoSung'),
          dueBefore: date('NgayHenTraTruoc'),
          dueAfter: date('NgayHenTraMoi'),
        },
        steps: {
          items: 'QuaTrinh.Buoc',
          at: date('ThoiDiemXuLy'),
          status: status('TrangThai'),
          unit: 'PhongBanXuLy',
          dueAt: date('NgayKetThucTheoQuyDinh'),
        },
      },
    }),
    ...(publishers && {
      procedures: {
        from: list('LayDanhSachThuTuc'),
        columns: {
          code: 'MaTTHC',
          hasLocalCode: 'MaTuDat',
          name: 'TenTTHC',
          field: 'LinhVuc',
          levels: 'CapThucHien',
          agencyKind: 'LoaiCoQuan',
          performingAgency: 'CoQuanThucHien',
          channels: 'KenhThucHien',
          workingDays: 'SoNgayLamViec',
          isOnlineAvailable: 'TrucTuyen',
          onlineLevel: 'MucDo',
          legalBasis: 'CanCuPhapLy',
          decision: 'QuyetDinhCongBo',
          result: 'KetQua',
          applicants: 'DoiTuong',
          era: 'ThoiKy',
          source: 'Nguon',
          certainty: 'DoTinCay',
          note: 'GhiChu',
        },
        time: { kind: 'pair', value: 'ThoiGian', unit: 'DonViTinh' },
        channelTimes: { DIRECT: 'ThoiGianTrucTiep', ONLINE: 'ThoiGianTrucTuyen', POSTAL: 'ThoiGianBuuChinh' },
        money: { kind: 'text', min: 'LePhiTu', max: 'LePhiDen', unit: 'DonViTien' },
        words: {
          levels: { MINISTRY: '0', PROVINCE: '1', DISTRICT: '2', COMMUNE: '3', OTHER: '9' },
          channels: { DIRECT: '1', ONLINE: '2', POSTAL: '3' },
          timeUnits: { WORKING_DAY: 'Ngày làm việc', CALENDAR_DAY: 'Ngày', HOUR: 'Giờ', MONTH: 'Tháng' },
          onlineLevels: { FULL: '4', PARTIAL: '3' },
        },
        publishedBy: { column: 'MaDonVi', values: units(publishers) },
        validFrom: date('HieuLucTu'),
        validTo: date('HieuLucDen'),
      },
    }),
  };
}

/** How the service names agencies → canonical code; all of them for null. */
function valuesOf(
  agencies: readonly WrittenAgency[],
  some: readonly string[] | null,
  nameOf: (agency: WrittenAgency) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    agencies
      .filter(({ code }) => some === null || some.includes(code))
      .map((agency) => [nameOf(agency), agency.code]),
  );
}
