import { createWorld, UNAVAILABLE, type World, type WorldShard } from '../support/sharded-world';
import type { SmallDossier } from '../support/small-dossiers';

const [A, B, C] = ['H23.X01', 'H23.X02', 'H23.X03'] as const;
const SINCE = '2024-06-28T02:00:00Z';
const AS_OF = '2024-06-28T01:55:00Z';

function row(agency: string): SmallDossier {
  return { code: `${agency}-240601-0001`, agency, receivedAt: null, days: 2, field: 'f' };
}

/** Answers as usual, and says what is not as it should be. */
function noting(...codes: readonly string[]): WorldShard['answer'] {
  return async (_, usual) => ({
    ...(await usual()),
    extensions: {
      lienthong: {
        asOf: AS_OF,
        problems: codes.map((code) => ({ code, message: 'at http://10.0.0.7', since: SINCE })),
      },
    },
  });
}

/** Systems a, b and c, one agency each; b and others as they are bent. */
function world(bent: Readonly<Record<string, WorldShard['answer']>> = { b: noting('SOURCE_STALE') }): World {
  return createWorld(
    Object.fromEntries(
      Object.entries({ a: A, b: B, c: C }).map(([name, agency]) => {
        const answer = bent[name];
        return [name, { rows: [row(agency)], ...(answer && { answer }) }];
      }),
    ),
  );
}

const staleOf = (shard: string, agency: string, code = 'SOURCE_STALE') => ({
  shard,
  agencies: [agency],
  asOf: AS_OF,
  code,
  since: SINCE,
});

const all = { failed: 0, timedOut: 0, missing: [] };

describe('a system that answers from an older state', () => {
  it('is told at every place that it had a part in, counts as answered, and is no error', async () => {
    const { data, errors, shards } = await world().ask(
      `{ performance { received } dossiers { totalCount } received(filter: { agencies: ["${A}", "${C}"] }) }`,
    );

    expect(data).toEqual({ performance: { received: 3 }, dossiers: { totalCount: 3 }, received: 2 });
    expect(errors).toEqual([]);
    const counts = { total: 3, answered: 3, ...all, stale: [staleOf('b', B)] };
    expect(shards).toEqual([
      { path: ['performance'], ...counts },
      { path: ['dossiers'], ...counts },
    ]);
  });

  it('stands beside what is missing', async () => {
    const { errors, shards } = await world({ b: noting('SOURCE_STALE'), c: () => UNAVAILABLE }).ask(
      '{ received }',
    );

    expect(errors).toHaveLength(1);
    expect(shards).toEqual([
      {
        path: ['received'],
        total: 3,
        answered: 2,
        failed: 1,
        timedOut: 0,
        missing: [{ shard: 'c', agencies: [C], code: 'SHARD_UNAVAILABLE', tookMs: 3 }],
        stale: [staleOf('b', B)],
      },
    ]);
  });

  it('is told once for each of its problems', async () => {
    const { shards } = await world({ a: noting('SOURCE_NO_COLUMN', 'SOURCE_STALE') }).ask('{ received }');

    expect(shards?.[0]?.stale).toEqual([staleOf('a', A, 'SOURCE_NO_COLUMN'), staleOf('a', A)]);
  });

  it('is told of a row that it gave, and not of one that another gave', async () => {
    const ask = (agency: string) =>
      world().ask('query ($code: ID!) { dossier(code: $code) { code } }', { code: row(agency).code });

    expect((await ask(B)).shards).toEqual([
      { path: ['dossier'], total: 1, answered: 1, ...all, stale: [staleOf('b', B)] },
    ]);
    expect((await ask(A)).shards).toBeUndefined();
  });

  it('is told of a row that nobody has: its state may be too old to show it', async () => {
    const { data, shards } = await world().ask('{ dossier(code: "H23.X01-999") { code } }');

    expect(data).toEqual({ dossier: null });
    expect(shards).toMatchObject([{ total: 3, answered: 3, missing: [], stale: [{ shard: 'b' }] }]);
  });

  it('is told once for a list, with @ for its places, of entities and of their gathered fields', async () => {
    const agencies = [A, B, C, B].map((code) => ({ __typename: 'Agency', code }));
    const dossiers = [A, B].map((agency) => ({ __typename: 'Dossier', code: row(agency).code }));
    const { errors, shards } = await world().ask(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
         ... on Agency { performance { received } } ... on Dossier { field } } }`,
      { representations: [...agencies, ...dossiers] },
      { path: ['list', '@'] },
    );

    expect(errors).toEqual([]);
    expect(shards).toEqual([
      { path: ['list', '@'], total: 2, answered: 2, ...all, stale: [staleOf('b', B)] },
      { path: ['list', '@', 'performance'], total: 3, answered: 3, ...all, stale: [staleOf('b', B)] },
    ]);
  });

  it('is enough for a caller that demands all systems: its rows are there', async () => {
    const { data, errors } = await world().ask('{ received allReceived }', {}, { completeness: 'ALL' });

    expect({ data, errors }).toEqual({ data: { received: 3, allReceived: 3 }, errors: [] });
  });

  it('never shows what it said in words', async () => {
    expect(JSON.stringify(await world().ask('{ received dossiers { totalCount } }'))).not.toContain(
      '10.0.0.7',
    );
  });
});
