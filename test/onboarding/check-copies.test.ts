import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { checkReportOf, runCheck, type WrittenSystem } from '../support/checked-system';

const HEADER = 'Mã hồ sơ,Cơ quan,Thủ tục,Trạng thái,Kênh,Người nộp,Ngày nhận,Ngày hẹn,Ngày xong';

const DATE = (column: string) => ({ column, format: 'vietnamese' });

const MAPPING = {
  version: 1,
  system: 'so-ke-toan',
  name: 'Sổ theo dõi hồ sơ',
  kind: 'sheet',
  agencies: ['H23.X01', 'H23.X02'],
  connection: { folder: 'files' },
  dossiers: {
    from: { files: '*.csv' },
    code: 'Mã hồ sơ',
    procedure: { column: 'Thủ tục', byName: {} },
    receivingAgency: {
      column: 'Cơ quan',
      match: 'folded',
      values: { 'Sở Tư pháp': 'H23.X01', 'Sở Y tế': 'H23.X02' },
    },
    status: {
      columns: ['Trạng thái'],
      match: 'folded',
      values: [
        { when: ['Đang xử lý'], status: 4 },
        { when: ['Đã trả'], status: 10 },
      ],
    },
    channel: { column: 'Kênh', match: 'folded', values: { 'Trực tiếp': 'DIRECT', 'Trực tuyến': 'ONLINE' } },
    dates: { received: DATE('Ngày nhận'), due: DATE('Ngày hẹn'), finished: DATE('Ngày xong') },
  },
  procedures: {
    from: { files: 'danh-muc.txt' },
    columns: { code: 'Mã', name: 'Tên' },
    publishedBy: { constant: 'H23.X01' },
  },
};

