import { createCursorSigner } from '../../schema/client-cursor';
import { createWorld, NOW, UNAVAILABLE, type World, type WorldShard } from '../support/sharded-world';
import type { SmallDossier } from '../support/small-dossiers';

const [A, B] = ['H23.X01', 'H23.X02'] as const;

function row(code: string, agency: string = A): SmallDossier {
  return { code, agency, receivedAt: null, field: 'f' };
}

const KEY = { id: 'k1', secret: 'the first secret' };

function world(
  options: { readonly cursors?: ReturnType<typeof createCursorSigner> } = {},
  b: WorldShard = {},
): World {
  return createWorld(
    {
      a: { rows: ['a1', 'a2', 'a3'].map((code) => row(code)) },
      b: { agencies: [B], rows: ['b1', 'b2'].map((code) => row(code, B)), ...b },
    },
    { cursors: createCursorSigner([KEY]), ...options },
  );
}

const QUERY = `query ($after: String, $first: Int = 2, $field: String, $orderBy: DossierOrder) {
  dossiers(first: $first, after: $after, filter: { field: $field }, orderBy: $orderBy) {
    edges { cursor node { code } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

interface Connection {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly code: string } }[];
  readonly pageInfo: {
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

async function page(some: World, variables: Record<string, unknown> = {}, now = NOW) {
  const answer = await some.ask(QUERY, { first: 2, ...variables }, { now });
  const connection = answer.data['dossiers'] as Connection | null;
  return {
    ...answer,
    connection,
    codes: connection?.edges.map(({ node }) => node.code),
    end: connection?.pageInfo.endCursor ?? '',
    refusal: answer.errors.map(({ extensions }) => extensions?.['code']),
  };
}

describe("a client's cursor", () => {
  it('stands in every edge and in pageInfo, and tells nothing of the systems', async () => {
    const { connection } = await page(world());

    const cursors = connection?.edges.map(({ cursor }) => cursor) ?? [];
    expect(connection?.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: cursors[0],
      endCursor: cursors[1],
    });
    expect(cursors[0]).not.toBe(cursors[1]);
  });

  it('goes on after its own row, also one inside a page', async () => {
    const some = world();
    const { connection } = await page(some);

    expect((await page(some, { after: connection?.edges[0]?.cursor })).codes).toEqual(['a2', 'a3']);
    const next = await page(some, { after: connection?.pageInfo.endCursor });
    expect(next.codes).toEqual(['a3', 'b1']);
    expect(next.connection?.pageInfo.hasPreviousPage).toBe(true);
  });

  it('stays where it is while all that is left is in a missing system: it never leads back to the first page', async () => {
    let isDown = true;
    const some = world({}, { answer: (_call, usual) => (isDown ? UNAVAILABLE : usual()) });
    const { end } = await page(some, { first: 3 });

    const empty = await page(some, { after: end });
    expect(empty).toMatchObject({ codes: [], connection: { pageInfo: { hasNextPage: true } } });
    expect((await page(some, { after: empty.end })).codes).toEqual([]);
    isDown = false;
    expect((await page(some, { after: empty.end })).codes).toEqual(['b1', 'b2']);
  });

  it('may be used with another page size', async () => {
    const some = world();
    const { end } = await page(some);

    expect((await page(some, { after: end, first: 5 })).codes).toEqual(['a3', 'b1', 'b2']);
  });

  it('may be used whether a null is given or left out', async () => {
    const some = world();
    const { end } = await page(some, { field: null });

    expect((await page(some, { after: end })).refusal).toEqual([]);
  });

  it.each([
    ['other arguments', { field: 'g' }],
    ['another order', { orderBy: 'RECEIVED_ASC' }],
  ])('is refused with %s, before any system is asked', async (_what, others) => {
    const some = world();
    const { end } = await page(some);
    const before = some.calls.length;

    const next = await page(some, { after: end, ...others });

    expect(next).toMatchObject({ connection: null, refusal: ['INVALID_CURSOR'], shards: undefined });
    expect(some.calls).toHaveLength(before);
  });

  it.each([
    ['garbled', () => 'garbage!'],
    ['empty', () => ''],
    [
      'edited',
      (cursor: string) => cursor.slice(0, -6) + (cursor.at(-6) === 'A' ? 'B' : 'A') + cursor.slice(-5),
    ],
    ['cut short', (cursor: string) => cursor.slice(0, 40)],
    [
      "a shard's own",
      () => Buffer.from(JSON.stringify(['RECEIVED_DESC', null, A, 'a1'])).toString('base64url'),
    ],
  ])('is refused when it is %s', async (_what, bend) => {
    const some = world();
    const { end } = await page(some);

    expect(await page(some, { after: bend(end) })).toMatchObject({
      connection: null,
      refusal: ['INVALID_CURSOR'],
    });
  });

  it('is refused by a gateway with another secret', async () => {
    const { end } = await page(world({ cursors: createCursorSigner([{ id: 'k1', secret: 'another' }]) }));

    expect((await page(world(), { after: end })).refusal).toEqual(['INVALID_CURSOR']);
  });

  it('outlives the change to a new key, and not the end of the old one', async () => {
    const { end } = await page(world());
    const next = { id: 'k2', secret: 'the second secret' };

    expect((await page(world({ cursors: createCursorSigner([next, KEY]) }), { after: end })).codes).toEqual([
      'a3',
      'b1',
    ]);
    expect((await page(world({ cursors: createCursorSigner([next]) }), { after: end })).refusal).toEqual([
      'INVALID_CURSOR',
    ]);
  });

  it('is refused on another field and under another parent', async () => {
    const some = world();
    const ofAgency = `query ($representations: [_Any!]!, $after: String) {
      _entities(representations: $representations) { ... on Agency { dossiers(first: 1, after: $after) { edges { node { code } } pageInfo { endCursor } } } } }`;
    const ask = async (code: string, after: string | null) => {
      const { data, errors } = await some.ask(ofAgency, {
        representations: [{ __typename: 'Agency', code }],
        after,
      });
      const [item] = data['_entities'] as { dossiers: Connection | null }[];
      return {
        dossiers: item?.dossiers ?? null,
        refusal: errors.map(({ extensions }) => extensions?.['code']),
      };
    };
    const first = await ask(A, null);
    const after = first.dossiers?.pageInfo.endCursor ?? '';

    expect((await ask(A, after)).dossiers?.edges).toEqual([{ node: { code: 'a2' } }]);
    expect(await ask(B, after)).toEqual({ dossiers: null, refusal: ['INVALID_CURSOR'] });
    expect((await page(some, { after })).refusal).toEqual(['INVALID_CURSOR']);
  });

  it('pins the instant of the first page for its own list alone', async () => {
    const some = world();
    const { end } = await page(some);
    const later = '2024-06-29T00:00:00Z';
    const before = some.calls.length;

    await some.ask(
      'query ($after: String, $field: String, $orderBy: DossierOrder) { dossiers(first: 2, after: $after, filter: { field: $field }, orderBy: $orderBy) { totalCount } received }',
      { after: end },
      { now: later },
    );

    const asked = some.calls.slice(before).map(({ now, query }) => [now, query.includes('dossiers')]);
    expect(asked).toEqual([
      [NOW, true],
      [NOW, true],
      [later, false],
      [later, false],
    ]);
  });

  it('pins the instant under an entity for its own list alone', async () => {
    const some = world();
    const query = `query ($representations: [_Any!]!, $after: String) { _entities(representations: $representations) {
      ... on Agency { dossiers(first: 1, after: $after) { pageInfo { endCursor } } performance { received } } } }`;
    const representations = [{ __typename: 'Agency', code: A }];
    const first = await some.ask(query, { representations });
    const [item] = first.data['_entities'] as { dossiers: Connection }[];
    const later = '2024-06-29T00:00:00Z';

    const { data } = await some.ask(
      query,
      { representations, after: item?.dossiers.pageInfo.endCursor },
      { now: later },
    );

    expect(data).toMatchObject({ _entities: [{ performance: { received: 3 } }] });
    expect(some.calls.slice(1).map(({ now, query: text }) => [now, text.includes('dossiers')])).toEqual([
      [NOW, true],
      [later, false],
    ]);
  });
});

describe('a system that was missing from an earlier page', () => {
  it.each<[string, WorldShard['answer']]>([
    ['did not answer', () => UNAVAILABLE],
    ['gave a page that could not be used', () => ({ data: { dossiers: 'garbage' } })],
  ])('is named when it answers again: it %s', async (_what, answer) => {
    let isDown = true;
    const some = world({}, { answer: (call, usual) => (isDown && answer ? answer(call, usual) : usual()) });
    const first = await page(some);
    isDown = false;

    const second = await page(some, { after: first.end });
    const third = await page(some, { after: second.end });

    expect(second.codes).toEqual(['a3', 'b1']);
    const entry = {
      path: ['dossiers'],
      total: 2,
      answered: 2,
      failed: 0,
      timedOut: 0,
      missedBefore: ['b'],
      missing: [],
    };
    expect(second.shards).toEqual([entry]);
    expect(second.errors).toEqual([]);
    expect(third.codes).toEqual(['b2']);
    expect(third.shards).toEqual([entry]);
  });

  it('is missing still while it fails', async () => {
    const some = world({}, { answer: () => UNAVAILABLE });
    const first = await page(some);

    const second = await page(some, { after: first.end });

    expect(second.codes).toEqual(['a3']);
    expect(second.shards).toMatchObject([{ answered: 1, missing: [{ shard: 'b' }] }]);
    expect(second.shards?.[0]).not.toHaveProperty('missedBefore');
  });
});
