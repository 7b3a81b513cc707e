import { randomUUID, timingSafeEqual } from 'node:crypto';
import { toLocalText } from '../system-clock-text';
import {
  agencyNames,
  APPLICANT,
  changedSince,
  channelTime,
  levelText,
  publishedProcedures,
  type PublishedProcedure,
  pageOf,
  type ServedDossier,
  type ServedRows,
  type Slice,
} from './served-rows';
import {
  json,
  startService,
  type ListenOptions,
  type RunningService,
  type ServiceCall,
  type ServiceHandler,
  type ServiceReply,
} from './service-server';

export interface LayoutCOptions extends ServedRows {
  readonly user: string;
  readonly password: string;
  readonly sessionSeconds?: number;
  readonly clock?: () => number;
}

/** The words of TrangThaiHS, by the national number. */
export const LAYOUT_C_STATUS_WORDS = [
  'CHUYEN_LT',
  'MOI_DK',
  'DA_TN',
  'LOAI',
  'DANG_XL',
  'BO_SUNG',
  'CHO_NOP_PHI',
  'RUT_HS',
  'DUNG_XL',
  'XL_XONG',
  'DA_TRA',
] as const;

const CHANNELS = { DIRECT: 1, ONLINE: 2, POSTAL: 3 } as const;
const MAX_PAGE = 500;

/**
 * A web one-stop of the older kind: everything by POST, a session by user and password, HTTP 200 for errors too, dates as people of Việt Nam write
 * them. Codes: "00" good, "-1" an error, "-2" the session has ended.
 */
export function startLayoutCService(options: LayoutCOptions & ListenOptions): Promise<RunningService> {
  return startService(layoutCHandler(options), options);
}

export function layoutCHandler({
  dossiers,
  procedures,
  agencies,
  ...access
}: LayoutCOptions): ServiceHandler {
  const unitOf = agencyNames(agencies, ({ formerCode }) => formerCode);
  const sessions = createSessions(access);
  return (call) => {
    if (call.method !== 'POST') return refused('-1', 'Phương thức không được hỗ trợ');
    const asked = readBody(call.body);
    if (call.path === '/api/dang-nhap') return sessions.open(asked);
    if (!sessions.isOpen(call)) return refused('-2', 'Phiên làm việc đã hết hạn');
    const page = sliceOf(asked);
    if (page === null) return refused('-1', 'Tham số pageIndex, pageSize không hợp lệ');
    switch (call.path) {
      case '/api/ho-so/danh-sach': {
        const rows = changedSince(dossiers(), instantOf(asked['tuNgay']));
        return answered(
          rows.length,
          pageOf(rows, page).map((row) => writeDossier(row, unitOf)),
        );
      }
      case '/api/dich-vu/danh-sach': {
        const rows = publishedProcedures(procedures());
        return answered(
          rows.length,
          pageOf(rows, page).map((row) => writeProcedure(row, unitOf)),
        );
      }
      default:
        return refused('-1', 'Không có chức năng này');
    }
  };
}

type UnitOf = (code: string | null) => string | null;

type Asked = Readonly<Record<string, unknown>>;

function createSessions({
  user,
  password,
  sessionSeconds = 1_800,
  clock = Date.now,
}: Omit<LayoutCOptions, keyof ServedRows>) {
  const ends = new Map<string, number>();
  return {
    open(asked: Asked): ServiceReply {
      if (!isSame(asked['username'], user) || !isSame(asked['password'], password)) {
        return refused('-1', 'Sai tên đăng nhập hoặc mật khẩu');
      }
      const session = randomUUID();
      ends.set(session, clock() + sessionSeconds * 1_000);
      return json({
        response_code: '0',
        response_desc: '',
        response_data: { session, expires_in: sessionSeconds },
      });
    },
    isOpen({ headers }: ServiceCall): boolean {
      const end = ends.get(String(headers['session'] ?? ''));
      return end !== undefined && clock() < end;
    },
  };
}

