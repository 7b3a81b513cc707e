import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenCopy } from '../../subgraphs/sources/copy/open-copy';
import type { RecordReader } from '../../subgraphs/sources/copy/record-reader';
import { createRestReader } from '../../subgraphs/sources/rest/rest-reader';
import { createSoapReader } from '../../subgraphs/sources/soap/soap-reader';
import { openTestCopy } from '../support/copied-system';
import { HTML_PAGE, type Fault } from '../support/servers/faulty-service';
import { SERVICE_ENV, startLayoutC, startLayoutD, type RestServer } from '../support/servers/rest-servers';
import { changingRows, serviceDossiers } from '../support/servers/service-rows';
import { startLayoutG, type SoapServer } from '../support/servers/soap-servers';

const PARTS = { env: SERVICE_ENV, baseFolder: __dirname, pause: async () => undefined };

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'service-copy-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const restReader = ({ mapping }: RestServer): RecordReader => createRestReader(mapping, PARTS);
const soapReader = ({ mapping }: SoapServer): RecordReader => createSoapReader(mapping, PARTS);

const brokenIn =
  (path: RegExp): Fault =>
  (call, answer) =>
    path.test(call.path) ? HTML_PAGE : answer(call);
const alwaysFirstPage: Fault = (call, answer) => {
  const query = new URLSearchParams(call.query);
  if (query.has('start')) query.set('start', '0');
  const body = call.body.replace(/"pageIndex":\d+/, '"pageIndex":1').replace(/Trang>\d+</, 'Trang>1<');
  return answer({ ...call, query, body });
};

describe.each([
  { layout: 'C', start: startLayoutC, reader: restReader, lists: /danh-sach/ },
  { layout: 'D', start: startLayoutD, reader: restReader, lists: /rest/ },
  { layout: 'G', start: startLayoutG, reader: soapReader, lists: /asmx/ },
])('the copy of a service of layout $layout', ({ start, reader: createReader, lists }) => {
  it('keeps serving what it has while the service misbehaves, says why, and heals by itself', async () => {
    const rows = changingRows(serviceDossiers(250));
    await using server = await start(rows);
    // The two starts differ in the kind of their mapping only, and each comes with its own reader.
    await using reader = createReader(server as RestServer & SoapServer);
    await using copy = await openTestCopy({ mapping: server.mapping, reader, folder });
    await copyOnce(copy, 'full');

    server.misbehave(brokenIn(lists));
    await copyOnce(copy, 'changes');
    const broken = { count: await countOf(copy), problem: copy.health().problem?.code };
    server.misbehave(alwaysFirstPage);
    await copyOnce(copy, 'full');
    const circling = { count: await countOf(copy), problem: copy.health().problem?.code };
    server.misbehave(null);
    rows.all.splice(0, 10);
    await copyOnce(copy, 'full');
    const healed = { count: await countOf(copy), problem: copy.health().problem };

    expect(broken).toEqual({ count: 250, problem: 'SOURCE_BAD_ANSWER' });
    expect(circling).toEqual({ count: 250, problem: 'SOURCE_BAD_PAGING' });
    expect(healed).toEqual({ count: 240, problem: null });
  });

  it('reads only what changed in a pass over changes', async () => {
    const rows = changingRows(serviceDossiers(250));
    await using server = await start(rows);
    await using reader = createReader(server as RestServer & SoapServer);
    await using copy = await openTestCopy({ mapping: server.mapping, reader, folder });
    await copyOnce(copy, 'full');
    rows.all[7] = { ...rows.all[7]!, status: 10, updatedAt: '2024-06-20T03:00:00.000Z' };

    const finished = await copyOnce(copy, 'changes');

    const dossiers = finished.find(({ collection }) => collection === 'dossiers');
    // The row, and those of the two minutes of overlap.
    expect(dossiers?.counts).toMatchObject({ told: 4, changed: 1, unchanged: 3, removed: 0 });
    expect(await countOf(copy)).toBe(250);
  });
});

function copyOnce({ copier }: OpenCopy, pass: 'full' | 'changes') {
  return copier.copyOnce({ signal: new AbortController().signal, pass });
}

function countOf({ dossiers }: OpenCopy): Promise<number> {
  return dossiers!.count({ criteria: {}, now: '2024-06-28T03:00:00.000Z' });
}
