import { createShardReport } from '../../gateway/shards/gather/shard-report';
import { createWorld, TIMEOUT, UNAVAILABLE, type World, type WorldShard } from '../support/sharded-world';
import type { SmallDossier } from '../support/small-dossiers';

const AGENCIES = ['H23.X01', 'H23.X02', 'H23.X03', 'H23.X04', 'H23.X05'] as const;
const [A, B, C, D, E] = AGENCIES;

function rowOf(agency: string): SmallDossier {
  return { code: `row of ${agency}`, agency, receivedAt: null, days: 2, field: 'f' };
}

/** One system per agency, `s1` for H23.X01 and so on; E is expected and held by nobody. */
function world(bent: Readonly<Record<string, WorldShard['answer']>> = {}): World {
  return createWorld(
    Object.fromEntries(
      [A, B, C, D].map((agency, i) => {
        const answer = bent[`s${i + 1}`];
        return [`s${i + 1}`, { rows: [rowOf(agency)], ...(answer && { answer }) }];
      }),
    ),
    { expected: AGENCIES },
  );
}

const down: WorldShard['answer'] = () => UNAVAILABLE;
const late: WorldShard['answer'] = () => TIMEOUT;

/** Every field null for the reason that `code` names; or all as usual but what stands at `path`; or nothing at all. */
function saying(code: unknown, ...at: (readonly string[] | undefined)[]): WorldShard['answer'] {
  return async (_, usual) => {
    const { data } = await usual();
    const error = { message: 'SELECT * FROM ho_so at 10.0.0.7', extensions: { code } };
    const [path] = at;
    if (at.length > 0 && path === undefined) return { data: null, errors: [error] };
    const nulled =
      path?.length === 2 ? data : Object.fromEntries(Object.keys(data ?? {}).map((name) => [name, null]));
    const paths = path === undefined ? Object.keys(data ?? {}).map((name) => [name]) : [path];
    return { data: nulled ?? null, errors: paths.map((place) => ({ ...error, path: place })) };
  };
}

const held = `filter: { agencies: ["${A}", "${B}", "${C}", "${D}"] }`;

