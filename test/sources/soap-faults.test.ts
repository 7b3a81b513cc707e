import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LAYOUT_G_ERRORS, soapEnvelope } from '../../subgraphs/province/services/layout-g-service';
import { layoutGWsdl } from '../../subgraphs/province/services/layout-g-wsdl';
import type { SoapSystem } from '../../subgraphs/sources/mapping/system-mapping';
import { createSoapReader } from '../../subgraphs/sources/soap/soap-reader';
import { HTML_PAGE, type Fault } from '../support/servers/faulty-service';
import { readPass } from '../support/servers/read-events';
import { SERVICE_ENV } from '../support/servers/rest-servers';
import { changingRows, serviceDossiers } from '../support/servers/service-rows';
import {
  dossiersAnswer,
  inAnswers,
  inWsdl,
  soapMapping,
  startLayoutG,
  xmlReply,
} from '../support/servers/soap-servers';

const PARTS = { env: SERVICE_ENV, baseFolder: __dirname, pause: async () => undefined };
const PAGE_1 = 'operation LayDanhSachHoSo, page 1';

async function readWith(fault: Fault | null, change = (mapping: SoapSystem) => mapping, env = PARTS.env) {
  await using server = await startLayoutG(changingRows(serviceDossiers(150)));
  server.misbehave(fault);
  await using reader = createSoapReader(change(server.mapping), { ...PARTS, env });
  const pass = await readPass(reader);
  return { ...pass, calls: server.calls };
}

describe('an XML service that answers with an error', () => {
  it.each([
    ['SOURCE_REFUSED', LAYOUT_G_ERRORS.AUTHEN_ERROR, 'AUTHEN_ERROR'],
    ['SOURCE_REFUSED', LAYOUT_G_ERRORS.IP_DISALLOWED, 'IP_DISALLOWED'],
    ['SOURCE_BAD_ANSWER', LAYOUT_G_ERRORS.AGENCY_ID_INCORRECT, 'AGENCY_ID_INCORRECT'],
    ['SOURCE_BAD_ANSWER', LAYOUT_G_ERRORS.DATA_INCORRECT, 'DATA_INCORRECT'],
  ])('ends the pass with %s for the code %s', async (code, number, name) => {
    const answer = dossiersAnswer(`<MaLoi>${number}</MaLoi><MoTaLoi>${name}</MoTaLoi>`);

    const { problem } = await readWith(inAnswers(() => answer));

    expect(problem).toMatchObject({ code, place: PAGE_1 });
    expect(problem?.message).toBe(`${PAGE_1}: the service answers with error code ${number} (${name})`);
  });

  it('ends the pass for a wrong password, which is not shown', async () => {
    const env = { ...SERVICE_ENV, LAYOUT_G_PASSWORD: 'sai-mat-khau' };

    const { problem } = await readWith(null, undefined, env);

    expect(problem?.code).toBe('SOURCE_REFUSED');
    expect(problem?.message).toMatch(/code 100 \(AUTHEN_ERROR\)/);
    expect(problem?.message).not.toContain('sai-mat-khau');
  });

  it.each([
    [
      '1.1',
      '<s:Fault><faultcode>s:Server</faultcode><faultstring>Mất kết nối CSDL</faultstring></s:Fault>',
      'the fault s:Server (Mất kết nối CSDL)',
    ],
    [
      '1.2',
      '<s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text xml:lang="vi">Mất kết nối CSDL</s:Text></s:Reason></s:Fault>',
      'the fault s:Receiver (Mất kết nối CSDL)',
    ],
  ])('ends the pass for a fault of SOAP %s', async (_, fault, message) => {
    const { problem } = await readWith(inAnswers(() => xmlReply(soapEnvelope(fault), 500)));

    expect(problem).toMatchObject({ code: 'SOURCE_BAD_ANSWER', place: PAGE_1 });
    expect(problem?.message).toBe(`${PAGE_1}: the service answers with ${message}`);
  });

  it('leaves what was told before the page that failed', async () => {
    const { problem, records, isComplete } = await readWith(
      inAnswers((reply, { body }) =>
        body.includes('Trang>2<') ? dossiersAnswer('<MaLoi>500</MaLoi>') : reply,
      ),
    );

    expect(records).toHaveLength(100);
    expect(isComplete).toBe(false);
    expect(problem).toMatchObject({ code: 'SOURCE_BAD_ANSWER', place: 'operation LayDanhSachHoSo, page 2' });
  });
});

