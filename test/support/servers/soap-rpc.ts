import type { ServiceHandler } from '../../../subgraphs/province/services/service-server';
import { xmlReply } from './soap-servers';

/** An older service, as Axis makes them: RPC, encoded, each value with its type. Serves one page of one dossier. */
export const RPC_SERVICE: ServiceHandler = ({ method, origin }) =>
  method === 'GET' ? xmlReply(wsdl(`${origin}/rpc`)) : xmlReply(ANSWER);

function wsdl(address: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions targetNamespace="urn:hoso" xmlns:tns="urn:hoso" xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
  xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/">
  <types><xsd:schema targetNamespace="urn:hoso"><xsd:import namespace="http://schemas.xmlsoap.org/soap/encoding/"/>
    <xsd:complexType name="HoSo"><xsd:sequence>
      <xsd:element name="MaHoSo" type="xsd:long"/><xsd:element name="MaDonVi" type="xsd:string"/><xsd:element name="TrangThai" type="xsd:int"/>
      <xsd:element name="NgayTiepNhan" type="xsd:dateTime"/>
    </xsd:sequence></xsd:complexType>
  </xsd:schema></types>
  <message name="LayDanhSachHoSoRequest"><part name="Trang" type="xsd:int"/><part name="SoDong" type="xsd:int"/></message>
  <message name="LayDanhSachHoSoResponse"><part name="MaLoi" type="xsd:int"/><part name="TongSo" type="xsd:int"/><part name="HoSo" type="tns:HoSo"/></message>
  <portType name="HoSoPort"><operation name="LayDanhSachHoSo">
    <input message="tns:LayDanhSachHoSoRequest"/><output message="tns:LayDanhSachHoSoResponse"/>
  </operation></portType>
  <binding name="HoSoBinding" type="tns:HoSoPort"><soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="LayDanhSachHoSo"><soap:operation soapAction=""/>
      <input><soap:body use="encoded" namespace="urn:hoso" encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"/></input>
      <output><soap:body use="encoded" namespace="urn:hoso" encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"/></output>
    </operation>
  </binding>
  <service name="HoSoService"><port name="HoSo" binding="tns:HoSoBinding"><soap:address location="${address}"/></port></service>
</definitions>`;
}

const ANSWER = `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <soapenv:Body><ns1:LayDanhSachHoSoResponse xmlns:ns1="urn:hoso">
    <MaLoi xsi:type="xsd:int">0</MaLoi><TongSo xsi:type="xsd:int">1</TongSo>
    <HoSo xsi:type="ns1:HoSo"><MaHoSo xsi:type="xsd:long">20240628000000012345</MaHoSo><MaDonVi xsi:type="xsd:string">H23.X01</MaDonVi>
      <TrangThai xsi:type="xsd:int">04</TrangThai><NgayTiepNhan xsi:type="xsd:dateTime">2024-06-03T08:00:00</NgayTiepNhan></HoSo>
  </ns1:LayDanhSachHoSoResponse></soapenv:Body>
</soapenv:Envelope>`;
