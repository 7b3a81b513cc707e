import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';
import { eventually } from '../support/eventually';
import { FiguresSystem } from '../support/figures-system';
import { createTestFolder } from '../support/plain-supergraph';
import { type Answer, askForJson, startTestGateway, type TestGateway } from '../support/test-gateway';

const OF_ONE = { query: '{ performance(filter: { agencies: ["H23.X01"] }) { received } }' };
const ASK = { query: '{ performance { received } }' };
const figures = (received: number) => ({ data: { performance: { received } } });

let folder: ReturnType<typeof createTestFolder>;
let one: FiguresSystem;
let two: FiguresSystem;
let gateway: TestGateway;
beforeEach(async () => {
  folder = createTestFolder();
  writeFileSync(join(folder.path, 'agencies.json'), '[{"code":"H23.X01"},{"code":"H23.X02"}]');
  [one, two] = [await FiguresSystem.start(1), await FiguresSystem.start(20)];
  writeSystems({ one: held([one], 'H23.X01') });
  gateway = await startTestGateway({
    supergraph: join(projectRoot(), 'schema', 'supergraph.graphql'),
    registry: join(folder.path, 'systems.yaml'),
    sharing: { calls: false, operations: true },
    maxBatch: 2,
  });
  await untilReady();
});
afterEach(async () => {
  await gateway[Symbol.asyncDispose]();
  await one[Symbol.asyncDispose]();
  await two[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

function held(systems: readonly FiguresSystem[], agency: string, more: object = {}) {
  return { subgraphs: { dossiers: { urls: systems.map(({ url }) => url), agencies: [agency], ...more } } };
}

function writeSystems(systems: Readonly<Record<string, unknown>>): void {
  const subgraphs = { dossiers: { expected: ['H23.X01'] }, procedures: { expected: [] } };
  const content = { version: 1, directory: 'agencies.json', subgraphs, systems };
  writeFileSync(join(folder.path, 'systems.yaml'), JSON.stringify(content));
}

interface Checks {
  readonly supergraph: Readonly<Record<string, unknown>>;
  readonly registry: Readonly<Record<string, unknown>>;
  readonly systems: Readonly<Record<string, unknown>>;
}

async function readyz(): Promise<Checks> {
  const { body } = await askForJson(`${gateway.url}/readyz`);
  return (body as unknown as { readonly checks: Checks }).checks;
}

const untilReady = () =>
  eventually(
    () => askForJson(`${gateway.url}/readyz`),
    ({ status }) => status === 200,
  );

/** Writes another registry and waits until it is in force. */
async function adopt(systems: Readonly<Record<string, unknown>>): Promise<void> {
  const { version } = (await readyz()).registry;
  writeSystems(systems);
  await eventually(
    async () => (await readyz()).registry['version'],
    (now) => now !== version,
  );
}

const ask = async (): Promise<Answer['body']> => (await gateway.post(ASK)).body;

describe('what /readyz says of the registry', () => {
  it('is its version, since when, and that of the supergraph', async () => {
    const { registry, supergraph } = await readyz();

    const version = expect.stringMatching(/^[0-9a-f]{12}$/) as string;
    const since = '2024-06-28T03:00:00.789Z';
    expect(registry).toEqual({ ok: true, version, since });
    expect(supergraph).toEqual({ ok: true, version, since });
  });

  it('is why a changed file was refused, without places and addresses, until the file is right again', async () => {
    const before = (await readyz()).registry;
    writeSystems({
      one: held([one], 'H23.X01'),
      two: { subgraphs: { dossiers: { urls: [], agencies: ['H23.X09'] } } },
      three: { color: 'red', subgraphs: { dossiers: { urls: ['ftp://10.0.0.9/x'], agencies: [] } } },
    });
    const refused = await eventually(
      async () => (await readyz()).registry,
      (registry) => 'refused' in registry,
    );

    expect(refused).toMatchObject({ ok: true, version: before['version'] });
    const text = JSON.stringify(refused);
    expect(text).toContain('unknown key \\"color\\"');
    expect(text).not.toMatch(/127\.0\.0\.1|10\.0\.0\.9/);
    expect(text).not.toContain(folder.path);
    expect(await ask()).toEqual(figures(1));

    writeSystems({ one: held([one], 'H23.X01') });
    const healed = await eventually(
      async () => (await readyz()).registry,
      (registry) => !('refused' in registry),
    );
    expect(healed).toEqual(before);
  });

  it('follows the list of agencies too', async () => {
    writeSystems({ one: held([one], 'H23.X03') });
    await eventually(
      async () => (await readyz()).registry,
      (registry) => 'refused' in registry,
    );

    writeFileSync(join(folder.path, 'agencies.json'), '[{"code":"H23.X01"},{"code":"H23.X03"}]');

    await eventually(
      async () => (await readyz()).registry,
      (registry) => !('refused' in registry),
    );
    expect(await ask()).toMatchObject({
      ...figures(1),
      errors: [{ extensions: { code: 'SHARD_NONE', shard: null } }],
    });
  });

  it('names the version that was refused when only its agencies are wrong', async () => {
    writeSystems({ one: held([one], 'H23.X77') });
    const { refused } = await eventually(
      async () => (await readyz()).registry,
      (registry) => 'refused' in registry,
    );

    expect(refused).toMatchObject({
      version: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
      reasons: ['systems.one.subgraphs.dossiers: "H23.X77" is no agency of the directory agencies.json'],
    });
  });
});

describe('a registry that is adopted while requests run', () => {
  it('is that of every request that comes after it; those that have begun end under the old one', async () => {
    const letGo = one.hold();
    const begun = ask();
    await one.untilAsked(1);

    await adopt({ one: held([one], 'H23.X01'), two: held([two], 'H23.X02') });
    const after = ask();
    // Not joined with what runs under the old one.
    await one.untilAsked(2);
    letGo();

    expect([await begun, await after]).toEqual([figures(1), figures(21)]);
  });
});

describe('a system that is draining', () => {
  it('is asked nothing more and told as missing, while what it has begun is finished', async () => {
    await adopt({ one: held([one], 'H23.X01'), two: held([two], 'H23.X02') });
    const letGo = two.hold();
    const begun = ask();
    await two.untilAsked(1);

    await adopt({ one: held([one], 'H23.X01'), two: { draining: true, ...held([two], 'H23.X02') } });
    const after = await ask();
    letGo();

    expect(await begun).toEqual(figures(21));
    expect(after).toEqual({
      ...figures(1),
      errors: [
        {
          message: 'System "two" is being taken out of service and is no longer asked',
          path: ['performance'],
          extensions: { code: 'SHARD_DRAINING', shard: 'two', affected: 1 },
        },
      ],
      extensions: {
        shards: [
          {
            path: ['performance'],
            total: 2,
            answered: 1,
            failed: 1,
            timedOut: 0,
            partial: ['received'],
            missing: [{ shard: 'two', agencies: ['H23.X02'], code: 'SHARD_DRAINING' }],
          },
        ],
      },
    });
    expect(two.asked).toBe(1);
    expect((await readyz()).registry).toMatchObject({ draining: ['two'] });
    expect((await readyz()).systems).toMatchObject({ total: 1 });
    expect(gateway.log.join()).not.toContain('a system failed');
  });

  it('is told of the operations of a list that it concerns, and of no other', async () => {
    await adopt({ one: held([one], 'H23.X01'), two: { draining: true, ...held([two], 'H23.X02') } });

    const { body } = await gateway.post([ASK, OF_ONE]);

    expect(body).toEqual([
      expect.objectContaining({ extensions: { shards: [expect.objectContaining({ answered: 1 })] } }),
      figures(1),
    ]);
  });

  it('loses nothing when it is one address of several: the others are asked', async () => {
    const replica = await FiguresSystem.start(1);
    await adopt({ one: held([one, replica], 'H23.X01', { draining: [one.url] }) });
    const before = one.asked;

    for (let i = 0; i < 20; i++) expect(await ask()).toEqual(figures(1));

    expect([one.asked, replica.asked]).toEqual([before, 20]);
    await replica[Symbol.asyncDispose]();
  });
});

describe('a system that answers from an older state', () => {
  const notes = (problems: readonly unknown[], asOf: unknown = '2024-06-28T01:55:00Z') => ({
    lienthong: { asOf, problems },
  });
  const STALE = {
    code: 'SOURCE_STALE',
    message: 'http://10.0.0.7/so-y-te does not answer',
    since: '2024-06-28T02:00:00Z',
  };

  it('counts as answered and is told with code and instants; its message goes to the log alone, once', async () => {
    await adopt({ one: held([one], 'H23.X01'), two: held([two], 'H23.X02') });
    two.extensions = notes([STALE]);

    const answers = [await ask(), await ask()];

    const entry = {
      path: ['performance'],
      total: 2,
      answered: 2,
      failed: 0,
      timedOut: 0,
      missing: [],
      stale: [
        {
          shard: 'two',
          agencies: ['H23.X02'],
          asOf: '2024-06-28T01:55:00Z',
          code: 'SOURCE_STALE',
          since: '2024-06-28T02:00:00Z',
        },
      ],
    };
    expect(answers).toEqual(Array(2).fill({ ...figures(21), extensions: { shards: [entry] } }));
    const lines = gateway.log.filter((line) => line.includes('older state'));
    expect(lines).toEqual([expect.stringContaining(STALE.message) as string]);
  });

  it('is told to all who share one execution', async () => {
    one.extensions = notes([STALE]);
    const letGo = one.hold();
    const first = ask();
    await one.untilAsked(1);
    const second = ask();
    await eventually(
      () => gateway.log.filter((line) => line.includes('"joins":true')).length,
      (joined) => joined === 1,
    );
    letGo();

    expect(await first).toMatchObject({ extensions: { shards: [{ stale: [{ code: 'SOURCE_STALE' }] }] } });
    expect(await second).toEqual(await first);
    expect(one.asked).toBe(1);
  });

  it.each([
    ['nothing', notes([])],
    ['what is no list', notes('SOURCE_STALE' as unknown as [])],
    ['codes of another form', notes([{ code: '<script>' }, { code: 7 }, null])],
    ['something else', { other: 1, lienthong: 'x' }],
  ])('is not told when its notes say %s', async (_, extensions) => {
    one.extensions = extensions;

    expect(await ask()).toEqual(figures(1));
  });

  it('passes on nothing but codes and instants', async () => {
    one.extensions = notes([{ code: 'SOURCE_NO_COLUMN', since: 'http://10.0.0.7' }], { host: 'x' });

    expect(await ask()).toMatchObject({
      extensions: {
        shards: [
          {
            stale: [
              { shard: 'one', agencies: ['H23.X01'], asOf: null, code: 'SOURCE_NO_COLUMN', since: null },
            ],
          },
        ],
      },
    });
  });
});
