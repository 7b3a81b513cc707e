import { toLocalText } from '../system-clock-text';
import { LAYOUT_G_NAMESPACE, layoutGWsdl } from './layout-g-wsdl';
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
  startService,
  type ListenOptions,
  type RunningService,
  type ServiceHandler,
  type ServiceReply,
} from './service-server';

export interface LayoutGOptions extends ServedRows {
  readonly user: string;
  readonly password: string;
}

export const LAYOUT_G_PATH = '/MotCua.asmx';

/** As the adapter of a province numbers its errors. */
export const LAYOUT_G_ERRORS = {
  AUTHEN_ERROR: 100,
  IP_DISALLOWED: 101,
  AGENCY_ID_INCORRECT: 106,
  DATA_INCORRECT: 500,
} as const;

const CHANNELS = { DIRECT: '1', ONLINE: '2', POSTAL: '3' } as const;
const MAX_PAGE = 500;

/** An XML service by WSDL: texts for everything, nil for what is not known, dates as yyyyMMddHHmmss, an error code in each answer. */
export function startLayoutGService(options: LayoutGOptions & ListenOptions): Promise<RunningService> {
  return startService(layoutGHandler(options), options);
}

export function layoutGHandler({
  dossiers,
  procedures,
  agencies,
  user,
  password,
}: LayoutGOptions): ServiceHandler {
  const unitOf = agencyNames(agencies, ({ code }) => code);
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return (call) => {
    if (call.path !== LAYOUT_G_PATH)
      return { status: 404, type: 'text/html', body: '<html><body>404</body></html>' };
    if (call.method === 'GET') return xml(layoutGWsdl(`${call.origin}${LAYOUT_G_PATH}`));
    const operation = /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(call.body)?.[1] ?? '';
    if (call.headers['authorization'] !== expected) return failed(operation, 'AUTHEN_ERROR');
    const page = sliceOf(call.body);
    if (page === null) return failed(operation, 'DATA_INCORRECT');
    switch (operation) {
      case 'LayDanhSachHoSo': {
        const rows = changedSince(dossiers(), instantOf(textIn(call.body, 'TuNgay')));
        const items = pageOf(rows, page).map((row) => element('HoSo', writeDossier(row, unitOf)));
        return answered(operation, rows.length, items.join(''));
      }
      case 'LayDanhSachThuTuc': {
        const rows = publishedProcedures(procedures());
        const items = pageOf(rows, page).map((row) => element('ThuTuc', writeProcedure(row, unitOf)));
        return answered(operation, rows.length, items.join(''));
      }
      default:
        return fault(`Không có chức năng ${escaped(operation)}`);
    }
  };
}

export function soapEnvelope(body: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:Body>${body}</s:Body></s:Envelope>`;
}

function xml(body: string, status = 200): ServiceReply {
  return { status, type: 'text/xml; charset=utf-8', body };
}

function response(operation: string, content: string): ServiceReply {
  return xml(
    soapEnvelope(`<${operation}Response xmlns="${LAYOUT_G_NAMESPACE}">${content}</${operation}Response>`),
  );
}

function answered(operation: string, total: number, items: string): ServiceReply {
  const list = items === '' ? '' : `<DanhSach>${items}</DanhSach>`;
  return response(operation, `<MaLoi>0</MaLoi><MoTaLoi/><TongSo>${total}</TongSo>${list}`);
}

function failed(operation: string, error: keyof typeof LAYOUT_G_ERRORS): ServiceReply {
  return response(operation, `<MaLoi>${LAYOUT_G_ERRORS[error]}</MaLoi><MoTaLoi>${error}</MoTaLoi>`);
}

function fault(message: string): ServiceReply {
  return xml(
    soapEnvelope(`<s:Fault><faultcode>s:Client</faultcode><faultstring>${message}</faultstring></s:Fault>`),
    500,
  );
}

type UnitOf = (code: string | null) => string | null;

function textIn(body: string, name: string): string | null {
  return new RegExp(`<(?:\\w+:)?${name}>([^<]*)<`).exec(body)?.[1] ?? null;
}

function sliceOf(body: string): Slice | null {
  const [page, size] = [Number(textIn(body, 'Trang') ?? 1), Number(textIn(body, 'SoDong') ?? 50)];
  if (!Number.isInteger(page) || !Number.isInteger(size) || page < 1 || size < 1) return null;
  const length = Math.min(size, MAX_PAGE);
  return { start: (page - 1) * length, end: page * length };
}

function instantOf(text: string | null): number | null {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text ?? '') ?? [];
  return year === undefined ? null : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+07:00`);
}

function dateText(instant: string | null): string | null {
  return instant === null ? null : toLocalText(instant).replaceAll(/\D/g, '');
}

/** A value, nil for null; a list of elements already written for markup. */
type Content = string | number | null | { readonly markup: string };