describe('what is missing from an answer', () => {
  it('is nothing while every system in scope answers: there is no entry and no error', async () => {
    const { errors, shards } = await world().ask(`{ performance(${held}) { received } received(${held}) }`);

    expect({ errors, shards }).toEqual({ errors: [], shards: undefined });
    expect(createShardReport().extensions()).toBeUndefined();
  });

  it('is one entry per place and one error per place and system, counted over systems', async () => {
    const { data, errors, shards } = await world({ s1: down, s3: late }).ask(
      '{ mine: performance { received mean: meanDays source byField { received } } dossiers { totalCount } }',
    );

    expect(data).toEqual({
      mine: { received: 2, mean: 2, source: 's2', byField: [{ received: 2 }] },
      dossiers: { totalCount: 2 },
    });
    const counts = { total: 5, answered: 2, failed: 2, timedOut: 1 };
    const missing = [
      { shard: 's1', agencies: [A], code: 'SHARD_UNAVAILABLE', tookMs: 3 },
      { shard: 's3', agencies: [C], code: 'SHARD_TIMEOUT', tookMs: 1500 },
      { shard: null, agencies: [E], code: 'SHARD_NONE' },
    ];
    expect(shards).toEqual([
      { path: ['mine'], ...counts, partial: ['received', 'mean', 'byField'], missing },
      { path: ['dossiers'], ...counts, totalCount: 'atLeast', missing },
    ]);
    expect(errors).toEqual(
      ['mine', 'dossiers'].flatMap((name) => [
        {
          message: 'System "s1" is not available',
          path: [name],
          extensions: { code: 'SHARD_UNAVAILABLE', shard: 's1', affected: 1 },
        },
        {
          message: 'System "s3" did not answer in time',
          path: [name],
          extensions: { code: 'SHARD_TIMEOUT', shard: 's3', affected: 1 },
        },
        {
          message: `A system is missing: no system holds the rows of these agencies: ${E}`,
          path: [name],
          extensions: { code: 'SHARD_NONE', shard: null, affected: 1 },
        },
      ]),
    );
  });

  it('names only the agencies that were asked for', async () => {
    const some = createWorld({
      one: { agencies: [A, B, C], answer: () => UNAVAILABLE },
      two: { rows: [rowOf(D)] },
    });

    const { shards } = await some.ask(`{ received(filter: { agencies: ["${A}", "${D}"] }) }`);

    expect(shards).toMatchObject([{ total: 2, missing: [{ shard: 'one', agencies: [A] }] }]);
  });

  it('stands at the path of the fetch, with @ for the places of a list', async () => {
    const { errors, shards } = await world({ s2: down }).ask(
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Agency { p: performance { received } } } }',
      { representations: [A, B, C, B].map((code) => ({ __typename: 'Agency', code })) },
      { path: ['agencies', '@'] },
    );

    expect(shards).toEqual([
      {
        path: ['agencies', '@', 'p'],
        total: 3,
        answered: 2,
        failed: 1,
        timedOut: 0,
        missing: [{ shard: 's2', agencies: [B], code: 'SHARD_UNAVAILABLE', tookMs: 3 }],
      },
    ]);
    expect(errors).toMatchObject([{ path: ['_entities', 1, 'p'], extensions: { affected: 1 } }]);
  });

  it('counts the items that a system takes from a list', async () => {
    const some = createWorld({
      one: { rows: [rowOf(A), rowOf(B)], answer: () => UNAVAILABLE },
      two: { rows: [rowOf(B)] },
    });

    const { data, errors } = await some.ask(
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Agency { performance { received } } } }',
      { representations: [A, B].map((code) => ({ __typename: 'Agency', code })) },
    );

    expect(data).toEqual({ _entities: [{ performance: null }, { performance: { received: 1 } }] });
    expect(errors).toMatchObject([
      { path: ['_entities', 0, 'performance'], extensions: { shard: 'one', affected: 2 } },
    ]);
  });

  it('is everything when every system is missing: always an error, and null', async () => {
    const { data, errors, shards } = await world({ s1: down, s2: down, s3: late, s4: down }).ask(
      `{ performance(${held}) { received } dossiers(${held}) { totalCount } desks(${held}) { name } received(${held}) }`,
    );

    expect(data).toEqual({ performance: null, dossiers: null, desks: null, received: null });
    expect(errors).toHaveLength(16);
    expect(shards?.every((entry) => entry.answered === 0 && entry.total === 4)).toBe(true);
    expect(shards?.some((entry) => 'partial' in entry || 'totalCount' in entry)).toBe(false);
  });

  it('may be one field of one system, which is named as partial alone', async () => {
    const breakDays: WorldShard['answer'] = async (_, usual) => {
      const answer = await usual();
      const performance = { ...(answer.data?.['performance'] as object), __lt_sum_meanDays: null };
      return {
        data: { performance },
        errors: [{ message: 'Oh', path: ['performance', '__lt_sum_meanDays'] }],
      };
    };

    const { data, errors, shards } = await world({ s1: breakDays }).ask(
      `{ performance(${held}) { received meanDays } }`,
    );

    expect(data).toEqual({ performance: { received: 4, meanDays: 2 } });
    expect(shards).toEqual([
      {
        path: ['performance'],
        total: 4,
        answered: 3,
        failed: 1,
        timedOut: 0,
        partial: ['meanDays'],
        missing: [{ shard: 's1', agencies: [A], code: 'SHARD_UNAVAILABLE' }],
      },
    ]);
    expect(errors).toHaveLength(1);
  });

  it.each([
    ['SOURCE_REFUSED', 'SHARD_UNAVAILABLE', 'is not available'],
    ['SOURCE_TIMEOUT', 'SHARD_TIMEOUT', 'did not answer in time'],
  ])('tells the %s by which a system says why, and none of its words', async (reason, code, sentence) => {
    const { data, errors, shards } = await world({ s1: saying(reason) }).ask(
      `{ performance(${held}) { received } received(${held}) }`,
    );

    expect(data).toEqual({ performance: { received: 3 }, received: 3 });
    const entry = { failed: reason === 'SOURCE_TIMEOUT' ? 0 : 1, answered: 3 };
    expect(shards).toMatchObject([entry, entry]);
    expect(shards?.map(({ missing }) => missing)).toEqual([
      [{ shard: 's1', agencies: [A], code, reason }],
      [{ shard: 's1', agencies: [A], code, reason }],
    ]);
    expect(errors).toEqual(
      ['performance', 'received'].map((name) => ({
        message: `System "s1" ${sentence}`,
        path: [name],
        extensions: { code, reason, shard: 's1', affected: 1 },
      })),
    );
  });

  it.each([
    ['in the middle of a value', ['performance', '__lt_sum_meanDays']],
    ['of the whole answer', undefined],
  ])('tells the reason of an error %s', async (_, path) => {
    const { shards } = await world({ s1: saying('SOURCE_NO_TABLE', path) }).ask(
      `{ performance(${held}) { received meanDays } }`,
    );

    expect(shards).toMatchObject([
      { missing: [{ shard: 's1', code: 'SHARD_UNAVAILABLE', reason: 'SOURCE_NO_TABLE' }] },
    ]);
  });

  it.each(['SOURCE_', 'SOURCE_refused', 'source SOURCE_REFUSED', `SOURCE_${'A'.repeat(41)}`, 'DB_DOWN', 7])(
    'passes on no code such as %j',
    async (code) => {
      const { errors, shards } = await world({ s1: saying(code) }).ask(`{ received(${held}) }`);

      expect(shards?.[0]?.missing).toEqual([{ shard: 's1', agencies: [A], code: 'SHARD_UNAVAILABLE' }]);
      expect(errors).toMatchObject([{ extensions: { code: 'SHARD_UNAVAILABLE', shard: 's1' } }]);
      expect(JSON.stringify(errors)).not.toContain('reason');
    },
  );

  it('leaves an error inside a row at its row, wherever the row stands now', async () => {
    const { data, errors, shards } = await world().ask(
      `{ dossiers(${held}) { edges { node { code broken } } } desks(${held}) { name broken } }`,
    );

    expect(data).toMatchObject({
      dossiers: {
        edges: [A, B, C, D].map((agency) => ({ node: { code: `row of ${agency}`, broken: null } })),
      },
    });
    expect(errors.map(({ path, extensions }) => [path, extensions?.['shard']])).toEqual([
      ...[0, 1, 2, 3].map((i) => [['dossiers', 'edges', i, 'node', 'broken'], `s${i + 1}`]),
      ...[0, 1, 2, 3].map((i) => [['desks', i, 'broken'], `s${i + 1}`]),
    ]);
    expect(shards).toBeUndefined();
  });

  it('never shows an address', async () => {
    const answer = await world({ s1: down, s2: late }).ask('{ received performance { received } }');

    expect(JSON.stringify(answer)).not.toMatch(/http|invalid/);
  });
});

