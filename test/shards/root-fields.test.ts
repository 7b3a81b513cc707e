import { createWorld, type World } from '../support/sharded-world';
import type { SmallDossier } from '../support/small-dossiers';

const [A, B] = ['H23.X01', 'H23.X02'] as const;

function row(code: string, agency: string = A, more: Partial<SmallDossier> = {}): SmallDossier {
  return { code, agency, receivedAt: null, ...more };
}

function world(): World {
  return createWorld({
    a: { rows: [row('a1', A, { field: 'x' }), row('a2')] },
    b: { rows: [row('b1', B, { field: 'x' })] },
  });
}

describe('root fields of one fetch', () => {
  it('under aliases go each to its own systems, in one call per system', async () => {
    const some = world();

    const { data } = await some.ask(
      `{ a: performance(filter: { agencies: ["${A}"] }) { received }
         b: performance(filter: { agencies: ["${B}"] }) { received }
         all: performance { received } }`,
    );

    expect(data).toEqual({ a: { received: 2 }, b: { received: 1 }, all: { received: 3 } });
    expect(
      some.calls.map(({ name, query }) => [
        name,
        [...query.matchAll(/(\w+):performance/g)].map(([, alias]) => alias),
      ]),
    ).toEqual([
      ['a', ['a', 'all']],
      ['b', ['b', 'all']],
    ]);
  });

  it('get the variables they read and no others', async () => {
    const some = world();

    await some.ask(
      `query ($one: String, $two: String) {
         a: performance(filter: { agencies: ["${A}"], field: $one }) { received } all: received(filter: { field: $two }) }`,
      { one: '1', two: '2' },
    );

    expect(some.calls.map(({ variables }) => Object.keys(variables).length)).toEqual([2, 1]);
  });

  it('are the same connection twice, each with its own arguments', async () => {
    const { data } = await world().ask(
      `{ one: dossiers(first: 1) { edges { node { code } } totalCount }
         two: dossiers(first: 2, filter: { field: "x" }) { edges { n: node { c: code } } total: totalCount } }`,
    );

    expect(data).toEqual({
      one: { edges: [{ node: { code: 'a1' } }], totalCount: 3 },
      two: { edges: [{ n: { c: 'a1' } }, { n: { c: 'b1' } }], total: 2 },
    });
  });

  it('say __typename of everything, whichever system gives it', async () => {
    const { data } = await world().ask(
      `{ __typename dossiers(first: 1) { __typename t: __typename edges { __typename node { __typename } } pageInfo { __typename p: __typename } }
         performance { __typename byField { __typename } } }`,
    );

    expect(data).toEqual({
      __typename: 'Query',
      dossiers: {
        __typename: 'DossierConnection',
        t: 'DossierConnection',
        edges: [{ __typename: 'DossierEdge', node: { __typename: 'Dossier' } }],
        pageInfo: { __typename: 'PageInfo', p: 'PageInfo' },
      },
      performance: {
        __typename: 'Performance',
        byField: [{ __typename: 'FieldFigures' }, { __typename: 'FieldFigures' }],
      },
    });
  });

  it.each([
    [
      { yes: true, no: false },
      { a: 3, b: 3, performance: { received: 3 } },
    ],
    [{ yes: false, no: true }, { performance: {} }],
  ])('follow @skip and @include: %j', async (variables, expected) => {
    const { data, errors } = await world().ask(
      `query ($yes: Boolean!, $no: Boolean!) {
         a: received @include(if: $yes) b: received @skip(if: $no) c: received @include(if: $yes) @skip(if: $yes)
         performance { ... @include(if: $yes) { ...P @skip(if: $no) } } }
       fragment P on Performance { received }`,
      variables,
    );

    expect(errors).toEqual([]);
    expect(data).toMatchObject(expected);
    expect(Object.keys(data)).toEqual(Object.keys(expected));
  });

  it('accept arguments as literals, variables, defaults and enums alike', async () => {
    const some = createWorld({
      a: {
        rows: [row('late', A, { receivedAt: '2024-06-02' }), row('early', A, { receivedAt: '2024-06-01' })],
      },
    });
    const codes = async (query: string, variables = {}) => {
      const { data, errors } = await some.ask(query, variables);
      expect(errors).toEqual([]);
      return JSON.stringify(data).match(/late|early/g);
    };

    expect(await codes('{ dossiers { edges { node { code } } } }')).toEqual(['late', 'early']);
    expect(await codes('{ dossiers(orderBy: RECEIVED_ASC) { edges { node { code } } } }')).toEqual([
      'early',
      'late',
    ]);
    expect(
      await codes('query ($o: DossierOrder) { dossiers(orderBy: $o) { edges { node { code } } } }', {
        o: 'RECEIVED_ASC',
      }),
    ).toEqual(['early', 'late']);
    expect(
      await codes('query ($o: DossierOrder) { dossiers(orderBy: $o) { edges { node { code } } } }'),
    ).toEqual(['late', 'early']);
    expect(
      await codes(
        `query ($a: ID!) { dossiers(filter: { agencies: [$a] }, first: 1) { edges { node { code } } } }`,
        { a: A },
      ),
    ).toEqual(['late']);
  });

  it('lose nothing to a mistake in another', async () => {
    const some = world();

    const { data, errors } = await some.ask('{ dossiers(first: -1) { totalCount } received }');

    expect(data).toEqual({ dossiers: null, received: 3 });
    expect(errors).toMatchObject([{ path: ['dossiers'], extensions: { code: 'INVALID_PAGE_SIZE' } }]);
    expect(errors[0]?.message).toMatch(/-1.*|1 to 200/);
    expect(some.calls[0]?.query).not.toContain('dossiers');
  });

  it("hear a client's mistake once when every system says it", async () => {
    const mistake = { data: null, errors: [{ message: 'Wrong', extensions: { code: 'BAD_USER_INPUT' } }] };
    const some = createWorld({
      a: { agencies: [A], answer: () => mistake },
      b: { agencies: [B], answer: () => mistake },
    });

    const { data, errors, shards } = await some.ask('{ received }');

    expect(data).toEqual({ received: null });
    expect(errors).toEqual([
      { message: 'Wrong', path: ['received'], extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(shards).toBeUndefined();
  });

  it('blame a system that alone calls a question wrong, and keep what the others say', async () => {
    const some = createWorld({
      a: { rows: [row('1')] },
      old: {
        agencies: [B],
        answer: () => ({
          data: null,
          errors: [{ message: 'Wrong', extensions: { code: 'BAD_USER_INPUT' } }],
        }),
      },
    });

    const { data, shards } = await some.ask('{ received }');

    expect(data).toEqual({ received: 1 });
    expect(shards).toMatchObject([
      { total: 2, answered: 1, missing: [{ shard: 'old', code: 'SHARD_BAD_RESPONSE' }] },
    ]);
  });

  it('ask every system with the instant of the request', async () => {
    const some = world();

    await some.ask('{ received }', {}, { now: '2024-01-02T03:04:05Z' });

    expect(some.calls.map(({ now }) => now)).toEqual(['2024-01-02T03:04:05Z', '2024-01-02T03:04:05Z']);
  });
});