describe('an XML service that does not keep to its WSDL', () => {
  const good = '<MaLoi>0</MaLoi><TongSo>1</TongSo>';

  it.each<[what: string, fault: Fault, message: RegExp]>([
    ['answers HTML', inAnswers(() => HTML_PAGE), /an HTML page instead of XML/],
    ['answers JSON', inAnswers(() => ({ ...HTML_PAGE, body: '{"a":1}' })), /that is not XML/],
    [
      'answers half of its XML',
      inAnswers((reply) => ({ ...reply, body: reply.body.slice(0, 900) })),
      /not whole/,
    ],
    ['answers nothing', inAnswers(() => xmlReply('')), /an empty answer that is not XML/],
    ['answers no envelope', inAnswers(() => xmlReply('<a><b/></a>')), /no SOAP body/],
    ['answers an empty body', inAnswers(() => xmlReply(soapEnvelope(''))), /no SOAP body/],
    [
      'answers with another element',
      inAnswers(() => xmlReply(soapEnvelope('<KetQua xmlns="http://khac/">1</KetQua>'))),
      /the answer to LayDanhSachHoSo is the element "KetQua"/,
    ],
    [
      'answers with the element of another operation',
      inAnswers((reply) => ({
        ...reply,
        body: reply.body.replaceAll('LayDanhSachHoSo', 'LayDanhSachThuTuc'),
      })),
      /the answer to LayDanhSachHoSo is the element "LayDanhSachThuTucResponse"/,
    ],
    [
      'calls its list otherwise',
      inAnswers(() => dossiersAnswer(`${good}<KetQua><HoSo><MaHoSo>1</MaHoSo></HoSo></KetQua>`)),
      /has no element "DanhSach\.HoSo"; it has: MaLoi, TongSo, KetQua/,
    ],
    [
      'calls the items of its list otherwise',
      inAnswers(() => dossiersAnswer(`${good}<DanhSach><Dossier><MaHoSo>1</MaHoSo></Dossier></DanhSach>`)),
      /has no element "DanhSach\.HoSo" \(inside "DanhSach"\); it has: Dossier/,
    ],
    [
      'leaves out the error code',
      inAnswers(() => dossiersAnswer('<TongSo>1</TongSo>')),
      /no code at "MaLoi"; it has: TongSo/,
    ],
    ['has HTTP 404', inAnswers(() => ({ ...HTML_PAGE, status: 404 })), /HTTP 404; check the address/],
  ])('ends the pass when it %s', async (_, fault, message) => {
    const { problem, isComplete } = await readWith(fault);

    expect(problem).toMatchObject({ code: 'SOURCE_BAD_ANSWER', place: PAGE_1 });
    expect(problem?.message).toMatch(message);
    expect(problem?.message).not.toMatch(/Nguyễn/);
    expect(isComplete).toBe(false);
  });

  it('ends the pass when its items lack the code', async () => {
    const { problem } = await readWith(
      inAnswers((reply) => ({ ...reply, body: reply.body.replaceAll('MaHoSo>', 'SoHoSo>') })),
    );

    expect(problem).toMatchObject({ code: 'SOURCE_NO_COLUMN', place: 'operation LayDanhSachHoSo, MaHoSo' });
    expect(problem?.message).toMatch(/have: SoHoSo, MaHoSoKhac, /);
  });

  it('ends the pass when it tells a total and no rows', async () => {
    const { problem } = await readWith(inAnswers(() => dossiersAnswer('<MaLoi>0</MaLoi><TongSo>7</TongSo>')));

    expect(problem).toMatchObject({ code: 'SOURCE_BAD_PAGING', place: PAGE_1 });
  });

  it('ends the pass when its pages go round in a circle', async () => {
    const { problem, records } = await readWith((call, answer) =>
      answer({ ...call, body: call.body.replace(/Trang>\d+</, 'Trang>1<') }),
    );

    expect(records).toHaveLength(100);
    expect(problem).toMatchObject({ code: 'SOURCE_BAD_PAGING', place: 'operation LayDanhSachHoSo, page 2' });
  });

  it('ends the pass when an answer is too long or too slow', async () => {
    const limited = (connection: Partial<SoapSystem['connection']>) => (mapping: SoapSystem) => ({
      ...mapping,
      connection: { ...mapping.connection, ...connection },
    });

    expect((await readWith(null, limited({ maxAnswerBytes: 20_000 }))).problem?.message).toMatch(
      /longer than 20000 bytes/,
    );
    expect(
      (
        await readWith(
          inAnswers(() => 'hang'),
          limited({ timeoutMs: 150 }),
        )
      ).problem?.code,
    ).toBe('SOURCE_TIMEOUT');
  });

  it('is asked again for a page that was cut off', async () => {
    let cuts = 2;
    const { records } = await readWith(inAnswers((reply) => ((cuts -= 1) >= 0 ? { cut: reply } : reply)));

    expect(records).toHaveLength(150);
  });
});