describe('completeness', () => {
  const fields = `any: received(${held}) mostReceived allReceived`;

  it.each([
    [1, { any: 3, mostReceived: 3, allReceived: null }],
    [2, { any: 2, mostReceived: null, allReceived: null }],
    [4, { any: null, mostReceived: null, allReceived: null }],
  ])('that a field demands: with %i of 4 systems down', async (k, expected) => {
    const some = createWorld(
      Object.fromEntries(
        [A, B, C, D].map((agency, i) => [
          `s${i + 1}`,
          { rows: [rowOf(agency)], ...(i < k && { answer: down }) },
        ]),
      ),
    );

    expect((await some.ask(`{ ${fields} }`)).data).toEqual(expected);
  });

  it('counts agencies that nobody holds as one system more', async () => {
    expect((await world({ s1: down, s2: down }).ask('{ mostReceived allReceived }')).data).toEqual({
      mostReceived: null,
      allReceived: null,
    });
    expect((await world({ s1: down }).ask('{ mostReceived allReceived }')).data).toEqual({
      mostReceived: 3,
      allReceived: null,
    });
    expect((await world().ask('{ mostReceived allReceived }')).data).toEqual({
      mostReceived: 4,
      allReceived: null,
    });
  });

  it('that a field inside a gathered object demands', async () => {
    const { data } = await world({ s1: down }).ask(
      `{ performance(${held}) { received allReceived ofFinished { days allReceived } } }`,
    );

    expect(data).toEqual({
      performance: { received: 3, allReceived: null, ofFinished: { days: 6, allReceived: null } },
    });
  });

  it('that a caller demands is stricter only, and says what is missing all the same', async () => {
    const ask = async (completeness: 'ANY' | 'QUORUM' | 'ALL') => {
      const { data, errors } = await world({ s1: down }).ask(
        `{ received(${held}) performance(${held}) { received } dossiers(${held}) { totalCount } allReceived }`,
        {},
        { completeness },
      );
      return { data, errors: errors.length };
    };

    const some = {
      received: 3,
      performance: { received: 3 },
      dossiers: { totalCount: 3 },
      allReceived: null,
    };
    const none = { received: null, performance: null, dossiers: null, allReceived: null };
    expect(await ask('ANY')).toEqual({ data: some, errors: 5 });
    expect(await ask('QUORUM')).toEqual({ data: some, errors: 5 });
    expect(await ask('ALL')).toEqual({ data: none, errors: 5 });
  });

  it('is met by a row that is found, whoever else failed', async () => {
    const { data, errors } = await world({ s1: down }).ask(
      `{ dossier(code: "row of ${D}") { code } }`,
      {},
      { completeness: 'ALL' },
    );

    expect({ data, errors }).toEqual({ data: { dossier: { code: `row of ${D}` } }, errors: [] });
  });
});
