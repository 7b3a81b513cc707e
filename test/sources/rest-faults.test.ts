import { createRestReader } from '../../subgraphs/sources/rest/rest-reader';
import { json, type ServiceReply } from '../../subgraphs/province/services/service-server';
import {
  HTML_PAGE,
  startFaultyService,
  type Fault,
  type FaultyService,
} from '../support/servers/faulty-service';
import { readPass } from '../support/servers/read-events';
import { items, smallRestMapping } from '../support/servers/rest-list';
import { changedJson, SERVICE_ENV, startLayoutC } from '../support/servers/rest-servers';
import { changingRows, serviceDossiers } from '../support/servers/service-rows';

const PARTS = { env: SERVICE_ENV, baseFolder: __dirname, pause: async () => undefined };
const ONE_PAGE = { paging: '{ kind: none }' };

function text(body: string, type = 'application/json', status = 200): ServiceReply {
  return { status, type, body };
}

async function readFrom(fault: Fault, connection = '') {
  await using server = await startFaultyService(() => json({}));
  server.misbehave(fault);
  await using reader = createRestReader(smallRestMapping(server.url, { ...ONE_PAGE, connection }), PARTS);
  const pass = await readPass(reader);
  return { ...pass, calls: server.calls.length };
}

describe('an answer that is not what was promised', () => {
  const ENVELOPE = 'envelope: { codePath: code, ok: ["0"], messagePath: desc }';

  it.each<{ what: string; reply: ServiceReply; message: RegExp; connection?: string }>([
    { what: 'an HTML page', reply: HTML_PAGE, message: /an HTML page \(text\/html\) instead of JSON/ },
    {
      what: 'an HTML page that says it is JSON',
      reply: { ...HTML_PAGE, type: 'application/json' },
      message: /an HTML page \(application\/json\) instead of JSON/,
    },
    { what: 'XML', reply: text('<hoso/>', 'text/xml'), message: /\(text\/xml\) that is not JSON/ },
    {
      what: 'half of a JSON',
      reply: text('{"items":[{"ma":"HS-1"'),
      message: /that is not JSON, or not whole/,
    },
    { what: 'nothing', reply: text(''), message: /an empty answer/ },
    {
      what: 'no list',
      reply: json({ data: [], total: 3 }),
      message: /no list at "items"; it has: data, total/,
    },
    { what: 'a word instead of the list', reply: json({ items: 'none' }), message: /no list at "items"/ },
    {
      what: 'HTTP 404',
      reply: text('', 'text/plain', 404),
      message: /HTTP 404; check the address and the path/,
    },
    { what: 'HTTP 500', reply: text('Nguyễn Văn A 031234567890', 'text/plain', 500), message: /HTTP 500$/ },
    {
      what: 'an envelope that says error',
      reply: json({ code: -1, desc: 'Lỗi hệ thống' }),
      message: /error code -1 \(Lỗi hệ thống\)/,
      connection: ENVELOPE,
    },
    {
      what: 'an envelope that says error with HTTP 400',
      reply: json({ code: 7, desc: 'Thiếu tham số' }, 400),
      message: /HTTP 400, code 7 \(Thiếu tham số\)/,
      connection: ENVELOPE,
    },
    {
      what: 'no envelope',
      reply: json({ items: [] }),
      message: /no code at "code"; it has: items/,
      connection: ENVELOPE,
    },
    {
      what: 'an answer that is too long',
      reply: json({ items: items(1, 200) }),
      message: /longer than 2000 bytes/,
      connection: 'maxAnswerBytes: 2000',
    },
    {
      what: 'a step to another host',
      reply: text('http://203.0.113.7/hoso', 'text/plain', 302),
      message: /sends on to http:\/\/203\.0\.113\.7/,
    },
  ])('ends the pass: $what', async ({ reply, message, connection }) => {
    const pass = await readFrom(() => reply, connection);

    expect(pass.problem).toMatchObject({ code: 'SOURCE_BAD_ANSWER', place: 'GET /hoso, page 1' });
    expect(pass.problem?.message).toMatch(message);
    expect(pass.problem?.message).toMatch(/^GET \/hoso, page 1: /);
    expect(pass.problem?.message).not.toMatch(/Nguyễn|031234567890/);
    expect(pass.isComplete).toBe(false);
  });

  it('is no problem when only its content type is wrong', async () => {
    const pass = await readFrom(() => text(`\ufeff${JSON.stringify({ items: items(1, 2) })}`, 'text/html'));

    expect(pass.records).toHaveLength(2);
  });

  it('ends the pass when it is short over the wire and long when unpacked', async () => {
    const pass = await readFrom(
      () => ({ gzip: json({ items: items(1, 20_000) }) }),
      'maxAnswerBytes: 100000',
    );

    expect(pass.problem?.message).toMatch(/longer than 100000 bytes/);
  });

  it('shows neither numbers nor addresses of people that a service puts into its error', async () => {
    const said = { code: 5, desc: 'Công dân 031234567890 (a.nguyen@example.vn) không có quyền' };

    const { problem } = await readFrom(() => json(said), ENVELOPE);

    expect(problem?.message).toContain('code 5 (Công dân … (…) không có quyền)');
  });

  it('tells of a field that vanished from every row, and of what is there instead', async () => {
    const renamed = items(1, 3).map((item) => ({ ...item, ma: undefined, maHoSo: 'x' }));

    const { problem, records } = await readFrom(() => json({ items: renamed }));

    expect(problem).toMatchObject({ code: 'SOURCE_NO_COLUMN', place: 'GET /hoso, ma' });
    expect(problem?.message).toBe('No item that GET /hoso gives has "ma"; they have: tt, ngay, maHoSo');
    expect(records).toEqual([]);
  });

  it('takes the other rows when one is no record', async () => {
    const { records, rowProblems } = await readFrom(() =>
      json({ items: [...items(1, 2), 'Nguyễn Văn A', null] }),
    );

    expect(records).toHaveLength(2);
    expect(rowProblems).toEqual([
      { code: 'ROW_UNREADABLE', place: 'page 1, item 3', column: null, value: null },
      { code: 'ROW_UNREADABLE', place: 'page 1, item 4', column: null, value: null },
    ]);
  });

  it('keeps numbers that are longer than a double can hold', async () => {
    const pass = await readFrom(() => text('{"items":[{"ma":20240628000000012345,"tt":4,"ngay":"x"}]}'));

    expect(pass.records).toEqual([{ ma: '20240628000000012345', tt: 4, ngay: 'x' }]);
  });

  it('follows a step on the same host', async () => {
    const pass = await readFrom(({ path, origin }) =>
      path === '/hoso' ? text(`${origin}/moi/hoso`, 'text/plain', 307) : json({ items: items(1, 2) }),
    );

    expect(pass.records).toHaveLength(2);
  });

  it('is unpacked when it comes by gzip', async () => {
    expect((await readFrom(() => ({ gzip: json({ items: items(1, 2) }) }))).records).toHaveLength(2);
  });
});

