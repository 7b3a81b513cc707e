import fc from 'fast-check';
import { encodeShardCursor } from '../../schema/shard-cursor';
import { createWorld, UNAVAILABLE, type World, type WorldShard } from '../support/sharded-world';
import { positionOf, type SmallDossier } from '../support/small-dossiers';

const [A, B] = ['H23.X01', 'H23.X02'] as const;

function row(code: string, receivedAt: string | null, agency: string = A): SmallDossier {
  return { code, agency, receivedAt };
}

const day = (n: number): string => `2024-06-${String(n).padStart(2, '0')}T00:00:00Z`;

interface Page {
  readonly codes: readonly string[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
  readonly totalCount: number | null;
}

interface Connection {
  readonly edges: readonly { readonly node: { readonly code: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly totalCount: number | null;
}

const PAGE = `query ($first: Int, $after: String, $orderBy: DossierOrder = RECEIVED_DESC) {
  dossiers(first: $first, after: $after, orderBy: $orderBy) {
    edges { node { code } } pageInfo { hasNextPage endCursor } totalCount } }`;

async function ask(world: World, variables: Record<string, unknown>) {
  const answer = await world.ask(PAGE, { orderBy: 'RECEIVED_DESC', ...variables });
  const connection = answer.data['dossiers'] as Connection | null;
  const page: Page | null = connection && {
    codes: connection.edges.map(({ node }) => node.code),
    ...connection.pageInfo,
    totalCount: connection.totalCount,
  };
  return { page, shards: answer.shards, errors: answer.errors };
}

/** Follows endCursor to the last page. */
async function allPages(world: World, variables: Record<string, unknown>): Promise<readonly Page[]> {
  const pages: Page[] = [];
  for (let after: string | null = null; pages.length < 100;) {
    const { page } = await ask(world, { ...variables, after });
    if (!page) throw new Error('There is no page');
    pages.push(page);
    if (!page.hasNextPage) return pages;
    after = page.endCursor;
  }
  throw new Error('The pages do not end');
}

/** Rows as edges of a shard's answer, in the order given. */
function connectionOf(rows: readonly SmallDossier[], hasNextPage = false, order = 'RECEIVED_DESC') {
  return {
    edges: rows.map((node) => ({ node, __lt_cursor: encodeShardCursor(positionOf(node, order)) })),
    __lt_pageInfo: { __lt_hasNextPage: hasNextPage },
    __lt_totalCount: rows.length,
  };
}

/** A shard whose page is this, whatever it is asked. */
function saying(dossiers: unknown, agencies: readonly string[] = [A]): WorldShard {
  return { agencies, answer: () => ({ data: { dossiers } }) };
}

describe('pages of many systems', () => {
  it.each(['RECEIVED_ASC', 'RECEIVED_DESC'])(
    'put together are the whole list, nulls last (%s)',
    async (orderBy) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.record({
              at: fc.option(fc.integer({ min: 1, max: 9 })),
              agency: fc.constantFrom(A, B),
              shard: fc.nat({ max: 3 }),
            }),
            { maxLength: 25 },
          ),
          fc.integer({ min: 1, max: 7 }),
          async (drawn, first) => {
            const rows = drawn.map(({ at, agency, shard }, i) => ({
              ...row(`c${i}`, at === null ? null : day(at), agency),
              shard,
            }));
            const agencies = [A, B];
            const split = createWorld(
              Object.fromEntries(
                [0, 1, 2, 3].map((n) => [
                  `s${n}`,
                  { agencies, rows: rows.filter(({ shard }) => shard === n) },
                ]),
              ),
            );
            const whole = createWorld({ all: { agencies, rows } });

            const pages = await allPages(split, { first, orderBy });

            const [list] = await allPages(whole, { first: 200, orderBy });
            expect(pages.flatMap(({ codes }) => codes)).toEqual(list?.codes);
            expect(pages.every(({ totalCount }) => totalCount === rows.length)).toBe(true);
            expect(pages.slice(0, -1).every(({ codes }) => codes.length === first)).toBe(true);
          },
        ),
        { numRuns: 25 },
      );
    },
  );

