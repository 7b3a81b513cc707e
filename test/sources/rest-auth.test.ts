import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRestReader } from '../../subgraphs/sources/rest/rest-reader';
import { json, type ServiceCall } from '../../subgraphs/province/services/service-server';
import { startFaultyService, type FaultyService } from '../support/servers/faulty-service';
import { readPass } from '../support/servers/read-events';
import { items, smallRestMapping } from '../support/servers/rest-list';
import { PASSWORD, SERVICE_ENV, startLayoutC, startLayoutD } from '../support/servers/rest-servers';
import { changingRows, serviceDossiers } from '../support/servers/service-rows';

const PARTS = { env: SERVICE_ENV, baseFolder: __dirname, pause: async () => undefined };

describe('a session by user and password', () => {
  it('is opened once for many pages and passes', async () => {
    await using server = await startLayoutC(changingRows(serviceDossiers(250)));
    await using reader = createRestReader(server.mapping, PARTS);

    await Promise.all([readPass(reader), readPass(reader, { collection: 'procedures' })]);
    await readPass(reader);

    expect(logins(server)).toHaveLength(1);
  });

  it('is renewed shortly before it ends, without a refused request', async () => {
    let now = Date.parse('2024-06-28T03:00:00Z');
    const session = { sessionSeconds: 600, clock: () => now };
    await using server = await startLayoutC(changingRows(serviceDossiers(10)), session);
    await using reader = createRestReader(server.mapping, { ...PARTS, clock: () => now });
    await readPass(reader);
    now += 575_000;

    const pass = await readPass(reader);

    expect(pass.isComplete).toBe(true);
    expect(logins(server)).toHaveLength(2);
    expect(server.calls.map(({ path }) => path)).toEqual([LOGIN, LIST, LOGIN, LIST]);
  });

  it('is opened again when the service ends it early, and the page is read', async () => {
    let serverNow = Date.parse('2024-06-28T03:00:00Z');
    await using server = await startLayoutC(changingRows(serviceDossiers(10)), { clock: () => serverNow });
    await using reader = createRestReader(server.mapping, PARTS);
    await readPass(reader);
    serverNow += 3_600_000;

    const pass = await readPass(reader);

    expect(pass.records).toHaveLength(10);
    expect(server.calls.map(({ path }) => path)).toEqual([LOGIN, LIST, LIST, LOGIN, LIST]);
  });

  it('that is refused as soon as it is opened ends the pass', async () => {
    await using server = await startLayoutC(changingRows(serviceDossiers(10)), { sessionSeconds: -1 });
    await using reader = createRestReader(server.mapping, PARTS);

    const { problem } = await readPass(reader);

    expect(problem).toMatchObject({ code: 'SOURCE_REFUSED', place: 'POST /ho-so/danh-sach, page 1' });
    expect(problem?.message).toMatch(/code -2 \(Phiên làm việc đã hết hạn\)/);
    expect(logins(server)).toHaveLength(2);
  });

  it('is opened for the other passes when the one that began it is given up', async () => {
    await using server = await startLayoutC(changingRows(serviceDossiers(3)));
    await using reader = createRestReader(server.mapping, PARTS);
    const controller = new AbortController();
    server.misbehave((call, answer) => {
      if (logins(server).length > 1) return answer(call);
      controller.abort(new Error('given up'));
      return 'hang';
    });

    const first = readPass(reader, { signal: controller.signal }).catch((error: unknown) => error);
    const second = await readPass(reader, { collection: 'procedures' });

    expect(await first).toEqual(new Error('given up'));
    expect(second.isComplete).toBe(true);
  });

  it('is not opened with a wrong password, and the password is not shown', async () => {
    await using server = await startLayoutC(changingRows([]));
    await using reader = createRestReader(server.mapping, {
      ...PARTS,
      env: { LAYOUT_C_PASSWORD: 'sai-mat-khau' },
    });

    const { problem } = await readPass(reader);

    expect(problem).toMatchObject({ code: 'SOURCE_REFUSED', place: 'log-in /dang-nhap' });
    expect(problem?.message).toBe(
      'log-in /dang-nhap: the service refuses the log-in with code -1 (Sai tên đăng nhập hoặc mật khẩu)',
    );
    expect(server.calls).toHaveLength(1);
  });

  it('is not shown, nor is its password, when the service repeats them in an error', async () => {
    await using server = await startLayoutC(changingRows([]));
    await using reader = createRestReader(server.mapping, PARTS);
    await readPass(reader);
    const session = String(server.calls.at(-1)?.headers['session']);
    server.misbehave(() =>
      json({ response_code: '-2', response_desc: `Phiên ${session} hết hạn: ${PASSWORD}` }),
    );

    const { problem } = await readPass(reader);

    expect(problem?.message).toMatch(/the service refuses the log-in with code -2 \(Phiên … hết hạn: …\)/);
  });

  it('whose answer has no token is told of', async () => {
    await using server = await startLayoutC(changingRows([]));
    server.misbehave(() => json({ response_code: '0', response_data: { token: PASSWORD } }));
    await using reader = createRestReader(server.mapping, PARTS);

    const { problem } = await readPass(reader);

    expect(problem?.code).toBe('SOURCE_BAD_ANSWER');
    expect(problem?.message).toBe('log-in /dang-nhap: the answer has no token at "response_data.session"');
  });
});

