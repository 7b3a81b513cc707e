import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOnboard } from '../../subgraphs/onboarding/run-onboard';
import { recordedIo } from '../support/command-io';
import { startFakeSystem } from '../support/fake-system';
import { startStranger } from '../support/stranger-subgraph';

const TEXT: unknown = expect.any(String);
const LIST: unknown = expect.any(Array);
const OBJECT: unknown = expect.any(Object);
const NOW = ['--now', '2024-06-10T03:00:00Z'];

describe('lienthong onboard conform', () => {
  it('ends with 0 and a line for each check when the endpoint conforms', async () => {
    await using stranger = await startStranger();
    const io = recordedIo();

    expect(await runOnboard(['conform', stranger.url, ...NOW], io)).toBe(0);
    expect(io.out()).toContain('✓ pages.concatenate  Các trang 1, 2, 7, 50 dòng');
    expect(io.out()).toMatch(/^Đạt\. .* keeps to the contract of dossiers: \d+ đạt \(passed\), 0 không đạt/m);
    expect(io.err()).toBe('');
  });

  it('ends with 1 and shows the request, what was expected and what came', async () => {
    await using stranger = await startStranger('counts deleted rows');
    const io = recordedIo();

    expect(await runOnboard(['conform', stranger.url, ...NOW, '--only', 'filters.status'], io)).toBe(1);
    expect(io.out()).toContain('✗ filters.status');
    expect(io.out()).toMatch(/expected: rows whose status is \w+, counted through pages: \d+/);
    expect(io.out()).toContain('query: query ($filter: DossierFilter) { dossiers(filter: $filter)');
    expect(io.out()).toMatch(/variables: \{"filter":\{"status":\["\w+"\]\}\}/);
  });

  it('gives the whole report as one JSON document', async () => {
    await using stranger = await startStranger('sorts entities');
    const io = recordedIo();

    expect(await runOnboard(['conform', stranger.url, ...NOW, '--only', 'entities', '--json'], io)).toBe(1);
    const report = JSON.parse(io.out()) as { checks: { id: string; status: string }[] };
    expect(report).toMatchObject({
      subgraph: 'dossiers',
      now: '2024-06-10T03:00:00Z',
      sample: 'all 40 rows',
    });
    expect(report.checks.find(({ id }) => id === 'entities.order')).toMatchObject({
      status: 'fail',
      title: { vi: TEXT, en: TEXT },
      evidence: { request: { variables: { representations: LIST } } },
    });
  });

  it('ends with 3 when nothing answers there, and when what answers is a web page', async () => {
    const io = recordedIo();
    const server = await startFakeSystem(
      (_, response) => void response.writeHead(404).end('<h1>Not Found</h1>'),
    );

    expect(await runOnboard(['conform', server.url], io)).toBe(3);
    expect(io.err()).toContain('cannot be reached: HTTP 404 and no JSON');
    await server[Symbol.asyncDispose]();
    expect(await runOnboard(['conform', server.url, '--json'], io)).toBe(3);
    expect(JSON.parse(io.out())).toMatchObject({ error: { code: 'ENDPOINT_UNREACHABLE' } });
  });

  it('ends with 3 when the first answer does not come in time', async () => {
    await using server = await startFakeSystem(() => undefined);
    const io = recordedIo();

    expect(await runOnboard(['conform', server.url, '--timeout', '50'], io)).toBe(3);
    expect(io.err()).toContain('no answer within 50 ms');
  });

  it('records a fixture, and finds the answer that has changed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'conform-'));
    const file = join(folder, 'answers.json');
    await using stranger = await startStranger();
    await using changed = await startStranger('carries over what has ended');
    await using different = await startStranger('judges by days of UTC');
    const fixture = ['--fixture', file, '--only', 'fixture', ...NOW];
    const io = recordedIo();

    expect(await runOnboard(['conform', stranger.url, '--record', file, ...NOW], io)).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toContainEqual(
      expect.objectContaining({ query: TEXT, answer: { data: OBJECT } }),
    );
    expect(await runOnboard(['conform', stranger.url, ...fixture], io)).toBe(0);
    expect(await runOnboard(['conform', changed.url, ...fixture], io)).toBe(0);
    expect(await runOnboard(['conform', different.url, ...fixture], io)).toBe(1);
    expect(io.out()).toContain('✗ fixture.answers');
    rmSync(folder, { recursive: true });
  });

  it('sends the headers that it is given, and never repeats them', async () => {
    const tokens: unknown[] = [];
    await using server = await startFakeSystem((request, response) => {
      tokens.push(request.headers.authorization);
      response.end('{"data":{"__typename":"Query"}}');
    });
    const io = recordedIo();
    const header = ['--header', 'authorization: Bearer s3cret'];

    expect(await runOnboard(['conform', server.url, ...header, '--subgraph', 'dossiers'], io)).toBe(1);
    expect(new Set(tokens)).toEqual(new Set(['Bearer s3cret']));
    expect(io.out() + io.err()).not.toContain('s3cret');
  });

  it.each([
    [['conform'], 'URL is missing'],
    [['conform', 'localhost:4310'], 'URL must be one of http or https'],
    [
      ['conform', 'http://127.0.0.1:1/x', '--subgraph', 'agencies'],
      '--subgraph must be dossiers or procedures',
    ],
    [
      ['conform', 'http://127.0.0.1:1/x', '--timeout', '5s'],
      '--timeout must be a whole number above 0, got "5s"',
    ],
    [
      ['conform', 'http://127.0.0.1:1/x', '--header', 'secret'],
      "--header must be like 'authorization: Bearer …'",
    ],
    [['conform', 'http://127.0.0.1:1/x', '--fixture', 'no-such-file'], 'cannot be read'],
    [['conform', 'http://127.0.0.1:1/x', '--now', 'today'], 'has the wrong value "today"'],
  ])('refuses %j', async (args, message) => {
    const io = recordedIo();

    expect(await runOnboard(args, io)).toBe(2);
    expect(io.err()).toContain(message);
  });

  it('refuses a check that does not exist, instead of finding nothing wrong', async () => {
    await using stranger = await startStranger();
    const io = recordedIo();

    expect(await runOnboard(['conform', stranger.url, '--only', 'page'], io)).toBe(2);
    expect(io.err()).toContain('No check is called "page"');
  });
});
