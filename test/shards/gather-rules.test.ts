import fc from 'fast-check';
import { createWorld, type World, type WorldShard } from '../support/sharded-world';
import type { SmallDossier } from '../support/small-dossiers';

const [A, B] = ['H23.X01', 'H23.X02'] as const;

function row(code: string, more: Partial<SmallDossier> = {}): SmallDossier {
  return { code, agency: A, receivedAt: '2024-06-01T00:00:00Z', field: 'đất đai', days: 4, ...more };
}

/** What one fetch says; fails when anything is missing. */
async function complete(world: World, query: string): Promise<unknown> {
  const { data, errors, shards } = await world.ask(query);
  expect({ errors, shards }).toEqual({ errors: [], shards: undefined });
  return data;
}

const OTHERS: WorldShard['answer'] = async (_, usual) => usual();

/** A shard whose `performance` has these fields instead of the true ones. */
function saying(fields: Record<string, unknown>): WorldShard {
  return {
    agencies: [A],
    answer: () => ({ data: { performance: fields, desks: fields['desks'], meanDays: null, ...fields } }),
  };
}

describe('FIRST', () => {
  it('takes the first value in registry order that is not null', async () => {
    const world = createWorld({
      one: saying({ source: null }),
      two: saying({ source: 'two' }),
      three: { rows: [row('3')] },
    });

    expect(await complete(world, '{ performance { source } }')).toEqual({ performance: { source: 'two' } });
  });

  it('is null when every system says null', async () => {
    const world = createWorld({ one: saying({ source: null }), two: saying({ source: null }) });

    expect(await complete(world, '{ performance { source } }')).toEqual({ performance: { source: null } });
  });
});

describe('SUM, MIN and MAX', () => {
  it('fold the numbers and the texts, and pass over nulls', async () => {
    const world = createWorld({
      one: { rows: [row('1', { days: 7 }), row('2', { days: null, receivedAt: null })] },
      two: { rows: [row('3', { days: 2, receivedAt: '2024-05-01T00:00:00Z' })] },
      three: { rows: [row('4', { days: null, receivedAt: null })] },
    });

    expect(
      await complete(world, '{ performance { received days fewestDays mostDays earliest latest } }'),
    ).toEqual({
      performance: {
        received: 4,
        days: 9,
        fewestDays: 2,
        mostDays: 7,
        earliest: '2024-05-01T00:00:00Z',
        latest: '2024-06-01T00:00:00Z',
      },
    });
  });

  it('compare text by the bytes of UTF-8', async () => {
    const world = createWorld({
      one: saying({ earliest: '\u{1F600}', latest: '\uFFFD' }),
      two: saying({ earliest: '\uFFFD', latest: '\u{1F600}' }),
    });

    expect(await complete(world, '{ performance { earliest latest } }')).toEqual({
      performance: { earliest: '\uFFFD', latest: '\u{1F600}' },
    });
  });
});

describe('MEAN', () => {
  it('divides the total of its sum by the total of its weight, though the client asks for neither', async () => {
    const world = createWorld({
      one: { rows: [row('1', { days: 1 })] },
      two: { rows: [row('2', { days: 2 }), row('3', { days: 2 }), row('4', { days: 4 })] },
    });

    expect(await complete(world, '{ meanDays performance { mean: meanDays } }')).toEqual({
      meanDays: 2.25,
      performance: { mean: 2.25 },
    });
  });

  it('has no value when the weight is 0', async () => {
    const world = createWorld({
      one: { rows: [row('1', { days: null })] },
      two: { rows: [row('2', { days: null })] },
    });

    expect(await complete(world, '{ meanDays performance { meanDays } }')).toEqual({
      meanDays: null,
      performance: { meanDays: null },
    });
  });

  it('is taken over the rows that its arguments name', async () => {
    const world = createWorld({
      one: { rows: [row('1', { days: 1, field: 'x' }), row('2', { days: 100 })] },
      two: { rows: [row('3', { days: 2, field: 'x' }), row('4', { days: 100, agency: B, field: 'x' })] },
    });

    expect(
      await complete(world, `{ all: meanDays x: meanDays(filter: { field: "x", agencies: ["${A}"] }) }`),
    ).toEqual({ all: 50.75, x: 1.5 });
  });

  it('leaves out a system that gives a sum without its weight, and says so', async () => {
    const world = createWorld({
      one: { rows: [row('1', { days: 4 })] },
      two: saying({ __lt_sum_meanDays: 100, __lt_weight_meanDays: null }),
    });

    const { data, shards } = await world.ask('{ performance { meanDays } }');

    expect(data).toEqual({ performance: { meanDays: 4 } });
    expect(shards).toMatchObject([
      { partial: ['meanDays'], missing: [{ shard: 'two', code: 'SHARD_BAD_RESPONSE' }] },
    ]);
  });
});