describe('credentials that are sent with each request', () => {
  const TOKEN = 'auth: { scheme: bearer, token: { env: TOKEN } }';

  it.each([
    ['a bearer token', TOKEN, { TOKEN: 'abc' }, { authorization: 'Bearer abc' }],
    [
      'user and password',
      'auth: { scheme: basic, user: u, password: { env: P } }',
      { P: 'p:q' },
      { authorization: 'Basic dTpwOnE=' },
    ],
    [
      'a header of its own',
      'auth: { scheme: header, name: X-Api-Key, value: { env: K } }',
      { K: 'k' },
      { 'x-api-key': 'k' },
    ],
  ])('are %s', async (_, connection, env, headers) => {
    await using server = await startFaultyService(() => json({ items: items(1, 1) }));
    await using reader = createRestReader(
      smallRestMapping(server.url, { paging: '{ kind: none }', connection }),
      {
        ...PARTS,
        env,
      },
    );

    await readPass(reader);

    expect(server.calls[0]?.headers).toMatchObject(headers);
  });

  it('are not tried twice when they are refused', async () => {
    await using server = await startLayoutD(changingRows([]));
    await using reader = createRestReader(server.mapping, {
      ...PARTS,
      env: { LAYOUT_D_PASSWORD: 'sai-mat-khau' },
    });

    const { problem } = await readPass(reader);

    expect(problem).toMatchObject({ code: 'SOURCE_REFUSED', place: 'GET /dossiers, page 1' });
    expect(problem?.message).toMatch(/HTTP 401; check the credentials/);
    expect(problem?.message).not.toContain('sai-mat-khau');
    expect(server.calls).toHaveLength(1);
  });

  it.each([
    ['auth: { scheme: bearer, token: { env: S } }'],
    ['auth: { scheme: basic, user: u, password: { env: S } }'],
    ['auth: { scheme: header, name: X-Api-Key, value: { env: S } }'],
  ])('are not shown when the service repeats them in an error: %s', async (auth) => {
    await using server = await startFaultyService(() =>
      json({ code: 9, desc: 'Khóa abc:def không có quyền' }),
    );
    const connection = `${auth}\n  envelope: { codePath: code, ok: [0], messagePath: desc }`;
    const mapping = smallRestMapping(server.url, { paging: '{ kind: none }', connection });
    await using reader = createRestReader(mapping, { ...PARTS, env: { S: 'abc:def' } });

    const { problem } = await readPass(reader);

    expect(problem?.message).toMatch(/error code 9 \(Khóa … không có quyền\)/);
  });

  it('that no header can carry are told of, and not shown', async () => {
    await using server = await startFaultyService(() => json({ items: [] }));
    const connection = 'auth: { scheme: bearer, token: { env: S } }';
    const mapping = smallRestMapping(server.url, { paging: '{ kind: none }', connection });
    await using reader = createRestReader(mapping, { ...PARTS, env: { S: 'abc\ndef' } });

    const { problem } = await readPass(reader);

    expect(problem?.code).toBe('SOURCE_REFUSED');
    expect(problem?.message).toMatch(/a letter that HTTP does not allow/);
    expect(problem?.message).not.toMatch(/abc/);
  });

  it('that nobody set are named, and nothing is asked', async () => {
    await using server = await startLayoutD(changingRows([]));
    await using reader = createRestReader(server.mapping, { ...PARTS, env: {} });

    const { problem } = await readPass(reader);

    expect(problem?.code).toBe('SOURCE_REFUSED');
    expect(problem?.message).toContain('LAYOUT_D_PASSWORD is not set');
    expect(server.calls).toEqual([]);
  });

  it('are read anew from a file beside the mapping, so that a rotated one needs no restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rest-auth-'));
    await using server = await startFaultyService(() => json({ items: [] }));
    const connection = 'auth: { scheme: bearer, token: { file: token.txt } }';
    await using reader = createRestReader(
      smallRestMapping(server.url, { paging: '{ kind: none }', connection }),
      {
        ...PARTS,
        baseFolder: folder,
      },
    );

    try {
      writeFileSync(join(folder, 'token.txt'), 'first\n');
      await readPass(reader);
      writeFileSync(join(folder, 'token.txt'), 'second\n');
      await readPass(reader);
    } finally {
      rmSync(folder, { recursive: true });
    }

    expect(server.calls.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer first',
      'Bearer second',
    ]);
  });
});

const LOGIN = '/api/dang-nhap';
const LIST = '/api/ho-so/danh-sach';

function logins({ calls }: FaultyService): readonly ServiceCall[] {
  return calls.filter(({ path }) => path === LOGIN);
}