function sheets(rows: readonly string[], changes: Readonly<Record<string, unknown>> = {}): WrittenSystem {
  const folder = mkdtempSync(join(tmpdir(), 'lienthong-check-'));
  mkdirSync(join(folder, 'files'));
  writeFileSync(join(folder, 'files', 'hoso.csv'), [HEADER, ...rows].join('\n'));
  const mappingFile = join(folder, 'system.yaml');
  const { procedures: _, ...withoutCatalogue } = MAPPING;
  writeFileSync(mappingFile, stringify({ ...withoutCatalogue, ...changes }));
  return {
    folder,
    mappingFile,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const SOUND = [
  'A-1,Sở Tư pháp,,Đang xử lý,Trực tiếp,Nguyễn Văn An,03/06/2024,20/06/2024,',
  'A-2,SO Y TE,,đã trả,trực tuyến,Trần Thị Bình,04/06/2024 08:30,20/06/2024,18/06/2024',
];

describe('onboard check on a system that is copied', () => {
  it('reads everything once and tells how new and how large the copy is', async () => {
    using system = sheets(SOUND, { dossiers: { ...MAPPING.dossiers, procedure: null } });
    const { report, exitCode } = await checkReportOf(system);
    expect(report.findings).toEqual([]);
    expect(exitCode).toBe(0);
    expect(report.system).toMatchObject({ kind: 'sheet', mode: 'copy', source: 'files' });
    expect(report.copy).toMatchObject({ rows: 2, problems: 0 });
    expect(Date.parse(report.copy?.asOf ?? '')).not.toBeNaN();
    expect(report.dossiers).toMatchObject({ rows: 2, served: 2, firstReceived: '2024-06-03' });
    expect(report.queries).toBeNull();
  });

  it('tells each problem of the pass with the file, row, column and value', async () => {
    using system = sheets(
      [
        ...SOUND,
        'B-1,Sở Nào Đó,,Đang xử lý,Trực tiếp,Lê Văn Cường,03/06/2024,20/06/2024,',
        'B-2,Sở Y tế,,Chờ Sở ký,Trực tiếp,Lê Văn Cường,03/06/2024,20/06/2024,',
        'B-3,Sở Y tế,,Đang xử lý,Bồ câu,Lê Văn Cường,03/06/2024,20/06/2024,',
        'B-4,Sở Y tế,,Đang xử lý,Trực tiếp,Lê Văn Cường,03/06/2024,hôm nào đó,',
        ',Sở Y tế,,Đang xử lý,Trực tiếp,Lê Văn Cường,03/06/2024,20/06/2024,',
        'B-6,Sở Y tế,,Đang xử lý,Trực tiếp,Lê Văn Cường,03/06/2024,22/06/2024,',
        'B-7,Sở Y tế,,Đã trả,Trực tiếp,Lê Văn Cường,03/06/2024,20/06/2024,01/06/2024',
        'A-1,Sở Tư pháp,,Đang xử lý,Trực tiếp,Lê Văn Cường,03/06/2024,21/06/2024,',
      ],
      { dossiers: { ...MAPPING.dossiers, procedure: null } },
    );
    const { report, exitCode } = await checkReportOf(system);
    const found = report.findings.map(({ code, place, count, values, examples }) => [
      code,
      place,
      count,
      values.map(({ value }) => value).join() || examples.join(),
    ]);
    expect(found).toEqual(
      expect.arrayContaining([
        ['AGENCY_UNKNOWN', 'Cơ quan', 1, 'Sở Nào Đó'],
        ['NO_CODE', 'Mã hồ sơ', 1, ''],
        ['DUPLICATE_CODE', null, 1, 'A-1'],
        ['STATUS_UNMAPPED', 'Trạng thái', 1, 'Chờ Sở ký'],
        ['CHANNEL_UNMAPPED', 'Kênh', 1, 'Bồ câu'],
        ['DATE_UNREADABLE', 'Ngày hẹn', 1, 'hôm nào đó'],
        ['DUE_ON_DAY_OFF', null, 1, '2024-06-22'],
        ['FINISHED_BEFORE_RECEIVED', null, 1, 'B-7'],
        ['NO_DUE_DATE', null, 1, 'B-4'],
      ]),
    );
    expect(found).toHaveLength(9);
    const unknown = report.findings.find(({ code }) => code === 'AGENCY_UNKNOWN');
    expect(unknown?.rows).toEqual([{ place: 'hoso.csv, line 4', column: 'Cơ quan', value: 'Sở Nào Đó' }]);
    expect(exitCode).toBe(1);
  });

  it('lists names of procedures that no catalogue decides', async () => {
    using system = sheets(
      SOUND.map((row, n) => row.replace(',,', `,${n === 0 ? 'Đăng ký khai sinh' : 'Việc gì đó'},`)),
      {
        procedures: { ...MAPPING.procedures, from: { files: 'danh-muc.csv' } },
        dossiers: { ...MAPPING.dossiers, from: { files: 'hoso*.csv' } },
      },
    );
    writeFileSync(
      join(system.folder, 'files', 'danh-muc.csv'),
      'Mã,Tên\n1.001193,Thủ tục đăng ký khai sinh\n',
    );
    const { report } = await checkReportOf(system);
    expect(report.procedures).toEqual({ rows: 1, agencies: [{ agency: 'H23.X01', rows: 1 }] });
    expect(report.findings.map(({ code, count, values }) => [code, count, values[0]?.value])).toEqual([
      ['PROCEDURE_UNKNOWN', 1, 'Việc gì đó'],
    ]);
  });

  it('never shows a name of a person, in any rendering', async () => {
    using system = sheets([...SOUND, ',Sở Y tế,,Chờ,Bồ câu,Lê Văn Cường,x,y,z'], {
      dossiers: { ...MAPPING.dossiers, procedure: null },
    });
    const text = await runCheck(system, ['--html', 'page.html']);
    const json = await runCheck(system, ['--json']);
    for (const name of ['Nguyễn Văn An', 'Trần Thị Bình', 'Lê Văn Cường']) {
      expect(text.out).not.toContain(name);
      expect(json.out).not.toContain(name);
    }
  });

  it('ends with 3 when the folder is not there', async () => {
    using system = sheets(SOUND, { connection: { folder: 'nowhere' } });
    const { report, exitCode } = await checkReportOf(system);
    expect(exitCode).toBe(3);
    expect(report.findings[0]).toMatchObject({ severity: 'error' });
  });

  it('reads a JSON service of the same mapping, page by page', async () => {
    const items = Array.from({ length: 5 }, (_, n) => ({
      code: `R-${n}`,
      agency: 'Sở Tư pháp',
      status: n === 4 ? 'lạ' : 'Đang xử lý',
      received: '03/06/2024',
      due: '20/06/2024',
      applicant: 'Nguyễn Văn An',
    }));
    const server = createServer((request, response) => {
      const page = Number(new URL(request.url ?? '/', 'http://x').searchParams.get('page'));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data: items.slice((page - 1) * 2, page * 2) }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A server on a TCP port has an address of this form.
    const { port } = server.address() as AddressInfo;
    using system = sheets([], {
      kind: 'rest',
      connection: { baseUrl: `http://127.0.0.1:${port}` },
      dossiers: {
        ...MAPPING.dossiers,
        from: {
          path: '/hoso',
          itemsPath: 'data',
          paging: { kind: 'page', param: 'page', sizeParam: 'size', size: 2 },
        },
        code: 'code',
        procedure: null,
        receivingAgency: { ...MAPPING.dossiers.receivingAgency, column: 'agency' },
        status: { ...MAPPING.dossiers.status, columns: ['status'] },
        channel: null,
        dates: { received: DATE('received'), due: DATE('due') },
      },
    });
    const { report, exitCode } = await checkReportOf(system);
    server.close();
    await once(server, 'close');
    expect(report.dossiers).toMatchObject({ rows: 5, served: 5 });
    expect(report.findings.map(({ code, count }) => [code, count])).toEqual([
      ['STATUS_UNMAPPED', 1],
      ['AGENCY_WITHOUT_DOSSIERS', null],
    ]);
    expect(exitCode).toBe(0);
  });
});
