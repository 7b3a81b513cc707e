import type { QueryPlanner } from '@apollo/query-planner';
import { Operations } from '../../gateway/operation/operations';
import { adoptSupergraph } from '../../gateway/supergraph/adopted-supergraph';
import { HeavyWork } from '../../schema/runtime/heavy-work';
import { createLogger } from '../../schema/runtime/logger';
import { askOperations } from '../support/gateway-under-test';
import { createGatewayUnderTest } from '../support/gateway-under-test';
import { composeSupergraph } from '../support/plain-supergraph';
import { createFederation, type SmallSubgraph } from '../support/small-federation';
import { startStockGateway } from '../support/stock-gateway';

type Row = Readonly<Record<string, unknown>>;

/** Subgraphs in which one computed field requires another, of the subgraph that a query may begin in. */
const COMPUTED = {
  catalog: {
    typeDefs: `type Query { items: [Item] }  type Item @key(fields: "id") { id: ID!  weight: Int  kind: String }`,
    resolvers: {
      Query: { items: () => [{ id: '1', weight: 2, kind: 'x' }] },
      Item: { __resolveReference: ({ id }: Row) => ({ id, weight: Number(id) * 2, kind: 'y' }) },
    },
  },
  shipping: {
    typeDefs: `
      type Query { heavy: [Item]  shelf: Shelf }
      type Shelf { rows: [[Item]] }
      type Item @key(fields: "id") {
        id: ID!
        weight: Int @external
        kind: String @external
        cost: Int @requires(fields: "weight")
        days: Int @requires(fields: "kind")
      }`,
    resolvers: {
      Query: {
        heavy: () => [{ id: '5' }, null],
        shelf: () => ({ rows: [[{ id: '5' }], null, [{ id: '6' }, { id: '5' }]] }),
      },
      Item: {
        __resolveReference: (given: Row) => given,
        cost: ({ weight }: Row) => (typeof weight === 'number' ? weight * 10 : -1),
        days: ({ kind }: Row) => (kind === 'y' ? 3 : -1),
      },
    },
  },
  offers: {
    typeDefs: `
      type Item @key(fields: "id") {
        id: ID!
        cost: Int @external
        days: Int @external
        offer: Int @requires(fields: "cost")
        both: Int @requires(fields: "cost days")
      }`,
    resolvers: {
      Item: {
        __resolveReference: (given: Row) => given,
        offer: ({ cost }: Row) => Number(cost) + 1,
        both: ({ cost, days }: Row) => Number(cost) + Number(days),
      },
    },
  },
} satisfies Readonly<Record<string, SmallSubgraph>>;

describe('a field that requires what the first subgraph computes of another’s', () => {
  it.each([
    ['{ heavy { both } }', { heavy: [{ both: 103 }, null] }],
    ['{ heavy { offer } }', { heavy: [{ offer: 101 }, null] }],
    ['{ heavy { c: cost both id } }', { heavy: [{ c: 100, both: 103, id: '5' }, null] }],
    [
      '{ shelf { rows { both } } }',
      { shelf: { rows: [[{ both: 103 }], null, [{ both: 123 }, { both: 103 }]] } },
    ],
    ['{ items { both } }', { items: [{ both: 19 }] }],
    ['{ heavy { both } items { offer } }', { heavy: [{ both: 103 }, null], items: [{ offer: 21 }] }],
  ])('gets it computed of the real values: %s', async (document, data) => {
    expect(await createFederation(COMPUTED).query(document)).toEqual({ data, errors: [] });
  });

  it('is asked for in time: the planner by itself asks before it has what is required', async () => {
    const federation = createFederation(COMPUTED);
    await federation.query('{ heavy { both } }');

    expect(federation.calls[0]?.query).toBe('{heavy{__typename id}}');
    // Fails when Apollo has mended it: then operation/mend-plan.ts may go.
    expect(await firstAsked(federation.supergraphSdl)).toMatch(/cost|days/);
  });
});

async function firstAsked(supergraphSdl: string): Promise<string> {
  const asked: string[] = [];
  await using stock = await startStockGateway(supergraphSdl, async (_, { query }) => {
    asked.push(query);
    return { data: { heavy: [] } };
  });
  await stock.query('{ heavy { both } }');
  return asked[0] ?? '';
}

describe('a plan that is empty', () => {
  const adopted = adoptSupergraph(composeSupergraph({ one: 'type Query { a: Int  b: Int! }' }));
  const logger = createLogger({ level: 'silent', write: () => undefined });
  // The planner as it is, but for the one method that the engine calls.
  const planner = Object.create(adopted.planner, {
    buildQueryPlan: { value: () => ({ kind: 'QueryPlan' }) },
  }) as QueryPlanner;
  const operations = new Operations({
    maxTokens: 1000,
    maxDepth: 10,
    maxSelections: 100,
    maxPlanningMs: 1000,
    maxBytes: 10_000,
    heavyWork: new HeavyWork(),
    supergraph: { ...adopted, planner },
    fetcherOf: () => {
      throw new TypeError('Nobody is asked');
    },
    logger,
  });

  it.each([
    ['{ a }', { a: null }, ['a']],
    ['{ x: a __typename }', { x: null, __typename: 'Query' }, ['x']],
    ['{ b }', null, ['b']],
  ])('is an error at each field that was asked for: %s', async (document, data, path) => {
    const answer = await askOperations(operations, document);

    expect(answer.data).toEqual(data);
    expect(answer.errors).toMatchObject([{ path, extensions: { code: 'SUBGRAPH_BAD_RESPONSE' } }]);
  });

  it.each([
    ['{ __typename }', { __typename: 'Query' }],
    ['{ a @skip(if: true) }', {}],
    ['{ __type(name: "Int") { name } }', { __type: { name: 'Int' } }],
  ])('is right where nothing is asked of a subgraph: %s', async (document, data) => {
    expect(await askOperations(operations, document)).toEqual({ data, errors: [] });
  });
});

it('an operation that cannot be planned is tried once', async () => {
  const gateway = createGatewayUnderTest(composeSupergraph({ one: 'type Query { a: Int }' }), () =>
    Promise.reject(new TypeError('Nobody is asked')),
  );
  let tries = 0;
  // The planner as it is, but for what it says of an operation with too many ways to its fields.
  gateway.supergraph.planner.buildQueryPlan = () => {
    tries += 1;
    throw new Error('Too many options generated');
  };

  for (let time = 0; time < 3; time++) {
    const { data, errors } = await gateway.query('{ a }');
    expect(data).toBeUndefined();
    expect(errors.map(({ extensions }) => extensions?.['code'])).toEqual(['OPERATION_TOO_COMPLEX']);
  }

  expect(tries).toBe(1);
});