  it('have a next page exactly while a row is left', async () => {
    const world = createWorld({
      one: { rows: [row('a', day(3)), row('b', day(1))] },
      two: { rows: [row('c', day(2))] },
    });

    expect((await ask(world, { first: 2 })).page).toMatchObject({ codes: ['a', 'c'], hasNextPage: true });
    expect((await ask(world, { first: 3 })).page).toMatchObject({
      codes: ['a', 'c', 'b'],
      hasNextPage: false,
    });
  });

  it('have a next page when a system has more than it was asked for', async () => {
    const world = createWorld({ one: { rows: [row('a', day(3)), row('b', day(1))] } });

    expect((await ask(world, { first: 1 })).page).toMatchObject({ codes: ['a'], hasNextPage: true });
  });

  it('have a next page while a system in scope is missing, and count at least', async () => {
    const world = createWorld({
      one: { rows: [row('a', day(3))] },
      two: { agencies: [A], answer: () => UNAVAILABLE },
    });

    const { page, shards } = await ask(world, { first: 5 });

    expect(page).toMatchObject({ codes: ['a'], hasNextPage: true, totalCount: 1 });
    expect(shards).toMatchObject([{ total: 2, answered: 1, totalCount: 'atLeast' }]);
  });

  it('have a next page while an expected agency is held by nobody', async () => {
    const world = createWorld({ one: { rows: [row('a', day(3))] } }, { expected: [A, B] });

    expect((await ask(world, { first: 5 })).page).toMatchObject({ codes: ['a'], hasNextPage: true });
  });

  it('ask each system for its cursors though the client asks for nothing but the count', async () => {
    const world = createWorld({ one: { rows: [row('a', day(3))] }, two: { rows: [row('b', day(2))] } });

    const { data } = await world.ask('{ dossiers { totalCount } }');

    expect(data).toEqual({ dossiers: { totalCount: 2 } });
    expect(world.calls[0]?.query).toMatch(/edges.*cursor/s);
    expect(world.calls[0]?.query).toMatch(/hasNextPage/);
  });
});