describe('XML that would do harm', () => {
  const BOMB = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]>`;
  const THIEF = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>`;

  it.each([
    ['entities that blow up', BOMB],
    ['entities that read files', THIEF],
  ])('is not parsed: %s', async (_, declaration) => {
    const poisoned = (xml: string) => xml.replace(/^<\?xml[^>]*>/, declaration);

    const inAnswer = await readWith(inAnswers((reply) => ({ ...reply, body: poisoned(reply.body) })));
    const inContract = await readWith(inWsdl(poisoned));

    expect(inAnswer.problem).toMatchObject({ code: 'SOURCE_BAD_ANSWER', place: PAGE_1 });
    expect(inContract.problem).toMatchObject({ code: 'SOURCE_BAD_ANSWER', place: 'the WSDL' });
    for (const { problem } of [inAnswer, inContract])
      expect(problem?.message).toMatch(/document type declaration/);
  });

  it.each(['__proto__', 'constructor', 'hasOwnProperty'])(
    'is refused, and without effect, with an element called %s',
    async (name) => {
      const known = '<MaHoSo>1</MaHoSo><MaDonVi>H23.X01</MaDonVi><TrangThai>4</TrangThai>';
      const row = `<HoSo>${known}<${name}><DaXoa>1</DaXoa></${name}></HoSo>`;
      const answer = dossiersAnswer(`<MaLoi>0</MaLoi><TongSo>1</TongSo><DanhSach>${row}</DanhSach>`);

      const { problem } = await readWith(inAnswers(() => answer));

      expect(problem).toMatchObject({ code: 'SOURCE_BAD_ANSWER', place: PAGE_1 });
      expect(({} as Record<string, unknown>)['DaXoa']).toBeUndefined();
    },
  );
});

