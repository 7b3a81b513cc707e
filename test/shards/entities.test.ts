import { createWorld, TIMEOUT, UNAVAILABLE, type World } from '../support/sharded-world';
import type { SmallDossier } from '../support/small-dossiers';

const [A, B, C] = ['H23.X01', 'H23.X02', 'H23.X03'] as const;

function row(code: string, agency: string = A): SmallDossier {
  return { code, agency, receivedAt: null, field: `field of ${code}` };
}

const dossiers = (...codes: string[]) => codes.map((code) => ({ __typename: 'Dossier', code }));
const agencies = (...codes: string[]) => codes.map((code) => ({ __typename: 'Agency', code }));

const ENTITIES = (fragments: string, variables = '') =>
  `query ($representations: [_Any!]!${variables}) { _entities(representations: $representations) { ${fragments} } }`;

function ask(world: World, fragments: string, representations: readonly unknown[]) {
  return world.ask(ENTITIES(fragments), { representations }, { path: ['list', '@'] });
}

describe('entities', () => {
  const world = () =>
    createWorld({
      a: { rows: [row('a1'), row(`${A}-240601-1`)] },
      b: { rows: [row('b1', B), row(`${B}-240601-1`, B)] },
      c: { rows: [row('c1', C)] },
    });

  it('come in the order of their representations, null where nobody has them, once for equal ones', async () => {
    const some = world();
    const codes = ['c1', 'nobody', `${B}-240601-1`, 'a1', 'c1'];

    const { data, errors, shards } = await ask(
      some,
      '... on Dossier { __typename code field }',
      dossiers(...codes),
    );

    expect({ errors, shards }).toEqual({ errors: [], shards: undefined });
    expect(data).toEqual({
      _entities: codes.map((code) =>
        code === 'nobody' ? null : { __typename: 'Dossier', code, field: `field of ${code}` },
      ),
    });
    const sent = some.calls.map(({ name, variables }) => [name, variables['__lt_representations']]);
    expect(sent).toEqual([
      ['b', dossiers(`${B}-240601-1`)],
      ['a', dossiers('c1', 'nobody', 'a1')],
      ['b', dossiers('c1', 'nobody', 'a1')],
      ['c', dossiers('c1', 'nobody', 'a1')],
    ]);
  });

  it('of one agency are asked of each of its systems and combined', async () => {
    const some = createWorld({
      one: { rows: [row('1')] },
      two: { rows: [row('2'), row('b1', B)] },
      three: { agencies: [C] },
    });

    const { data } = await ask(some, '... on Agency { code performance { received } }', agencies(A, B));

    expect(data).toEqual({
      _entities: [
        { code: A, performance: { received: 2 } },
        { code: B, performance: { received: 1 } },
      ],
    });
    expect(some.calls.map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it('of two types travel in one call to a system', async () => {
    const some = world();

    const { data } = await ask(some, '... on Agency { performance { received } } ... on Dossier { field }', [
      ...agencies(A),
      ...dossiers(`${A}-240601-1`),
    ]);

    expect(data).toEqual({
      _entities: [{ performance: { received: 2 } }, { field: `field of ${A}-240601-1` }],
    });
    expect(some.calls.map(({ name }) => name)).toEqual(['a']);
  });

  it('that a fragment on an interface asks for are asked too', async () => {
    const { data } = await ask(world(), '... on Body { title performance { received } }', agencies(A));

    expect(data).toEqual({ _entities: [{ title: `Cơ quan ${A}`, performance: { received: 2 } }] });
  });

  it('of which nothing but the key is asked need no call', async () => {
    const some = world();

    expect((await ask(some, '... on Agency { __typename c: code }', agencies(A))).data).toEqual({
      _entities: [{ __typename: 'Agency', c: A }],
    });
    expect(some.calls).toEqual([]);
  });

  it('that a failing system holds are null alone, and said once with their count', async () => {
    const some = createWorld({
      a: { rows: [row(`${A}-240601-1`)] },
      b: { agencies: [B], answer: () => TIMEOUT },
    });
    const codes = [`${B}-240601-1`, `${A}-240601-1`, `${B}-240601-2`];

    const { data, errors, shards } = await ask(some, '... on Dossier { field }', dossiers(...codes));

    expect(data).toEqual({ _entities: [null, { field: `field of ${A}-240601-1` }, null] });
    expect(errors).toEqual([
      {
        message: 'System "b" did not answer in time',
        path: ['_entities', 0],
        extensions: { code: 'SHARD_TIMEOUT', shard: 'b', affected: 2 },
      },
    ]);
    expect(shards).toEqual([
      {
        path: ['list', '@'],
        total: 2,
        answered: 1,
        failed: 0,
        timedOut: 1,
        missing: [{ shard: 'b', agencies: [B], code: 'SHARD_TIMEOUT', tookMs: 1500 }],
      },
    ]);
  });

  it('keep an error inside a row in its row', async () => {
    const { data, errors, shards } = await ask(
      world(),
      '... on Dossier { code broken }',
      dossiers('nobody', 'a1'),
    );

    expect(data).toEqual({ _entities: [null, { code: 'a1', broken: null }] });
    expect(errors).toEqual([
      {
        message: 'This field is broken',
        path: ['_entities', 1, 'broken'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', shard: 'a' },
      },
    ]);
    expect(shards).toBeUndefined();
  });

  it.each([
    ['too few items', { data: { _entities: [] } }, 'SHARD_BAD_RESPONSE'],
    ['no list', { data: { _entities: 'none' } }, 'SHARD_BAD_RESPONSE'],
    ['no data', { data: null }, 'SHARD_BAD_RESPONSE'],
    [
      'an unknown field',
      { errors: [{ message: 'No such field', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
      'SHARD_FIELD_UNSUPPORTED',
    ],
    [
      'an error of its own',
      { data: { _entities: null }, errors: [{ message: 'Oh', path: ['_entities'] }] },
      'SHARD_UNAVAILABLE',
    ],
    ['an item that is text', { data: { _entities: ['text'] } }, 'SHARD_BAD_RESPONSE'],
  ])('are missing where a system answers with %s', async (_what, answer, code) => {
    const some = createWorld({ a: { rows: [row('1')] }, bad: { agencies: [A], answer: () => answer } });

    const { data, shards } = await ask(some, '... on Agency { performance { received } }', agencies(A));

    expect(data).toEqual({ _entities: [{ performance: { received: 1 } }] });
    expect(shards).toMatchObject([{ path: ['list', '@', 'performance'], missing: [{ shard: 'bad', code }] }]);
  });

  it("hear a client's mistake once, whoever says it of whichever item", async () => {
    const mistake = {
      message: 'Wrong',
      path: ['_entities', 0, 'performance'],
      extensions: { code: 'BAD_USER_INPUT' },
    };
    const refuse = () => ({
      data: { _entities: [{ performance: null }, { performance: null }] },
      errors: [mistake, { ...mistake, path: ['_entities', 1, 'performance'] }],
    });
    const some = createWorld({
      a: { agencies: [A, B], answer: refuse },
      b: { agencies: [A, B], answer: refuse },
    });

    const { errors, shards } = await ask(some, '... on Agency { performance { received } }', agencies(A, B));

    expect(errors).toEqual([
      { message: 'Wrong', path: ['_entities', 0, 'performance'], extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(shards).toBeUndefined();
  });

  it('lose nothing to a mistake in the arguments of one field', async () => {
    const some = world();

    const { data, errors } = await ask(
      some,
      '... on Agency { bad: dossiers(first: 0) { totalCount } performance { received } }',
      agencies(A, B),
    );

    expect(data).toEqual({
      _entities: [
        { bad: null, performance: { received: 2 } },
        { bad: null, performance: { received: 2 } },
      ],
    });
    expect(errors).toMatchObject([
      { path: ['_entities', 0, 'bad'], extensions: { code: 'INVALID_PAGE_SIZE' } },
    ]);
    expect(some.calls[0]?.query).not.toContain('bad');
  });

  it('ask a field that names agencies only of the systems that hold them', async () => {
    const some = createWorld({ a: { rows: [row('1')] }, b: { agencies: [B], answer: () => UNAVAILABLE } });

    const { data, errors } = await some.ask(
      ENTITIES('... on Procedure { performance(filter: { agencies: $a }) { received } }', ', $a: [ID!]'),
      { representations: [{ __typename: 'Procedure', code: 'p' }], a: [A] },
    );

    expect({ data, errors }).toEqual({ data: { _entities: [{ performance: { received: 0 } }] }, errors: [] });
    expect(some.calls.map(({ name }) => name)).toEqual(['a']);
  });

  it('say that an expected agency is held by nobody, and nothing of one that is not expected', async () => {
    const some = createWorld({ a: { rows: [row('1')] } }, { expected: [A, B] });

    const { data, shards } = await ask(
      some,
      '... on Agency { performance { received } dossiers { totalCount } }',
      agencies(A, B, C),
    );

    const empty = { performance: { received: 0 }, dossiers: { totalCount: 0 } };
    expect(data).toEqual({
      _entities: [
        { performance: { received: 1 }, dossiers: { totalCount: 1 } },
        { performance: null, dossiers: null },
        empty,
      ],
    });
    expect(shards).toMatchObject(
      ['performance', 'dossiers'].map((field) => ({
        path: ['list', '@', field],
        total: 2,
        answered: 1,
        failed: 1,
        missing: [{ shard: null, agencies: [B], code: 'SHARD_NONE' }],
      })),
    );
  });
});
