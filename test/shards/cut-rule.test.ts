import { createWorld, UNAVAILABLE, type World } from '../support/sharded-world';
import type { SmallDossier } from '../support/small-dossiers';

const [A, B] = ['H23.X01', 'H23.X02'] as const;

function row(code: string, agency: string = A, more: Partial<SmallDossier> = {}): SmallDossier {
  return { code, agency, receivedAt: null, field: 'f', ...more };
}

const FIRST_OF_A = `${A}-240601-0001`;

/** Agency A is spread over "one" (1 row) and "ministry" (2 rows); B is in "one" alone. */
function spread(): World {
  return createWorld({
    one: { agencies: [A, B], rows: [row(FIRST_OF_A), row('b1', B), row('b2', B)] },
    ministry: { agencies: [A], rows: [row('a2', A, { procedure: '1.0' }), row('a3')] },
  });
}

async function complete(world: World, query: string, variables = {}): Promise<unknown> {
  const { data, errors, shards } = await world.ask(query, variables);
  expect({ errors, shards }).toEqual({ errors: [], shards: undefined });
  return data;
}

describe("an agency's figures below a row come from all its systems", () => {
  it('below one row', async () => {
    const world = spread();

    expect(
      await complete(
        world,
        `{ dossier(code: "${FIRST_OF_A}") { agency { dossiers { totalCount } performance { received } } } }`,
      ),
    ).toEqual({ dossier: { agency: { dossiers: { totalCount: 3 }, performance: { received: 3 } } } });
    expect(world.calls.map(({ name }) => name)).toEqual(['one', 'ministry', 'one', 'ministry']);
    expect(world.calls[0]?.query).not.toMatch(/totalCount|performance/);
  });

  it('below the rows of a page, each agency asked once', async () => {
    const world = spread();

    const data = await complete(
      world,
      '{ dossiers { edges { node { code agency { code performance { received } } } } } }',
    );

    expect(data).toEqual({
      dossiers: {
        edges: [FIRST_OF_A, 'a2', 'a3', 'b1', 'b2'].map((code) => {
          const agency = code.startsWith('b') ? B : A;
          return {
            node: { code, agency: { code: agency, performance: { received: agency === A ? 3 : 2 } } },
          };
        }),
      },
    });
    expect(
      world.calls.slice(2).map(({ name, variables }) => [name, variables['__lt_representations']]),
    ).toEqual([
      ['one', [A, B].map((code) => ({ __typename: 'Agency', code }))],
      ['ministry', [{ __typename: 'Agency', code: A }]],
    ]);
  });

  it('below a group, a list, and one another', async () => {
    expect(
      await complete(
        spread(),
        `{ performance { byAgency { agency { performance { received byAgency { agency { dossiers(first: 1) { totalCount edges { node { agency { performance { received } } } } } } } } } } }
           desks { agency { performance { received } } }
           agencies { performance { received } } }`,
      ),
    ).toEqual({
      performance: {
        byAgency: [A, B].map((agency) => {
          const received = agency === A ? 3 : 2;
          const inner = {
            totalCount: received,
            edges: [{ node: { agency: { performance: { received } } } }],
          };
          return { agency: { performance: { received, byAgency: [{ agency: { dossiers: inner } }] } } };
        }),
      },
      desks: [3, 3, 2].map((received) => ({ agency: { performance: { received } } })),
      agencies: [3, 3, 2].map((received) => ({ performance: { received } })),
    });
  });

  it('under aliases, in several fragments, with variables, and with a row field beside them', async () => {
    expect(
      await complete(
        spread(),
        `query ($code: ID!, $field: String, $yes: Boolean!, $no: Boolean!) {
           d: dossier(code: $code) { ...Figures a: agency { one: performance { days } two: performance { n: received } } }
         }
         fragment Figures on Dossier {
           code
           a: agency { ...OfAgency @include(if: $yes) ... @include(if: $no) { x: performance { received } } }
           a: agency { one: performance { received } }
         }
         fragment OfAgency on Agency { __typename title some: dossiers(filter: { field: $field }) { totalCount } }`,
        { code: FIRST_OF_A, field: 'f', yes: true, no: false },
      ),
    ).toEqual({
      d: {
        code: FIRST_OF_A,
        a: {
          __typename: 'Agency',
          title: `Cơ quan ${A}`,
          some: { totalCount: 3 },
          one: { received: 3, days: 0 },
          two: { n: 3 },
        },
      },
    });
  });

  it('through an interface and a union', async () => {
    expect(
      await complete(
        spread(),
        `{ dossier(code: "${FIRST_OF_A}") {
             body { title performance { received } ... on Agency { code } }
             holder { __typename ... on Agency { performance { received } } ... on Office { performance { days } } }
           } }`,
      ),
    ).toEqual({
      dossier: {
        body: { title: `Cơ quan ${A}`, performance: { received: 3 }, code: A },
        holder: { __typename: 'Agency', performance: { received: 3 } },
      },
    });
  });

  it('for a type that is asked of every system', async () => {
    const world = spread();

    expect(
      await complete(world, '{ dossier(code: "a2") { procedure { performance { received } } } }'),
    ).toEqual({
      dossier: { procedure: { performance: { received: 1 } } },
    });
  });

  it('say what they lack at their own place', async () => {
    const world = createWorld({
      one: { agencies: [A, B], rows: [row('a1'), row('b1', B)] },
      ministry: {
        agencies: [A],
        rows: [row('a2')],
        answer: (call, usual) => (call.document.query.includes('_entities') ? UNAVAILABLE : usual()),
      },
    });

    const { data, errors, shards } = await world.ask(
      '{ dossiers { edges { node { agency { performance { received } } } } } }',
    );

    const received = [1, 1, 1].map((count) => ({ node: { agency: { performance: { received: count } } } }));
    expect(data).toEqual({ dossiers: { edges: received } });
    expect(shards).toEqual([
      {
        path: ['dossiers', 'edges', '@', 'node', 'agency', 'performance'],
        total: 2,
        answered: 1,
        failed: 1,
        timedOut: 0,
        partial: ['received'],
        missing: [{ shard: 'ministry', agencies: [A], code: 'SHARD_UNAVAILABLE', tookMs: 3 }],
      },
    ]);
    expect(errors).toMatchObject([
      { path: ['dossiers', 'edges', 0, 'node', 'agency', 'performance'], extensions: { affected: 1 } },
    ]);
  });

  it('leave nothing of what the gateway asked for itself', async () => {
    const { data } = await spread().ask(
      '{ dossiers { edges { node { body { performance { received } } agency { performance { received } } } } } agencies { performance { received } } byField { received } desks { name } }',
    );

    expect(JSON.stringify(data)).not.toContain('__lt');
  });
});