function isSame(given: unknown, expected: string): boolean {
  const [a, b] = [Buffer.from(String(given)), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refused(response_code: string, response_desc: string): ServiceReply {
  return json({ response_code, response_desc, response_data: null });
}

function answered(total: number, items: readonly object[]): ServiceReply {
  return json({ response_code: '00', response_desc: 'Thành công', response_data: { total, items } });
}

function readBody(body: string): Asked {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function sliceOf(asked: Asked): Slice | null {
  const [index, size] = [Number(asked['pageIndex'] ?? 1), Number(asked['pageSize'] ?? 50)];
  if (!Number.isInteger(index) || !Number.isInteger(size) || index < 1 || size < 1) return null;
  const length = Math.min(size, MAX_PAGE);
  return { start: (index - 1) * length, end: index * length };
}

function instantOf(text: unknown): number | null {
  const [, day, month, year, time = '00:00:00'] =
    /^(\d\d)\/(\d\d)\/(\d{4})(?: (\d\d:\d\d:\d\d))?$/.exec(String(text)) ?? [];
  return day === undefined ? null : Date.parse(`${year}-${month}-${day}T${time}+07:00`);
}

/** `28/06/2024 10:00:00`; empty for no date. */
function dateText(instant: string | null): string {
  if (instant === null) return '';
  const [day = '', time = ''] = toLocalText(instant).split(' ');
  return `${day.split('-').toReversed().join('/')} ${time}`;
}

function statusWord(status: number | null): string {
  return status === null ? '' : (LAYOUT_C_STATUS_WORDS[status] ?? '');
}

function writeDossier(dossier: ServedDossier, unitOf: UnitOf): object {
  return {
    FCode: dossier.code,
    SoBienNhan: dossier.aliases[0] ?? null,
    MaDichVu: dossier.procedure,
    TenDichVu: dossier.procedureName,
    LinhVuc: dossier.field,
    MaDonVi: unitOf(dossier.receivingAgency),
    MaDonViXuLy: unitOf(dossier.handlingAgency),
    TrangThaiHS: statusWord(dossier.status),
    HinhThucNop: dossier.channel === null ? null : CHANNELS[dossier.channel],
    HoTenNguoiNop: APPLICANT,
    SoGiayTo: null,
    NoiDungYKien: null,
    FCreateTime: dateText(dossier.submittedAt),
    NgayTiepNhan: dateText(dossier.receivedAt),
    NgayHenTra: dateText(dossier.dueAt),
    NgayXuLyXong: dateText(dossier.finishedAt),
    NgayTraKetQua: dateText(dossier.returnedAt),
    NgayTuChoi: dateText(dossier.refusedAt),
    FUpdateTime: dateText(dossier.updatedAt),
    DuLieuMau: dossier.isSynthetic ? 1 : 0,
    DaXoa: 0,
    BO_SUNG: dossier.supplements.map(({ requestedAt, completedAt, dueBefore, dueAfter }) => ({
      NgayYeuCau: dateText(requestedAt),
      NgayNopBoSung: dateText(completedAt),
      HenTraCu: dateText(dueBefore),
      HenTraMoi: dateText(dueAfter),
    })),
    QUA_TRINH: dossier.steps.map(({ at, status, unit, dueAt }) => ({
      ThoiDiem: dateText(at),
      TrangThaiHS: statusWord(status),
      PhongBan: unit,
      HanXuLy: dateText(dueAt),
      NguoiXuLy: APPLICANT,
    })),
  };
}

const LEVELS = { MINISTRY: 'BO', PROVINCE: 'TINH', DISTRICT: 'HUYEN', COMMUNE: 'XA', OTHER: 'KHAC' } as const;
const UNITS = {
  WORKING_DAY: 'NGAY_LV',
  CALENDAR_DAY: 'NGAY',
  HOUR: 'GIO',
  MONTH: 'THANG',
  UNIT_MISSING: '',
} as const;

function writeProcedure({ procedure, competence }: PublishedProcedure, unitOf: UnitOf): object {
  const { time, fee } = procedure;
  return {
    MaDichVu: procedure.code,
    MaTuDat: procedure.hasLocalCode ? 1 : 0,
    TenDichVu: procedure.name,
    LinhVuc: procedure.field,
    CapThucHien: levelText(procedure, LEVELS),
    LoaiCoQuan: procedure.agencyKind,
    CoQuanThucHien: procedure.performingAgency,
    KenhThucHien: procedure.channels.map(({ channel }) => CHANNELS[channel]).join(';'),
    ThoiGian: time?.value ?? null,
    DonViThoiGian: time === null ? null : UNITS[time.unit],
    ThoiGianTrucTiep: channelTime(procedure, 'DIRECT', UNITS),
    ThoiGianTrucTuyen: channelTime(procedure, 'ONLINE', UNITS),
    ThoiGianBuuChinh: channelTime(procedure, 'POSTAL', UNITS),
    SoNgayLamViec: procedure.workingDays,
    LePhiTu: fee?.minVnd ?? null,
    LePhiDen: fee?.maxVnd ?? null,
    TrucTuyen: procedure.isOnlineAvailable === null ? null : procedure.isOnlineAvailable ? 1 : 0,
    MucDo: procedure.onlineLevel === null ? null : procedure.onlineLevel === 'FULL' ? 4 : 3,
    CanCuPhapLy: procedure.legalBasis.join(';'),
    QuyetDinh: procedure.decision,
    KetQua: procedure.result,
    DoiTuong: procedure.applicants,
    ThoiKy: procedure.era,
    Nguon: procedure.source,
    DoTinCay: procedure.certainty,
    GhiChu: procedure.note,
    MaDonVi: unitOf(competence.agency),
    HieuLucTu: dayText(competence.validFrom),
    HieuLucDen: dayText(competence.validTo),
  };
}

/** `01/03/2025` of `2025-03-01`; empty for an open end. */
function dayText(day: string | null): string {
  return day === null ? '' : day.split('-').toReversed().join('/');
}