describe('a connection that does not hold', () => {
  it('is tried again after pauses, and the page is read whole', async () => {
    const pauses: number[] = [];
    let left = 2;
    await using server = await startFaultyService(() => json({ items: items(1, 3) }));
    server.misbehave((call, answer) => ((left -= 1) >= 0 ? { cut: answer(call) } : answer(call)));
    await using reader = createRestReader(smallRestMapping(server.url, ONE_PAGE), {
      ...PARTS,
      pause: async (ms) => void pauses.push(ms),
    });

    const pass = await readPass(reader);

    expect(pass.records).toHaveLength(3);
    expect(pauses).toEqual([500, 2_000]);
  });

  it.each<[what: string, fault: Fault, code: string, message: RegExp, calls: number]>([
    [
      'always breaks off',
      () => ({ cut: json({ items: items(1, 9) }) }),
      'SOURCE_UNREACHABLE',
      /broke off before the whole answer came/,
      4,
    ],
    ['is busy', () => text('', 'text/plain', 503), 'SOURCE_UNREACHABLE', /HTTP 503/, 4],
    ['asks for fewer requests', () => text('', 'text/plain', 429), 'SOURCE_UNREACHABLE', /HTTP 429/, 4],
    ['never answers', () => 'hang', 'SOURCE_TIMEOUT', /no whole answer within 100 ms/, 4],
    ['has an error of its own', () => text('', 'text/plain', 500), 'SOURCE_BAD_ANSWER', /HTTP 500/, 1],
  ])('ends the pass when it %s', async (_, fault, code, message, calls) => {
    const pass = await readFrom(fault, code === 'SOURCE_TIMEOUT' ? 'timeoutMs: 100' : '');

    expect(pass.problem).toMatchObject({ code, place: 'GET /hoso, page 1' });
    expect(pass.problem?.message).toMatch(message);
    expect(pass.calls).toBe(calls);
  });

  it('ends the pass when nobody listens', async () => {
    const server: FaultyService = await startFaultyService(() => json({}));
    await server[Symbol.asyncDispose]();
    await using reader = createRestReader(smallRestMapping(server.url, ONE_PAGE), PARTS);

    const { problem } = await readPass(reader);

    expect(problem?.code).toBe('SOURCE_UNREACHABLE');
    expect(problem?.message).toBe(
      'GET /hoso, page 1: no service listens at the address of the connection (ECONNREFUSED)',
    );
  });

  it('leaves what was told before it, and names the page', async () => {
    const rows = changingRows(serviceDossiers(250));
    await using server = await startLayoutC(rows);
    server.misbehave(
      changedJson(/danh-sach/, (answer, page) =>
        page === 3 ? { response_code: '-1', response_desc: 'Lỗi' } : answer,
      ),
    );
    await using reader = createRestReader(server.mapping, PARTS);

    const pass = await readPass(reader);

    expect(pass.records).toHaveLength(200);
    expect(pass.problem).toMatchObject({ code: 'SOURCE_BAD_ANSWER', place: 'POST /ho-so/danh-sach, page 3' });
    expect(pass.problem?.message).toMatch(/error code -1 \(Lỗi\)/);
    expect(pass.mark).toBeNull();
  });

  it('ends at once when the caller gives up', async () => {
    await using server = await startFaultyService(() => json({}));
    const controller = new AbortController();
    server.misbehave(() => {
      controller.abort(new Error('given up'));
      return 'hang';
    });
    await using reader = createRestReader(smallRestMapping(server.url, ONE_PAGE), PARTS);

    await expect(readPass(reader, { signal: controller.signal })).rejects.toThrow('given up');
    expect(server.calls).toHaveLength(1);
  });
});
