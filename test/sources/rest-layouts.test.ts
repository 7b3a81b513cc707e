import { createRestReader } from '../../subgraphs/sources/rest/rest-reader';
import { codesIn, readPass } from '../support/servers/read-events';
import { SERVICE_ENV, startLayoutC, startLayoutD, type RestServer } from '../support/servers/rest-servers';
import { changingRows, serviceDossiers } from '../support/servers/service-rows';

const PARTS = { env: SERVICE_ENV, baseFolder: __dirname };
const LIST_C = '/api/ho-so/danh-sach';
const LIST_D = '/o/rest/v2/dossiers';

const LAYOUTS = [
  { layout: 'C', start: startLayoutC, code: 'FCode', path: LIST_C, procedure: 'MaDichVu' },
  { layout: 'D', start: startLayoutD, code: 'dossierNo', path: LIST_D, procedure: 'serviceCode' },
] as const;

describe.each(LAYOUTS)('a JSON service of layout $layout', ({ start, code, path, procedure }) => {
  it('gives every row once in a full pass, page by page, and says that it is complete', async () => {
    const rows = changingRows(serviceDossiers(250));
    await using server = await start(rows);
    await using reader = createRestReader(server.mapping, PARTS);

    const pass = await readPass(reader);

    expect(pass.problem).toBeNull();
    expect(codesIn(pass.records, code)).toEqual(rows.all.map((row) => row.code));
    expect(pass.isComplete).toBe(true);
    expect(pass.events.at(-1)).toEqual({ kind: 'complete', scope: '', mark: '2024-06-01T04:09:00.000Z' });
    expect(listCalls(server, path)).toBe(3);
  });

  it('asks only for what changed since the mark, less the overlap', async () => {
    const rows = changingRows(serviceDossiers(250));
    await using server = await start(rows);
    await using reader = createRestReader(server.mapping, PARTS);
    const { mark } = await readPass(reader);
    rows.all[17] = { ...rows.all[17]!, status: 10, updatedAt: '2024-06-20T03:00:00.000Z' };
    const before = listCalls(server, path);

    const pass = await readPass(reader, { pass: 'changes', mark });

    // Those of the last two minutes before the mark come again: the clocks of two systems differ.
    const expected = rows.all
      .filter(({ updatedAt }) => updatedAt >= '2024-06-01T04:07:00.000Z')
      .map((row) => row.code);
    expect(codesIn(pass.records, code)).toEqual(expected);
    expect(pass.records).toHaveLength(4);
    expect(pass.isComplete).toBe(false);
    expect(pass.mark).toBe('2024-06-20T03:00:00.000Z');
    expect(listCalls(server, path) - before).toBe(1);
  });

  it('reads everything when changes are asked for without a mark', async () => {
    await using server = await start(changingRows(serviceDossiers(30)));
    await using reader = createRestReader(server.mapping, PARTS);

    const pass = await readPass(reader, { pass: 'changes' });

    expect(pass.records).toHaveLength(30);
    expect(pass.isComplete).toBe(true);
  });

  it('keeps its mark when nothing changed', async () => {
    await using server = await start(changingRows([]));
    await using reader = createRestReader(server.mapping, PARTS);

    const pass = await readPass(reader, { pass: 'changes', mark: '2024-06-20T03:00:00.000Z' });

    expect(pass.records).toEqual([]);
    expect(pass.mark).toBe('2024-06-20T03:00:00.000Z');
  });

  it('never sets a mark in the future, whatever a row claims', async () => {
    const [row] = serviceDossiers(1);
    await using server = await start(changingRows([{ ...row!, updatedAt: '2099-01-01T00:00:00.000Z' }]));
    await using reader = createRestReader(server.mapping, {
      ...PARTS,
      clock: () => Date.parse('2024-06-28T03:00:00.000Z'),
    });

    expect((await readPass(reader)).mark).toBe('2024-06-28T03:00:00.000Z');
  });

  it('takes no more of a row than the mapping names: no name, no identity number, no free text', async () => {
    await using server = await start(changingRows(serviceDossiers(40)));
    await using reader = createRestReader(server.mapping, PARTS);

    const { records } = await readPass(reader);

    expect(JSON.stringify(records)).not.toMatch(
      /HỒ SƠ GIẢ LẬP|HoTenNguoiNop|SoGiayTo|NoiDungYKien|applicant|actionUser|NguoiXuLy/,
    );
  });

  it('reads the catalogue as a list of its own', async () => {
    await using server = await start(changingRows([]));
    await using reader = createRestReader(server.mapping, PARTS);

    const pass = await readPass(reader, { collection: 'procedures' });

    expect(codesIn(pass.records, procedure)).toEqual(['1.000001', '1.000002', '2.000815', '3.000003']);
    expect(pass.isComplete).toBe(true);
  });

  it('tells where each row stands', async () => {
    await using server = await start(changingRows(serviceDossiers(120)));
    const { mapping } = server;
    await using reader = createRestReader(mapping, PARTS);

    const { located } = await readPass(reader);

    expect(located[0]?.place).toBe('page 1, item 1');
    expect(located[119]?.place).toBe('page 2, item 20');
  });
});

it('gives a row of layout C by the names of its mapping, with its lists inside', async () => {
  const [row] = serviceDossiers(1);
  await using server = await startLayoutC(
    changingRows([
      {
        ...row!,
        code: 'H23.X01-240601-0001',
        receivedAt: '2024-06-03T01:00:00.000Z',
        supplements: [
          {
            requestedAt: '2024-06-04T01:00:00.000Z',
            completedAt: null,
            dueBefore: '2024-06-10T10:00:00.000Z',
            dueAfter: null,
          },
        ],
        steps: [{ at: '2024-06-03T01:00:00.000Z', status: 2, unit: 'Một cửa', dueAt: null }],
      },
    ]),
  );
  await using reader = createRestReader(server.mapping, PARTS);

  const { records } = await readPass(reader);

  expect(records[0]).toMatchObject({
    FCode: 'H23.X01-240601-0001',
    NgayTiepNhan: '03/06/2024 08:00:00',
    BO_SUNG: [
      {
        NgayYeuCau: '04/06/2024 08:00:00',
        NgayNopBoSung: '',
        HenTraCu: '10/06/2024 17:00:00',
        HenTraMoi: '',
      },
    ],
    QUA_TRINH: [{ ThoiDiem: '03/06/2024 08:00:00', TrangThaiHS: 'DA_TN', PhongBan: 'Một cửa', HanXuLy: '' }],
  });
});

function listCalls(server: RestServer, path: string): number {
  return server.calls.filter((call) => call.path === path).length;
}