describe('a WSDL', () => {
  it.each<[what: string, change: (wsdl: string) => string, message: RegExp]>([
    [
      'without the operation',
      (wsdl) => wsdl.replaceAll('LayDanhSachHoSo"', 'TraCuuHoSo"'),
      /no operation "LayDanhSachHoSo"; it has: TraCuuHoSo, LayDanhSachThuTuc/,
    ],
    ['that is a page', () => HTML_PAGE.body, /the WSDL: an HTML page instead of XML/],
    ['that is other XML', () => '<?xml version="1.0"?><rss/>', /XML that is no WSDL/],
    ['that is only a comment', () => '<?xml version="1.0"?><!-- <definitions> -->', /XML that is no WSDL/],
    [
      'that is cut off',
      (wsdl) => wsdl.slice(0, 2_000),
      /no such service and port \(any\/any\); it has: none/,
    ],
    [
      'without a service',
      (wsdl) => wsdl.replace(/<wsdl:service[\s\S]*<\/wsdl:service>/, ''),
      /no such service and port/,
    ],
    [
      'that names an endpoint elsewhere',
      (wsdl) => wsdl.replace(/location="[^"]*"/, 'location="http://203.0.113.7/dv"'),
      /names the endpoint http:\/\/203\.0\.113\.7, .*connection\.endpoint/,
    ],
    [
      'that imports from elsewhere',
      (wsdl) =>
        wsdl.replace(
          '<wsdl:types>',
          '<wsdl:types><xs:schema><xs:import namespace="u" schemaLocation="http://203.0.113.7/u.xsd"/></xs:schema>',
        ),
      /u\.xsd of the WSDL is at http:\/\/203\.0\.113\.7, which is not asked/,
    ],
    [
      'whose operation has no message',
      (wsdl) => wsdl.replace('<wsdl:message name="LayDanhSachHoSo">', '<wsdl:message name="Khac">'),
      /the WSDL|cannot be followed/,
    ],
  ])('%s ends the pass', async (_, change, message) => {
    const { problem } = await readWith(inWsdl(change));

    expect(problem?.code).toBe('SOURCE_BAD_ANSWER');
    expect(problem?.message).toMatch(message);
  });

  it('that is a file cannot say where to log in', () => {
    const login = 'auth: { scheme: login, path: /login, body: {}, tokenPath: token }';

    expect(() => soapMapping('motcua.wsdl', (text) => text.replace(/auth: .*/, login))).toThrow(
      'connection.endpoint: must be named',
    );
  });

  it('may import the schemas of the standards, and nobody is asked for them', async () => {
    const imports =
      '<wsdl:types><xs:schema><xs:import namespace="http://schemas.xmlsoap.org/soap/encoding/" schemaLocation="http://schemas.xmlsoap.org/soap/encoding/"/></xs:schema>';

    const { records, problem } = await readWith(inWsdl((wsdl) => wsdl.replace('<wsdl:types>', imports)));

    expect(problem).toBeNull();
    expect(records).toHaveLength(150);
  });

  it('may be a file beside the mapping, with an endpoint of its own and the schema in a second file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'soap-wsdl-'));
    await using server = await startLayoutG(changingRows(serviceDossiers(3)));
    const [, schema = ''] = /<wsdl:types>([\s\S]*)<\/wsdl:types>/.exec(layoutGWsdl('')) ?? [];
    const included =
      '<xs:schema><xs:import namespace="http://motcua.haiduong.gov.vn/dichvu" schemaLocation="kieu/kieu.xsd"/></xs:schema>';
    const wsdl = layoutGWsdl('http://203.0.113.7/').replace(schema, included);
    const mapping = soapMapping('mot cua.wsdl');
    const connection = { ...mapping.connection, endpoint: `${server.url}/MotCua.asmx` };
    await using reader = createSoapReader({ ...mapping, connection }, { ...PARTS, baseFolder: folder });

    try {
      const missing = await readPass(reader);
      writeFileSync(join(folder, 'mot cua.wsdl'), wsdl.replace('kieu/kieu.xsd', 'kieu.xsd'));
      writeFileSync(
        join(folder, 'kieu.xsd'),
        schema
          .trim()
          .replace(
            '<xs:schema ',
            '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="http://motcua.haiduong.gov.vn/dichvu" ',
          ),
      );
      const found = await readPass(reader);
      writeFileSync(join(folder, 'mot cua.wsdl'), wsdl.replace('kieu/kieu.xsd', '../../etc/passwd'));
      const outside = await readPass(reader);

      expect(missing.problem).toMatchObject({ code: 'SOURCE_BAD_FILE', place: 'the file mot cua.wsdl' });
      expect(found.problem).toBeNull();
      expect(found.records).toHaveLength(3);
      expect(outside.problem?.code).toMatch(/SOURCE_BAD/);
      expect(outside.records).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