describe('CONCAT', () => {
  it('joins the lists, sorted by the bytes of the key, rows without one last', async () => {
    const world = createWorld({
      one: saying({
        desks: [
          { name: 'đ', __lt_order: 'đ' },
          { name: 'b', __lt_order: 'b' },
        ],
      }),
      two: saying({
        desks: [
          { name: null, __lt_order: null },
          { name: 'a', __lt_order: 'a' },
        ],
      }),
      three: saying({ desks: [] }),
      four: saying({ desks: null }),
    });

    const names = ['a', 'b', 'đ', null].map((name) => ({ name }));
    expect(await complete(world, '{ desks { name } performance { desks { name } } }')).toEqual({
      desks: names,
      performance: { desks: names },
    });
  });

  it('puts rows of one key in one order, whichever system holds them', async () => {
    const [x, y] = [
      { agency: { code: 'x' }, __lt_order: 'k' },
      { agency: { code: 'y' }, __lt_order: 'k' },
    ];
    const query = '{ desks { agency { code } } }';

    expect(
      await complete(createWorld({ one: saying({ desks: [x] }), two: saying({ desks: [y] }) }), query),
    ).toEqual(
      await complete(
        createWorld({
          one: saying({
            desks: [
              { ...y, __lt_order: 'k' },
              { ...x, __lt_order: 'k' },
            ],
          }),
        }),
        query,
      ),
    );
  });
});

describe('GROUP', () => {
  it('combines rows of equal key and sorts by it bytewise, the rows without a key last', async () => {
    const world = createWorld({
      one: { rows: [row('1', { field: null, days: 1 }), row('2', { field: 'z', days: 2 })] },
      two: {
        rows: [
          row('3', { field: null, days: 4 }),
          row('4', { field: 'a', days: null }),
          row('5', { field: 'z', days: 4 }),
        ],
      },
    });

    const groups = [
      { field: 'a', received: 1, meanDays: null },
      { field: 'z', received: 2, meanDays: 3 },
      { field: null, received: 2, meanDays: 2.5 },
    ];
    expect(
      await complete(
        world,
        '{ byField { field received meanDays } performance { byField { field received meanDays } } }',
      ),
    ).toEqual({ byField: groups, performance: { byField: groups } });
  });

  it('groups by a path that the client does not ask for', async () => {
    const world = createWorld({
      one: { rows: [row('1'), row('2', { agency: B })] },
      two: { rows: [row('3', { agency: B })] },
    });

    expect(await complete(world, '{ performance { byAgency { received } } }')).toEqual({
      performance: { byAgency: [{ received: 1 }, { received: 2 }] },
    });
  });
});

describe('with no system in scope', () => {
  it('every rule has the value of no rows', async () => {
    const world = createWorld({ one: { rows: [row('1')] } });

    expect(
      await complete(
        world,
        `{ dossiers(filter: { agencies: [] }) { edges { cursor } totalCount pageInfo { hasNextPage endCursor } }
           performance(filter: { agencies: [] }) {
             __typename received meanDays earliest source byField { field } ofFinished { days } desks { name } }
           desks(filter: { agencies: [] }) { name }
           byField(filter: { agencies: [] }) { field }
           received(filter: { agencies: [] }) }`,
      ),
    ).toEqual({
      dossiers: { edges: [], totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null } },
      performance: {
        __typename: 'Performance',
        received: 0,
        meanDays: null,
        earliest: null,
        source: null,
        byField: [],
        ofFinished: { days: 0 },
        desks: [],
      },
      desks: [],
      byField: [],
      received: 0,
    });
    expect(world.calls).toEqual([]);
  });
});

const arbitraryRow = fc.record({
  agency: fc.constantFrom(A, B, 'H23.X03'),
  receivedAt: fc.option(
    fc.constantFrom('2024-06-01T00:00:00Z', '2024-06-02T00:00:00Z', '2023-01-01T00:00:00Z'),
  ),
  field: fc.option(fc.constantFrom('đất đai', 'hộ tịch', 'a', 'Z')),
  days: fc.option(fc.nat({ max: 30 })),
  procedure: fc.constantFrom('1.000001', '1.000002'),
  shard: fc.nat({ max: 4 }),
});

const EVERYTHING = `{
  dossiers(first: 3) { totalCount edges { node { code receivedAt agency { code performance { received } } procedure { performance { meanDays } } } } pageInfo { hasNextPage } }
  ascending: dossiers(first: 4, orderBy: RECEIVED_ASC) { edges { node { code } } }
  performance {
    received days finished meanDays earliest latest fewestDays mostDays
    byField { field received meanDays } byAgency { agency { code title } received } ofFinished { received byField { days } }
  }
  byField { field received } received meanDays
  some: performance(filter: { agencies: ["${A}", "${B}"] }) { received meanDays }
}`;

it('one system and any split of its rows over five give the same answer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryRow, { maxLength: 14 }), async (drawn) => {
      const rows = drawn.map((one, i) => ({
        ...one,
        code: `${one.agency}-240601-${String(i).padStart(3, '0')}`,
      }));
      const parts = [0, 1, 2, 3, 4].map((shard) => rows.filter((one) => one.shard === shard));
      const agencies = [A, B, 'H23.X03'];
      const whole = createWorld({ all: { rows, agencies } });
      const split = createWorld(
        Object.fromEntries(parts.map((part, i) => [`s${i}`, { rows: part, agencies, answer: OTHERS }])),
      );

      expect(await complete(split, EVERYTHING)).toEqual(await complete(whole, EVERYTHING));
    }),
    { numRuns: 40 },
  );
});
