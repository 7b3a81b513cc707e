import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';
import { runLienthong, startLienthong, type RunningStart } from '../support/running-start';

const root = projectRoot();

interface Answer {
  readonly data?: Record<string, unknown>;
  readonly errors?: readonly { readonly extensions?: Record<string, unknown> }[];
  readonly extensions?: { readonly shards?: readonly Record<string, unknown>[] };
}

async function post(url: string, body: string): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  // What the gateway answers to a GraphQL request.
  return (await response.json()) as Answer;
}

const ask = (url: string, query: string): Promise<Answer> => post(url, JSON.stringify({ query }));

/** The first block of a language in the README. */
function readmeBlock(language: string, containing: string): string {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    (match) => match[1] ?? '',
  );
  return blocks.find((block) => block.includes(containing)) ?? '';
}

function operations(): readonly (readonly [string, string])[] {
  const folder = join(root, 'schema', 'operations');
  return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
}

describe('npm start', () => {
  let running: RunningStart;
  beforeAll(async () => {
    running = await startLienthong();
  }, 60_000);
  afterAll(() => running[Symbol.asyncDispose]());

  it("answers the README's query with the README's answer", async () => {
    const body = /-d '([\s\S]*?)'\n/.exec(readmeBlock('sh', 'curl'))?.[1] ?? '';

    expect(await post(running.url, body)).toEqual(JSON.parse(readmeBlock('json', '"dossiers"')));
  });

  it.each(operations())('answers the ready query %s, complete and without an error', async (_, query) => {
    const answer = await ask(running.url, query);

    expect(Object.keys(answer)).toEqual(['data']);
    expect(Object.values(answer.data ?? {})).not.toContain(null);
  });

  it('serves the page and the ready queries in it', async () => {
    const page = await fetch(`${running.url}/`);
    const queries: unknown = await (await fetch(`${running.url}/operations.json`)).json();

    expect(page.headers.get('content-type')).toContain('text/html');
    expect(JSON.stringify(queries)).toContain('dang ky khai sinh');
  });

  it('says which system is missing while one is stopped, and is whole again after', async () => {
    const query = '{ dossiers(first: 1) { totalCount } }';
    const whole = await ask(running.url, query);

    expect(await runLienthong(running.folder, 'province', 'stop', 'tu-phap')).toBe(0);
    const part = await ask(running.url, query);
    expect(part.extensions?.shards).toMatchObject([
      {
        path: ['dossiers'],
        total: 9,
        answered: 8,
        failed: 1,
        totalCount: 'atLeast',
        missing: [{ shard: 'tu-phap', agencies: ['H23.X04'], code: 'SHARD_UNAVAILABLE' }],
      },
    ]);
    expect(part.errors).toMatchObject([
      { path: ['dossiers'], extensions: { code: 'SHARD_UNAVAILABLE', shard: 'tu-phap', affected: 1 } },
    ]);

    expect(await runLienthong(running.folder, 'province', 'start', 'tu-phap')).toBe(0);
    expect(await ask(running.url, query)).toEqual(whole);
  });

  it('asks a system nothing while it is drained, once the command has returned, and asks it again after', async () => {
    const query = '{ dossiers(first: 1) { totalCount } }';
    const whole = await ask(running.url, query);
    const registry = ['--registry', join(running.folder, 'systems.yaml')];
    const drain = (...args: readonly string[]) =>
      runLienthong(
        running.folder,
        ...['onboard', 'drain', 'tu-phap', ...args, ...registry],
        ...['--wait', '--gateway', running.url],
      );

    expect(await drain()).toBe(0);
    expect((await ask(running.url, query)).extensions?.shards).toMatchObject([
      { answered: 8, missing: [{ shard: 'tu-phap', agencies: ['H23.X04'], code: 'SHARD_DRAINING' }] },
    ]);

    expect(await drain('--undo')).toBe(0);
    expect(await ask(running.url, query)).toEqual(whole);
  });

  it('stops cleanly on one Ctrl-C, and nothing of it is left', async () => {
    running.process.kill('SIGINT');
    const [code] = (await once(running.process, 'exit')) as [number | null];

    expect(code).toBe(0);
    await expect(fetch(running.url)).rejects.toThrow();
    expect(processesOf(running.folder)).toEqual([]);
  });
});

describe('npm start, when one of its processes dies', () => {
  it('says which, stops the other, and ends with code 1', async () => {
    await using running = await startLienthong({ LIENTHONG_DOSSIERS: '200' });

    process.kill(gatewayOf(running.process.pid ?? 0), 'SIGKILL');
    const [code] = (await once(running.process, 'exit')) as [number | null];

    expect(code).toBe(1);
    expect(running.output()).toMatch(/The gateway .*SIGKILL/);
    expect(processesOf(running.folder)).toEqual([]);
  }, 60_000);
});

/** The gateway's process, by what Linux says of its parent and its command. */
function gatewayOf(parent: number): number {
  return Number(
    processes().find((pid) => parentOf(pid) === parent && read(`/proc/${pid}/cmdline`).includes('gateway')),
  );
}

/** Processes that still have the folder in their environment. */
function processesOf(folder: string): readonly string[] {
  return processes().filter(
    (pid) => pid !== String(process.pid) && read(`/proc/${pid}/environ`).includes(`LIENTHONG_DATA=${folder}`),
  );
}

function processes(): readonly string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
}

function parentOf(pid: string): number {
  const stat = read(`/proc/${pid}/stat`);
  // The second field is the name in parentheses and may hold anything; the parent is the second after it.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // gone meanwhile, or another user's
  }
}
