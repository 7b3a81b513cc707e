import { createMemoryShardIndex, type ShardIndex } from '../../gateway/shards/registry/shard-index';
import {
  agencyRecord,
  createWorld,
  DIRECTORY,
  UNAVAILABLE,
  type World,
  type WorldOptions,
  type WorldShard,
} from '../support/sharded-world';
import type { SmallDossier } from '../support/small-dossiers';

const [A, B, C] = ['H23.X01', 'H23.X02', 'H23.X03'] as const;

function row(code: string, agency: string = A): SmallDossier {
  return { code, agency, receivedAt: null };
}

/** Names of the systems asked, one list per system call, sorted inside one question. */
async function askedFor(world: World, code: string) {
  const before = world.calls.length;
  const { data, errors, shards } = await world.ask('query ($code: ID!) { dossier(code: $code) { code } }', {
    code,
  });
  const asked = world.calls.slice(before).map(({ name }) => name);
  return {
    found: data['dossier'] !== null,
    asked,
    codes: errors.map(({ extensions }) => extensions?.['code']),
    shards,
  };
}

/** Three systems of one agency each; the rows of each by system name. */
function world(
  rows: Readonly<Record<string, readonly SmallDossier[]>>,
  options: WorldOptions = {},
  bent: Readonly<Record<string, WorldShard>> = {},
): World {
  const systems = { a: A, b: B, c: C };
  return createWorld(
    Object.fromEntries(
      Object.entries(systems).map(([name, agency]) => [
        name,
        { agencies: [agency], rows: rows[name] ?? [], ...bent[name] },
      ]),
    ),
    options,
  );
}

const DRAINING = { code: 'SHARD_DRAINING', tookMs: null } as const;
const down: WorldShard = { answer: () => UNAVAILABLE };
const known = { found: true, codes: [], shards: undefined };
const absent = { found: false, codes: [], shards: undefined };

describe('a dossier code that starts with an agency code', () => {
  it.each([['H23.X02-240601-0001'], ['000.00.X02.H23-240601-0001']])(
    'is asked of that agency alone: %s',
    async (code) => {
      expect(await askedFor(world({ b: [row(code, B)] }), code)).toEqual({ ...known, asked: ['b'] });
    },
  );

  it('is asked of every system of that agency', async () => {
    const code = `${A}-240601-0001`;
    const two = createWorld({
      one: { agencies: [A] },
      two: { agencies: [A], rows: [row(code)] },
      three: { agencies: [B] },
    });

    expect(await askedFor(two, code)).toEqual({ ...known, asked: ['one', 'two'] });
  });

  it('is asked of the agencies that have taken over by the day of the request, not of those that will', async () => {
    const directory = [
      ...DIRECTORY,
      agencyRecord(
        'H23.X11',
        'H23',
        [
          { code: B, effectiveDate: '2024-03-01' },
          { code: C, effectiveDate: '2024-07-01' },
        ],
        '2024-02-29',
      ),
    ];
    const code = 'H23.X11-231201-0001';

    expect(await askedFor(world({ b: [row(code, B)] }, { directory }), code)).toEqual({
      ...known,
      asked: ['b'],
    });
  });

  it('falls back to all other systems when its agency does not have it, each asked once', async () => {
    const code = `${A}-240601-0001`;

    expect(await askedFor(world({ c: [row(code, C)] }), code)).toEqual({ ...known, asked: ['a', 'b', 'c'] });
  });
});