function element(name: string, parts: Readonly<Record<string, Content>>): string {
  const content = Object.entries(parts).map(([part, value]) => {
    if (value === null) return `<${part} xsi:nil="true"/>`;
    return typeof value === 'object'
      ? `<${part}>${value.markup}</${part}>`
      : `<${part}>${escaped(String(value))}</${part}>`;
  });
  return `<${name}>${content.join('')}</${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function writeDossier(dossier: ServedDossier, unitOf: UnitOf): Readonly<Record<string, Content>> {
  return {
    MaHoSo: dossier.code,
    MaHoSoKhac: dossier.aliases[0] ?? null,
    MaTTHC: dossier.procedure,
    TenTTHC: dossier.procedureName,
    MaLinhVuc: dossier.field,
    MaDonVi: unitOf(dossier.receivingAgency),
    MaDonViXuLy: unitOf(dossier.handlingAgency),
    TrangThai: dossier.status,
    KenhThucHien: dossier.channel === null ? null : CHANNELS[dossier.channel],
    ChuHoSo: APPLICANT,
    SoGiayToChuHoSo: null,
    NgayNopHoSo: dateText(dossier.submittedAt),
    NgayTiepNhan: dateText(dossier.receivedAt),
    NgayHenTra: dateText(dossier.dueAt),
    NgayKetThucXuLy: dateText(dossier.finishedAt),
    NgayTra: dateText(dossier.returnedAt),
    NgayTuChoi: dateText(dossier.refusedAt),
    NgayCapNhat: dateText(dossier.updatedAt),
    DuLieuMau: dossier.isSynthetic ? '1' : '0',
    DanhSachBoSung: {
      markup: dossier.supplements
        .map(({ requestedAt, completedAt, dueBefore, dueAfter }) =>
          element('BoSung', {
            NgayYeuCau: dateText(requestedAt),
            NgayBoSung: dateText(completedAt),
            NgayHenTraTruoc: dateText(dueBefore),
            NgayHenTraMoi: dateText(dueAfter),
          }),
        )
        .join(''),
    },
    QuaTrinh: {
      markup: dossier.steps
        .map(({ at, status, unit, dueAt }) =>
          element('Buoc', {
            ThoiDiemXuLy: dateText(at),
            TrangThai: status,
            PhongBanXuLy: unit,
            NgayKetThucTheoQuyDinh: dateText(dueAt),
            NguoiXuLy: APPLICANT,
          }),
        )
        .join(''),
    },
  };
}

const LEVELS = { MINISTRY: '0', PROVINCE: '1', DISTRICT: '2', COMMUNE: '3', OTHER: '9' } as const;
const UNITS = {
  WORKING_DAY: 'Ngày làm việc',
  CALENDAR_DAY: 'Ngày',
  HOUR: 'Giờ',
  MONTH: 'Tháng',
  UNIT_MISSING: '',
} as const;

function writeProcedure(
  { procedure, competence }: PublishedProcedure,
  unitOf: UnitOf,
): Readonly<Record<string, Content>> {
  const { time, fee } = procedure;
  return {
    MaTTHC: procedure.code,
    MaTuDat: procedure.hasLocalCode ? '1' : '0',
    TenTTHC: procedure.name,
    LinhVuc: procedure.field,
    CapThucHien: levelText(procedure, LEVELS),
    LoaiCoQuan: procedure.agencyKind,
    CoQuanThucHien: procedure.performingAgency,
    KenhThucHien: procedure.channels.map(({ channel }) => CHANNELS[channel]).join(';'),
    ThoiGian: time?.value ?? null,
    DonViTinh: time === null ? null : UNITS[time.unit],
    ThoiGianTrucTiep: channelTime(procedure, 'DIRECT', UNITS),
    ThoiGianTrucTuyen: channelTime(procedure, 'ONLINE', UNITS),
    ThoiGianBuuChinh: channelTime(procedure, 'POSTAL', UNITS),
    SoNgayLamViec: procedure.workingDays,
    LePhiTu: fee === null ? null : withPoints(fee.minVnd),
    LePhiDen: fee === null ? null : withPoints(fee.maxVnd),
    DonViTien: fee === null ? null : 'đồng',
    TrucTuyen: procedure.isOnlineAvailable === null ? null : procedure.isOnlineAvailable ? '1' : '0',
    MucDo: procedure.onlineLevel === null ? null : procedure.onlineLevel === 'FULL' ? '4' : '3',
    CanCuPhapLy: procedure.legalBasis.join(';'),
    QuyetDinhCongBo: procedure.decision,
    KetQua: procedure.result,
    DoiTuong: procedure.applicants,
    ThoiKy: procedure.era,
    Nguon: procedure.source,
    DoTinCay: procedure.certainty,
    GhiChu: procedure.note,
    MaDonVi: unitOf(competence.agency),
    HieuLucTu: competence.validFrom?.replaceAll('-', '') ?? null,
    HieuLucDen: competence.validTo?.replaceAll('-', '') ?? null,
  };
}

/** `50.000` */
function withPoints(amount: number): string {
  return String(amount).replaceAll(/\B(?=(\d{3})+$)/g, '.');
}
