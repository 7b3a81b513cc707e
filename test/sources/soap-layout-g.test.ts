import { createSoapReader } from '../../subgraphs/sources/soap/soap-reader';
import { codesIn, readPass } from '../support/servers/read-events';
import { SERVICE_ENV } from '../support/servers/rest-servers';
import { changingRows, serviceDossiers, toServed } from '../support/servers/service-rows';
import { startFaultyService } from '../support/servers/faulty-service';
import { RPC_SERVICE } from '../support/servers/soap-rpc';
import { inWsdl, soapMapping, startLayoutG, type SoapServer } from '../support/servers/soap-servers';
import { sampleDossier } from '../support/dossier-layouts';

const PARTS = { env: SERVICE_ENV, baseFolder: __dirname, pause: async () => undefined };

describe('an XML service of layout G', () => {
  it('gives every row once in a full pass, page by page, and says that it is complete', async () => {
    const rows = changingRows(serviceDossiers(250));
    await using server = await startLayoutG(rows);
    await using reader = createSoapReader(server.mapping, PARTS);

    const pass = await readPass(reader);

    expect(pass.problem).toBeNull();
    expect(codesIn(pass.records, 'MaHoSo')).toEqual(rows.all.map(({ code }) => code));
    expect(pass.events.at(-1)).toEqual({ kind: 'complete', scope: '', mark: '2024-06-01T04:09:00.000Z' });
    expect(operationCalls(server)).toHaveLength(3);
  });

  it('asks only for what changed since the mark, less the overlap', async () => {
    const rows = changingRows(serviceDossiers(250));
    await using server = await startLayoutG(rows);
    await using reader = createSoapReader(server.mapping, PARTS);
    rows.all[17] = { ...rows.all[17]!, updatedAt: '2024-06-20T03:00:00.000Z' };

    const pass = await readPass(reader, { pass: 'changes', mark: '2024-06-10T00:00:00.000Z' });

    expect(codesIn(pass.records, 'MaHoSo')).toEqual([rows.all[17].code]);
    expect(pass.isComplete).toBe(false);
    expect(pass.mark).toBe('2024-06-20T03:00:00.000Z');
    expect(operationCalls(server)).toHaveLength(1);
    expect(operationCalls(server)[0]?.body).toContain('TuNgay>20240610065800<');
  });

  it('may have one row, or none: XML has no lists', async () => {
    const rows = changingRows(serviceDossiers(1));
    await using server = await startLayoutG(rows);
    await using reader = createSoapReader(server.mapping, PARTS);

    expect((await readPass(reader)).records).toHaveLength(1);
    rows.all.length = 0;
    const empty = await readPass(reader);
    expect(empty.records).toEqual([]);
    expect(empty.isComplete).toBe(true);
  });

  it('gives texts as they were written, null for nil, and the lists inside a row, be they of one or of none', async () => {
    const dossier = sampleDossier({
      code: 'H23.X01-240601-0001',
      aliases: ['BN & <1>'],
      dueAt: null,
      supplements: [
        { requestedAt: '2024-06-04T01:00:00.000Z', completedAt: null, dueBefore: null, dueAfter: null },
      ],
      steps: [],
    });
    await using server = await startLayoutG(changingRows([toServed(dossier, '2024-06-04T01:00:00.000Z')]));
    await using reader = createSoapReader(server.mapping, PARTS);

    const { records } = await readPass(reader);

    expect(records).toEqual([
      {
        MaHoSo: 'H23.X01-240601-0001',
        MaHoSoKhac: 'BN & <1>',
        MaTTHC: '1.000001',
        MaLinhVuc: 'Hộ tịch',
        MaDonVi: 'H23.X01',
        MaDonViXuLy: null,
        TrangThai: '4',
        KenhThucHien: '1',
        NgayNopHoSo: null,
        NgayTiepNhan: '20240603080000',
        NgayHenTra: null,
        NgayKetThucXuLy: null,
        NgayTra: null,
        NgayTuChoi: null,
        NgayCapNhat: '20240604080000',
        DuLieuMau: '1',
        'DanhSachBoSung.BoSung': [
          { NgayYeuCau: '20240604080000', NgayBoSung: null, NgayHenTraTruoc: null, NgayHenTraMoi: null },
        ],
        'QuaTrinh.Buoc': [],
      },
    ]);
  });

  it('takes no more of a row than the mapping names', async () => {
    await using server = await startLayoutG(changingRows(serviceDossiers(40)));
    await using reader = createSoapReader(server.mapping, PARTS);

    const { records } = await readPass(reader);

    expect(JSON.stringify(records)).not.toMatch(/HỒ SƠ GIẢ LẬP|ChuHoSo|NguoiXuLy/);
  });

  it('gives the catalogue by an operation of its own', async () => {
    await using server = await startLayoutG(changingRows([]));
    await using reader = createSoapReader(server.mapping, PARTS);

    const pass = await readPass(reader, { collection: 'procedures' });

    expect(codesIn(pass.records, 'MaTTHC')).toEqual(['1.000001', '1.000002', '2.000815', '3.000003']);
    expect(pass.isComplete).toBe(true);
  });
});

it('reads an older service too: RPC, each value with its type, given as it was written', async () => {
  await using server = await startFaultyService(RPC_SERVICE);
  const mapping = soapMapping(`${server.url}/rpc?wsdl`, (text) => text.replace('DanhSach.HoSo', 'HoSo'));
  await using reader = createSoapReader(mapping, PARTS);

  const { records, problem } = await readPass(reader);

  expect(problem).toBeNull();
  expect(records).toHaveLength(1);
  expect(records[0]).toMatchObject({
    MaHoSo: '20240628000000012345',
    MaDonVi: 'H23.X01',
    TrangThai: '04',
    NgayTiepNhan: '2024-06-03T08:00:00',
  });
});

it('speaks SOAP 1.2 where the WSDL has nothing else', async () => {
  await using server = await startLayoutG(changingRows(serviceDossiers(3)));
  server.misbehave(
    inWsdl((wsdl) =>
      wsdl.replace('http://schemas.xmlsoap.org/wsdl/soap/', 'http://schemas.xmlsoap.org/wsdl/soap12/'),
    ),
  );
  await using reader = createSoapReader(server.mapping, PARTS);

  expect((await readPass(reader)).records).toHaveLength(3);
  expect(operationCalls(server)[0]?.headers['content-type']).toMatch(/^application\/soap\+xml/);
});

function operationCalls({ calls }: SoapServer) {
  return calls.filter(({ method }) => method === 'POST');
}