describe('the index', () => {
  it('leads to the system that had the row the time before', async () => {
    const code = `${A}-240601-0001`;
    const moved = world({ c: [row(code, C)] });
    await askedFor(moved, code);

    expect(await askedFor(moved, code)).toEqual({ ...known, asked: ['a', 'c'] });
  });

  it('is where a code of no scheme is looked up at once', async () => {
    const opaque = world({ b: [row('HS-2019/77', B)] });

    expect(await askedFor(opaque, 'HS-2019/77')).toEqual({ ...known, asked: ['a', 'b', 'c'] });
    expect(await askedFor(opaque, 'HS-2019/77')).toEqual({ ...known, asked: ['b'] });
  });

  it('remembers a code that no system has, and forgets it after a while', async () => {
    let clock = 0;
    const index = createMemoryShardIndex({ maxEntries: 10, missingForMs: 1000, clock: () => clock });
    const nobodys = world({}, { index });

    expect(await askedFor(nobodys, 'HS-1')).toEqual({ ...absent, asked: ['a', 'b', 'c'] });
    expect(await askedFor(nobodys, 'HS-1')).toEqual({ ...absent, asked: [] });
    clock = 1001;
    expect(await askedFor(nobodys, 'HS-1')).toEqual({ ...absent, asked: ['a', 'b', 'c'] });
  });

  it('forgets a miss when the registry changes: a system that has joined may have the row', async () => {
    const index = createMemoryShardIndex({ maxEntries: 10, missingForMs: 1000, clock: () => 0 });
    await askedFor(world({}, { index }), 'HS-1');

    const joined = world({ c: [row('HS-1', C)] }, { index, version: 'another' });

    expect(await askedFor(joined, 'HS-1')).toEqual({ ...known, asked: ['a', 'b', 'c'] });
  });

  it('that names a system which is draining does not end the search', async () => {
    const moved = world({ c: [row('HS-1', C)] }, {}, { a: { answer: () => DRAINING } });
    moved.index.learn('dossiers', 'Dossier', [{ key: 'HS-1', shard: 'a' }]);

    expect(await askedFor(moved, 'HS-1')).toEqual({ ...known, asked: ['a', 'b', 'c'] });
  });

  it('that fails never makes a row "not found"', async () => {
    const fail = () => Promise.reject(new Error('The index is down'));
    const index: ShardIndex = {
      lookUp: fail,
      learn: () => undefined,
      learnMissing: () => undefined,
    };

    expect(await askedFor(world({ c: [row('HS-1', C)] }, { index }), 'HS-1')).toMatchObject({
      found: true,
      codes: [],
    });
  });

  it('that is out of date costs a round, and learns', async () => {
    const stale = world({ c: [row('HS-1', C)] });
    stale.index.learn('dossiers', 'Dossier', [{ key: 'HS-1', shard: 'a' }]);

    expect(await askedFor(stale, 'HS-1')).toEqual({ ...known, asked: ['a', 'b', 'c'] });
    expect(await askedFor(stale, 'HS-1')).toEqual({ ...known, asked: ['c'] });
  });

  it('that names a system which is gone is passed over', async () => {
    const gone = world({ c: [row('HS-1', C)] });
    gone.index.learn('dossiers', 'Dossier', [{ key: 'HS-1', shard: 'gone' }]);

    expect(await askedFor(gone, 'HS-1')).toMatchObject({ found: true });
  });

  it('that names a system which fails ends the search: null and the error, never "not found"', async () => {
    const failing = world({}, {}, { c: down });
    failing.index.learn('dossiers', 'Dossier', [{ key: 'HS-1', shard: 'c' }]);

    expect(await askedFor(failing, 'HS-1')).toMatchObject({
      found: false,
      asked: ['c'],
      codes: ['SHARD_UNAVAILABLE'],
    });
  });

  it('ends the search too when the system it names has failed a round before', async () => {
    const code = `${C}-240601-0001`;
    const failing = world({}, {}, { c: down });
    failing.index.learn('dossiers', 'Dossier', [{ key: code, shard: 'c' }]);

    expect(await askedFor(failing, code)).toMatchObject({
      found: false,
      asked: ['c'],
      codes: ['SHARD_UNAVAILABLE'],
    });
  });

  it('does not remember a miss while a system failed', async () => {
    let isDown = true;
    const sometimes: WorldShard = { answer: (_, usual) => (isDown ? UNAVAILABLE : usual()) };
    const shaky = world({ c: [row('HS-1', C)] }, {}, { c: sometimes });

    expect(await askedFor(shaky, 'HS-1')).toMatchObject({ found: false, codes: ['SHARD_UNAVAILABLE'] });
    isDown = false;
    expect(await askedFor(shaky, 'HS-1')).toMatchObject({ found: true, codes: [] });
  });
});

describe('a row that is found', () => {
  it('is complete, whatever else failed', async () => {
    expect(await askedFor(world({ b: [row('HS-1', B)] }, {}, { c: down }), 'HS-1')).toMatchObject({
      ...known,
    });
  });
});

describe('an agency that no system holds', () => {
  const ask = (some: World, agency: string) =>
    some.ask('query ($agency: ID!) { performance(filter: { agencies: [$agency] }) { received } }', {
      agency,
    });

  it('is missing when it is expected to have rows', async () => {
    const { data, errors, shards } = await ask(world({}, { expected: [A, B, C, 'H23.X04'] }), 'H23.X04');

    expect(data).toEqual({ performance: null });
    expect(errors).toMatchObject([
      { path: ['performance'], extensions: { code: 'SHARD_NONE', shard: null, affected: 1 } },
    ]);
    expect(shards).toEqual([
      {
        path: ['performance'],
        total: 1,
        answered: 0,
        failed: 1,
        timedOut: 0,
        missing: [{ shard: null, agencies: ['H23.X04'], code: 'SHARD_NONE' }],
      },
    ]);
  });

  it('is empty and complete when it is not', async () => {
    expect(await ask(world({}), 'H23.X04')).toEqual({
      data: { performance: { received: 0 } },
      errors: [],
      shards: undefined,
    });
  });

  it('may have the row that nobody has', async () => {
    const one = world({}, { expected: [A, B, C, 'H23.X04'] });

    const answers = [await askedFor(one, 'HS-1'), await askedFor(one, 'HS-1')];

    expect(answers.map(({ codes }) => codes)).toEqual([['SHARD_NONE'], ['SHARD_NONE']]);
    expect(answers.map(({ asked }) => asked.length)).toEqual([3, 0]);
  });

  it('takes nothing from a row that is found', async () => {
    const one = world({ b: [row('HS-1', B)] }, { expected: [A, B, C, 'H23.X04'] });

    expect(await askedFor(one, 'HS-1')).toMatchObject({ ...known });
  });
});