describe('a page that cannot be trusted is left out whole and said', () => {
  const GOOD: WorldShard = { rows: [row('good', day(9))] };

  it.each<[string, unknown, string]>([
    ['out of order', connectionOf([row('a', day(1)), row('b', day(2))]), 'SHARD_UNSORTED'],
    ['the same row twice', connectionOf([row('a', day(1)), row('a', day(1))]), 'SHARD_UNSORTED'],
    [
      'two orders',
      {
        ...connectionOf([]),
        edges: [
          ...connectionOf([row('a', day(3))]).edges,
          ...connectionOf([row('b', day(2))], false, 'DUE_DESC').edges,
        ],
      },
      'SHARD_UNSORTED',
    ],
    ["another agency's row", connectionOf([row('a', day(1), B)]), 'SHARD_FOREIGN_ROW'],
    [
      'more rows than asked for',
      connectionOf([5, 4, 3, 2].map((n) => row(`r${n}`, day(n)))),
      'SHARD_BAD_RESPONSE',
    ],
    ['more to come without a row', connectionOf([], true), 'SHARD_BAD_RESPONSE'],
    ['no cursor', { ...connectionOf([]), edges: [{ node: row('a', day(1)) }] }, 'SHARD_BAD_RESPONSE'],
    [
      'a garbage cursor',
      { ...connectionOf([]), edges: [{ node: row('a', day(1)), __lt_cursor: 'garbage' }] },
      'SHARD_BAD_RESPONSE',
    ],
    ['edges that are no list', { ...connectionOf([]), edges: 'many' }, 'SHARD_BAD_RESPONSE'],
    ['an edge that is null', { ...connectionOf([]), edges: [null] }, 'SHARD_BAD_RESPONSE'],
    ['no pageInfo', { ...connectionOf([]), __lt_pageInfo: null }, 'SHARD_BAD_RESPONSE'],
    ['text in place of a page', 'nothing', 'SHARD_BAD_RESPONSE'],
  ])('%s', async (_what, dossiers, code) => {
    const { page, shards, errors } = await ask(createWorld({ one: saying(dossiers), two: GOOD }), {
      first: 3,
    });

    expect(page).toMatchObject({ codes: ['good'], hasNextPage: true });
    expect(shards).toMatchObject([
      { total: 2, answered: 1, failed: 1, totalCount: 'atLeast', missing: [{ shard: 'one', code }] },
    ]);
    expect(errors).toMatchObject([{ path: ['dossiers'], extensions: { code, shard: 'one', affected: 1 } }]);
  });

  it('an order that the other systems do not follow', async () => {
    const other = saying(connectionOf([row('a', day(1))], false, 'DUE_DESC'));

    const { page, shards } = await ask(
      createWorld({ one: other, two: GOOD, three: { rows: [row('c', day(8))] } }),
      { first: 3 },
    );

    expect(page).toMatchObject({ codes: ['good', 'c'] });
    expect(shards).toMatchObject([{ missing: [{ shard: 'one', code: 'SHARD_UNSORTED' }] }]);
  });

  it('rows that stand before the page', async () => {
    const world = createWorld({
      one: {
        agencies: [A],
        answer: (call, usual) =>
          '__lt_1_after' in call.variables && call.variables['__lt_1_after'] !== null
            ? { data: { dossiers: connectionOf([row('a', day(30))]) } }
            : usual(),
      },
      two: { rows: [row('b', day(5)), row('c', day(4))] },
    });
    const { page } = await ask(world, { first: 1 });

    const next = await ask(world, { first: 1, after: page?.endCursor });

    expect(next.page?.codes).toEqual(['c']);
    expect(next.shards).toMatchObject([{ missing: [{ shard: 'one', code: 'SHARD_UNSORTED' }] }]);
  });

  it('is null when no page is left', async () => {
    const { page, errors } = await ask(createWorld({ one: saying('nothing') }), { first: 3 });

    expect(page).toBeNull();
    expect(errors).toHaveLength(1);
  });
});

describe('a row that two systems hold', () => {
  it.each([
    ['the same date', day(5), ['a', 'x', 'b']],
    ['another date', day(9), ['a', 'x', 'b']],
    ['no date', null, ['a', 'x', 'b']],
  ])('is shown once, as the first in registry order has it; the other has %s', async (_what, date, codes) => {
    const world = createWorld({
      one: { rows: [row('x', day(5)), row('a', day(7))] },
      two: { rows: [row('x', date), row('b', day(3))] },
    });

    const { page, shards, errors } = await ask(world, { first: 10 });

    expect(page?.codes).toEqual(codes);
    expect(shards).toEqual([
      {
        path: ['dossiers'],
        total: 2,
        answered: 2,
        failed: 0,
        timedOut: 0,
        missing: [{ shard: 'two', agencies: [A], code: 'SHARD_DUPLICATE_ROW' }],
      },
    ]);
    expect(errors).toMatchObject([{ extensions: { code: 'SHARD_DUPLICATE_ROW', shard: 'two' } }]);
  });

  it('hides no other row, however many duplicates fill a page', async () => {
    const world = createWorld({
      one: { rows: [row('x', day(2)), row('y', day(1))] },
      two: { rows: [row('x', day(9)), row('y', day(8)), row('z', day(7))] },
    });

    const pages = await allPages(world, { first: 2 });

    expect(pages.flatMap(({ codes }) => codes)).toEqual(['z', 'x', 'y']);
  });
});
