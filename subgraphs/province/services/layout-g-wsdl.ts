const NAMESPACE = 'http://motcua.haiduong.gov.vn/dichvu';

/** Elements of a list's item, in order; `list` elements hold items of their own. */
const DOSSIER = [
  'MaHoSo',
  'MaHoSoKhac',
  'MaTTHC',
  'TenTTHC',
  'MaLinhVuc',
  'MaDonVi',
  'MaDonViXuLy',
  'TrangThai',
  'KenhThucHien',
  'ChuHoSo',
  'SoGiayToChuHoSo',
  'NgayNopHoSo',
  'NgayTiepNhan',
  'NgayHenTra',
  'NgayKetThucXuLy',
  'NgayTra',
  'NgayTuChoi',
  'NgayCapNhat',
  'DuLieuMau',
] as const;
const SUPPLEMENT = ['NgayYeuCau', 'NgayBoSung', 'NgayHenTraTruoc', 'NgayHenTraMoi'] as const;
const STEP = ['ThoiDiemXuLy', 'TrangThai', 'PhongBanXuLy', 'NgayKetThucTheoQuyDinh', 'NguoiXuLy'] as const;
const PROCEDURE = [
  'MaTTHC',
  'MaTuDat',
  'TenTTHC',
  'LinhVuc',
  'CapThucHien',
  'LoaiCoQuan',
  'CoQuanThucHien',
  'KenhThucHien',
  'ThoiGian',
  'DonViTinh',
  'ThoiGianTrucTiep',
  'ThoiGianTrucTuyen',
  'ThoiGianBuuChinh',
  'SoNgayLamViec',
  'LePhiTu',
  'LePhiDen',
  'DonViTien',
  'TrucTuyen',
  'MucDo',
  'CanCuPhapLy',
  'QuyetDinhCongBo',
  'KetQua',
  'DoiTuong',
  'ThoiKy',
  'Nguon',
  'DoTinCay',
  'GhiChu',
  'MaDonVi',
  'HieuLucTu',
  'HieuLucDen',
] as const;

/** The contract of layout G. Everything is text, as in the exchange with the national portal; the error code alone is a number. */
export function layoutGWsdl(address: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="MotCua" targetNamespace="${NAMESPACE}" xmlns:tns="${NAMESPACE}"
  xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <wsdl:types>
    <xs:schema targetNamespace="${NAMESPACE}" elementFormDefault="qualified">
      ${type('BoSung', SUPPLEMENT)}
      ${type('Buoc', STEP)}
      ${type('HoSo', DOSSIER, list('DanhSachBoSung', 'BoSung') + list('QuaTrinh', 'Buoc'))}
      ${type('ThuTuc', PROCEDURE)}
      ${request('LayDanhSachHoSo', ['TuNgay', 'Trang', 'SoDong'])}
      ${response('LayDanhSachHoSo', list('DanhSach', 'HoSo'))}
      ${request('LayDanhSachThuTuc', ['Trang', 'SoDong'])}
      ${response('LayDanhSachThuTuc', list('DanhSach', 'ThuTuc'))}
    </xs:schema>
  </wsdl:types>
  ${OPERATIONS.map((name) => message(name) + message(`${name}Response`)).join('')}
  <wsdl:portType name="MotCuaPortType">
    ${OPERATIONS.map(
      (name) => `<wsdl:operation name="${name}">
      <wsdl:input message="tns:${name}"/><wsdl:output message="tns:${name}Response"/>
    </wsdl:operation>`,
    ).join('')}
  </wsdl:portType>
  <wsdl:binding name="MotCuaSoap" type="tns:MotCuaPortType">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    ${OPERATIONS.map(
      (name) => `<wsdl:operation name="${name}">
      <soap:operation soapAction="${NAMESPACE}/${name}"/>
      <wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output>
    </wsdl:operation>`,
    ).join('')}
  </wsdl:binding>
  <wsdl:service name="MotCua">
    <wsdl:port name="MotCuaSoap" binding="tns:MotCuaSoap"><soap:address location="${address.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"/></wsdl:port>
  </wsdl:service>
</wsdl:definitions>`;
}

export const LAYOUT_G_NAMESPACE = NAMESPACE;

const OPERATIONS = ['LayDanhSachHoSo', 'LayDanhSachThuTuc'] as const;

function text(name: string): string {
  return `<xs:element name="${name}" type="xs:string" minOccurs="0" nillable="true"/>`;
}

function type(name: string, elements: readonly string[], more = ''): string {
  return `<xs:complexType name="${name}"><xs:sequence>${elements.map(text).join('')}${more}</xs:sequence></xs:complexType>`;
}

function list(name: string, item: string): string {
  return `<xs:element name="${name}" minOccurs="0"><xs:complexType><xs:sequence>
    <xs:element name="${item}" type="tns:${item}" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>`;
}

function request(name: string, parts: readonly string[]): string {
  return `<xs:element name="${name}"><xs:complexType><xs:sequence>${parts.map(text).join('')}</xs:sequence></xs:complexType></xs:element>`;
}

function response(name: string, items: string): string {
  return `<xs:element name="${name}Response"><xs:complexType><xs:sequence>
    <xs:element name="MaLoi" type="xs:int"/>${text('MoTaLoi')}${text('TongSo')}${items}
  </xs:sequence></xs:complexType></xs:element>`;
}

function message(name: string): string {
  return `<wsdl:message name="${name}"><wsdl:part name="parameters" element="tns:${name}"/></wsdl:message>`;
}