describe('agencies in an argument', () => {
  it('are asked of the systems that hold them, each with its own share in canonical codes', async () => {
    const some = createWorld({ ab: { agencies: [A, B] }, b: { agencies: [B] }, c: { agencies: [C] } });

    await some.ask(
      '{ performance(filter: { agencies: ["000.00.X01.H23", "H23.X02"], field: "f" }) { received } }',
    );

    expect(some.calls.map(({ name, variables }) => [name, Object.values(variables)])).toEqual([
      ['ab', [{ agencies: [A, B], field: 'f' }]],
      ['b', [{ agencies: [B], field: 'f' }]],
    ]);
  });

  it('are widened before they are routed, and by no system again', async () => {
    const some = world({});

    await some.ask('query ($f: DossierFilter) { performance(filter: $f) { received } }', {
      f: { agencies: ['H23'], includeChildren: true },
    });

    expect(some.calls.map(({ name, variables }) => [name, Object.values(variables)])).toEqual(
      [A, B, C].map((agency, i) => ['abc'[i], [{ agencies: [agency], includeChildren: false }]]),
    );
  });

  it('that are null ask everybody for everything', async () => {
    const some = world({});

    await some.ask('query ($f: DossierFilter) { performance(filter: $f) { received } }', { f: null });

    expect(some.calls.map(({ variables }) => Object.values(variables))).toEqual([[null], [null], [null]]);
  });

  it("that are unknown are the client's mistake, before anybody is asked", async () => {
    const some = world({});

    const { data, errors } = await some.ask(
      '{ performance(filter: { agencies: ["H99.X99"] }) { received } received }',
    );

    expect(data).toEqual({ performance: null, received: 0 });
    expect(errors).toMatchObject([{ path: ['performance'], extensions: { code: 'UNKNOWN_AGENCY' } }]);
    expect(errors[0]?.message).toContain('H99.X99');
  });

  it('may be a single code', async () => {
    const some = world({ b: [row('HS-1', B)] });

    const { data, errors } = await some.ask('query ($a: ID!) { desk(agency: $a) { name } }', {
      a: '000.00.X02.H23',
    });

    expect({ data, errors }).toEqual({ data: { desk: { name: `- · ${B}` } }, errors: [] });
    expect(some.calls.map(({ name }) => name)).toEqual(['b']);
  });
});

describe('a mutation', () => {
  it('goes to the one system of its agency', async () => {
    const some = world({});

    const { data } = await some.ask(
      `mutation { openDesk(agency: "${B}", name: "mới") { name agency { code } } }`,
    );

    expect(data).toEqual({ openDesk: { name: 'mới', agency: { code: B } } });
    expect(some.calls.map(({ name, isMutation }) => [name, isMutation])).toEqual([['b', true]]);
  });

  it('goes by key to the one system that a route names', async () => {
    const code = `${B}-240601-0001`;
    const some = world({ b: [row(code, B)], c: [row('HS-1', C)] });
    some.index.learn('dossiers', 'Dossier', [{ key: 'HS-1', shard: 'c' }]);

    const { data } = await some.ask(
      `mutation { a: renewDossier(code: "${code}") { code } b: renewDossier(code: "HS-1") { code } }`,
    );

    expect(data).toEqual({ a: { code }, b: { code: 'HS-1' } });
    expect(some.calls.map(({ name }) => name)).toEqual(['b', 'c']);
  });

  it.each(['cleanUp', 'renewDossier(code: "HS-2") { code }'])(
    'is refused when several systems are possible, and nobody is asked: %s',
    async (field) => {
      const some = world({});

      const { errors } = await some.ask(`mutation { ${field} }`);

      expect(errors).toMatchObject([{ extensions: { code: 'SHARD_AMBIGUOUS_MUTATION' } }]);
      expect(some.calls).toEqual([]);
    },
  );

  it('is never tried again', async () => {
    const some = world({}, {}, { b: down });

    const { data, errors } = await some.ask(`mutation { openDesk(agency: "${B}", name: "mới") { name } }`);

    expect(data).toEqual({ openDesk: null });
    expect(errors).toMatchObject([{ extensions: { code: 'SHARD_UNAVAILABLE' } }]);
    expect(some.calls).toHaveLength(1);
  });

  it('asks what is gathered below its row by a query', async () => {
    const some = createWorld({ a: { rows: [row('1')] }, b: { agencies: [B] }, more: { rows: [row('2')] } });

    const { data } = await some.ask(
      `mutation { openDesk(agency: "${B}", name: "x") { agency { performance { received } } } }`,
    );

    expect(data).toEqual({ openDesk: { agency: { performance: { received: 0 } } } });
    expect(some.calls.map(({ query, isMutation }) => [query.startsWith('mutation'), isMutation])).toEqual([
      [true, true],
      [false, false],
    ]);
  });
});
