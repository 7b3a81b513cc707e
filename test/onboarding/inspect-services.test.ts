import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { runOnboard } from '../../subgraphs/onboarding/run-onboard';
import { parseSystemMapping } from '../../subgraphs/sources/mapping/read-system-mapping';
import { recordedIo } from '../support/command-io';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'lienthong-inspect-'))));
afterAll(() => rmSync(folder, { recursive: true }));

async function inspect(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const io = recordedIo({ cwd: folder, env });
  const code = await runOnboard(['inspect', ...args], io);
  return { code, out: io.out(), err: io.err() };
}

async function serve(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // A TCP server has a port.
  return {
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

const text = { type: 'string' };
const milliseconds = { type: 'integer', format: 'int64' };
const DOSSIER = {
  type: 'object',
  properties: {
    dossierNo: text,
    referenceUid: text,
    serviceCode: text,
    govAgencyCode: text,
    applicantName: text,
    submissionMethod: { type: 'integer' },
    dossierStatus: { type: 'string', enum: ['receiving', 'processing', 'done', 'archived'] },
    ...Object.fromEntries(
      ['submitDate', 'receiveDate', 'dueDate', 'releaseDate', 'finishDate', 'modifiedDate'].map((name) => [
        name,
        milliseconds,
      ]),
    ),
  },
};

const OPENAPI = {
  openapi: '3.0.3',
  info: { title: 'OpenCPS', version: '2' },
  servers: [{ url: 'https://opencps.example.vn/o/rest/v2' }],
  paths: {
    '/dossiers': {
      get: {
        parameters: [
          { name: 'start', in: 'query', schema: { type: 'integer' } },
          { $ref: '#/components/parameters/limit' },
        ],
        responses: {
          '200': {
            description: 'ok',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Page' } } },
          },
        },
      },
    },
    '/dossiers/{id}': { get: { responses: { '200': { description: 'one' } } } },
  },
  components: {
    parameters: { limit: { name: 'limit', in: 'query', schema: { type: 'integer' } } },
    schemas: {
      Dossier: DOSSIER,
      Page: {
        type: 'object',
        properties: {
          total: { type: 'integer' },
          data: { type: 'array', items: { $ref: '#/components/schemas/Dossier' } },
        },
      },
    },
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
  },
};

const SWAGGER = {
  swagger: '2.0',
  host: 'opencps.example.vn',
  basePath: '/o/rest/v2',
  schemes: ['https'],
  paths: {
    '/dossiers': {
      get: { responses: { '200': { schema: { type: 'array', items: { $ref: '#/definitions/Dossier' } } } } },
    },
  },
  definitions: { Dossier: DOSSIER },
};

describe('an OpenAPI document', () => {
  it.each([
    [
      '3, as YAML',
      'openapi.yaml',
      stringify(OPENAPI),
      { itemsPath: 'data', paging: { kind: 'offset', param: 'start', sizeParam: 'limit' } },
    ],
    ['2, as JSON', 'swagger.json', JSON.stringify(SWAGGER), { itemsPath: '', paging: { kind: 'none' } }],
  ])('%s, gives the mapping of a list that it describes', async (_, name, document, from) => {
    const { code, out, err } = await inspect([write(name, document), '--agencies', 'H23.X07']);

    expect(code).toBe(0);
    expect(err).toContain('Layout D: ');
    const mapping = parseSystemMapping('out', out);
    expect(mapping).toMatchObject({
      kind: 'rest',
      connection: { baseUrl: 'https://opencps.example.vn/o/rest/v2' },
      dossiers: {
        from: { path: '/dossiers', ...from },
        code: 'dossierNo',
        receivingAgency: { constant: 'H23.X07' },
        channel: { column: 'submissionMethod', type: 'number' },
        dates: { received: { column: 'receiveDate', format: 'epoch-ms' } },
        updatedAt: { column: 'modifiedDate', format: 'epoch-ms' },
      },
    });
    expect(mapping.dossiers?.status.values).toContainEqual({ when: ['receiving'], status: 1 });
    expect(out).toContain('"archived" (1 row)');
  });

  it('that describes no list is no source', async () => {
    const { code, err } = await inspect([
      write('empty.json', JSON.stringify({ openapi: '3.1.0', paths: {} })),
    ]);

    expect(code).toBe(3);
    expect(err).toContain('describes no operation that answers a list of records');
  });
});

const WSDL = `<?xml version="1.0" encoding="UTF-8"?>
<definitions name="HoSo" targetNamespace="urn:hoso" xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:tns="urn:hoso"
  xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <types>
    <xs:schema targetNamespace="urn:hoso" elementFormDefault="qualified">
      <xs:element name="TraCuuHoSo"><xs:complexType><xs:sequence>
        <xs:element name="MaDonVi" type="xs:string"/><xs:element name="Trang" type="xs:int"/><xs:element name="SoDong" type="xs:int"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="TraCuuHoSoResponse"><xs:complexType><xs:sequence>
        <xs:element name="error_code" type="xs:string"/>
        <xs:element name="data"><xs:complexType><xs:sequence>
          <xs:element name="HoSo" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
            <xs:element name="MaHoSo" type="xs:string"/><xs:element name="MaTTHC" type="xs:string"/>
            <xs:element name="ChuHoSo" type="xs:string"/><xs:element name="TrangThaiHoSo" type="xs:string"/>
            <xs:element name="NgayTiepNhan" type="xs:string"/><xs:element name="NgayHenTra" type="xs:string"/>
            <xs:element name="NgayKetThucXuLy" type="xs:string"/>
          </xs:sequence></xs:complexType></xs:element>
        </xs:sequence></xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element>
    </xs:schema>
  </types>
  <message name="In"><part name="parameters" element="tns:TraCuuHoSo"/></message>
  <message name="Out"><part name="parameters" element="tns:TraCuuHoSoResponse"/></message>
  <portType name="P"><operation name="TraCuuHoSo"><input message="tns:In"/><output message="tns:Out"/></operation></portType>
  <binding name="B" type="tns:P"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="TraCuuHoSo"><soap:operation soapAction=""/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>
  </binding>
  <service name="S"><port name="Port" binding="tns:B"><soap:address location="http://127.0.0.1:1/hoso"/></port></service>
</definitions>`;

describe('a WSDL', () => {
  it.each(['a file', 'an address'])(
    'as %s gives the mapping of the list that an operation answers',
    async (where) => {
      await using server = await serve((_, response) => response.end(WSDL));
      const target = where === 'a file' ? write('hoso.wsdl', WSDL) : `${server.origin}/hoso?wsdl`;

      const { code, out, err } = await inspect([target, '--agencies', 'H23.X05']);

      expect(code).toBe(0);
      expect(err).toContain('Layout G: ');
      expect(parseSystemMapping('out', out)).toMatchObject({
        kind: 'soap',
        connection: { wsdl: target },
        dossiers: {
          from: {
            operation: 'TraCuuHoSo',
            itemsPath: 'data.HoSo',
            paging: { kind: 'page', param: 'Trang', sizeParam: 'SoDong' },
          },
          code: 'MaHoSo',
          receivingAgency: { constant: 'H23.X05' },
          dates: { received: { column: 'NgayTiepNhan' }, due: { column: 'NgayHenTra' } },
        },
      });
    },
  );

  it.each([
    ['is cut short', WSDL.slice(0, 1_500), 'bad.wsdl'],
    [
      'answers no list',
      WSDL.replace('maxOccurs="unbounded"', ''),
      'has no operation that answers a list of records',
    ],
  ])('that %s is told in one sentence', async (_, document, message) => {
    const { code, err } = await inspect([write('bad.wsdl', document)]);

    expect(code).toBe(3);
    expect(err).toContain(message);
  });
});

const ANSWER = {
  response_code: '00',
  response_desc: 'OK',
  response_data: [
    {
      FCode: 'HS-1',
      TrangThaiHS: 'DANG_XL',
      MaDichVu: '1.001193',
      MaDonVi: 'H23.X04',
      FCreateTime: '05/06/2024 08:00',
      HoTenNguoiNop: 'Nguyễn Văn Tuấn',
      SoGiayTo: '030204001234',
    },
    {
      FCode: 'HS-2',
      TrangThaiHS: 'LOAI',
      MaDichVu: '1.001193',
      MaDonVi: 'H23.X04',
      FCreateTime: '06/06/2024 09:00',
      HoTenNguoiNop: 'Trần Thị Bích',
      SoGiayTo: '030204009999',
    },
  ],
};

describe('a JSON service', () => {
  it('is mapped by one answer: its envelope, its list, and of people only the shape', async () => {
    await using server = await serve((request, response) => {
      const isKnown = request.headers.authorization === 'Bearer the-token';
      response.writeHead(isKnown ? 200 : 401).end(isKnown ? JSON.stringify(ANSWER) : '');
    });

    const refused = await inspect([`${server.origin}/ho-so?nam=2024`, '--system', 'mot-cua']);
    const { code, out, err } = await inspect([`${server.origin}/ho-so?nam=2024`, '--system', 'mot-cua'], {
      LIENTHONG_MOT_CUA_TOKEN: 'the-token',
    });

    expect(refused.code).toBe(3);
    expect(refused.err).toContain('answered HTTP 401');
    expect(code).toBe(0);
    expect(err).toContain('Layout C: ');
    expect(parseSystemMapping('out', out)).toMatchObject({
      kind: 'rest',
      connection: {
        baseUrl: server.origin,
        auth: { scheme: 'bearer', token: { env: 'LIENTHONG_MOT_CUA_TOKEN' } },
        envelope: { codePath: 'response_code', ok: ['0', '00'], messagePath: 'response_desc' },
      },
      agencies: ['H23.X04'],
      dossiers: {
        from: { path: '/ho-so', params: { nam: '2024' }, itemsPath: 'response_data' },
        code: 'FCode',
        status: {
          columns: ['TrangThaiHS'],
          values: [
            { when: ['LOAI'], status: 3 },
            { when: ['DANG_XL'], status: 4 },
          ],
        },
        dates: { received: { column: 'FCreateTime', format: 'vietnamese' } },
      },
    });
    for (const secret of ['the-token', 'Nguyễn Văn Tuấn', 'Trần Thị Bích', '030204001234'])
      expect(out + err).not.toContain(secret);
  });

  it('never repeats a password of the address', async () => {
    await using server = await serve((_, response) => response.end('{"code": 5, "message": "no"}'));

    const { code, out, err } = await inspect([server.origin.replace('//', '//me:hush-hush@'), '--json']);

    expect(code).toBe(3);
    expect(err).toContain('answered code 5: is a token needed, or another path?');
    expect(out + err).not.toContain('hush-hush');
  });

  it('that is not there is told by its address', async () => {
    const { code, err } = await inspect(['http://127.0.0.1:1/x']);

    expect(code).toBe(3);
    expect(err).toContain('http://127.0.0.1:1/x cannot be reached');
  });

  it('that answers a web page is no service', async () => {
    await using server = await serve((_, response) => response.end('<html><body>Đăng nhập</body></html>'));

    const { code, err } = await inspect([server.origin]);

    expect(code).toBe(3);
    expect(err).toContain('answered neither JSON nor OpenAPI nor a WSDL');
  });
});
