import '../support/as-in-production';
import { parse, validate } from 'graphql';
import { createRandom } from '../../subgraphs/province/random';
import { differenceFromStock, differenceOf } from '../support/compare-answers';
import { createGatewayUnderTest } from '../support/gateway-under-test';
import { plannerFaultOf, stockFaultOf } from '../support/known-faults';
import { minimiseOperation } from '../support/minimise-operation';
import { printOperation, type Selection } from '../support/operation-tree';
import { randomWorldOperation } from '../support/random-world-operation';
import { createFeed } from '../support/worlds/feed';
import { createLedger } from '../support/worlds/ledger';
import { openWorld } from '../support/worlds/local-world';
import { createMatrix } from '../support/worlds/matrix';
import { createMedia } from '../support/worlds/media';
import { createPlant } from '../support/worlds/plant';
import { composeWorld, openRivals, type WorldRivals } from '../support/worlds/rivals';
import { createShop } from '../support/worlds/shop';
import { createWorldMonolith } from '../support/worlds/world-monolith';

const TIMES = process.env['LONG'] ? 20 : 1;
/** One operation again: SEED='shop/17' runs that one alone. */
const ONLY = process.env['SEED'];

/** How many operations must agree; the planner's work on nested interface objects grows without measure. */
const WORLDS = [
  { create: createShop, count: 350, maxDepth: 6 },
  { create: createFeed, count: 350, maxDepth: 6 },
  { create: createPlant, count: 250, maxDepth: 6 },
  { create: createMatrix, count: 250, maxDepth: 6 },
  { create: createMedia, count: 150, maxDepth: 2 },
];

describe('random operations are answered as one server with all the rows answers them, and as the stock gateway does', () => {
  it.each(WORLDS)(
    'over $create.name',
    async ({ create, count, maxDepth }) => {
      await using rivals = await openRivals(create);
      let compared = 0;
      for (let number = 0; compared < count * TIMES; number++) {
        const seed = `${rivals.world.name}/${number}`;
        if (ONLY !== undefined && number > 100_000) break;
        if (ONLY !== undefined && ONLY !== seed) continue;
        const options = {
          schema: rivals.schema,
          samples: rivals.world.samples,
          root: 'query',
          maxDepth,
        } as const;
        const selections = randomWorldOperation(options, createRandom(seed));
        const outcome = await compare(rivals, selections);
        if (outcome.kind === 'agreed') compared += 1;
        if (outcome.kind === 'different') throw new Error(await describeFailure(rivals, seed, selections));
      }
      expect(rivals.gateway.faults).toEqual([]);
    },
    600_000,
  );
});

describe('random mutations run in the order they are written in', () => {
  it('over createLedger, with each result and all that was written compared', async () => {
    const sdl = composeWorld(createLedger());
    for (let number = 0; number < 60 * TIMES; number++) {
      const seed = `ledger/${number}`;
      if (ONLY !== undefined && ONLY !== seed) continue;
      const { difference, document } = await compareMutation(sdl, seed);
      if (difference !== null) throw new Error(`Mutation ${seed}: ${difference}\n${document}`);
    }
  });
});

type Outcome =
  { readonly kind: 'agreed' | 'invalid' | 'refused' } | { readonly kind: 'different'; readonly why: string };

async function compare(rivals: WorldRivals, selections: readonly Selection[]): Promise<Outcome> {
  const { document, variables } = printOperation(selections);
  if (!rivals.isValid(document) || plannerFaultOf(selections, rivals.world) !== null)
    return { kind: 'invalid' };
  const got = await rivals.gateway.query(document, variables);
  if (got.errors[0]?.extensions?.['code'] === 'OPERATION_TOO_COMPLEX') return { kind: 'refused' };
  const fromMonolith = differenceOf(await rivals.monolith(document, variables), got);
  if (fromMonolith !== null) return { kind: 'different', why: `from the monolith: ${fromMonolith}` };
  if (stockFaultOf(selections, rivals.world) !== null) return { kind: 'agreed' };
  const fromStock = differenceFromStock(await rivals.stock(document, variables), got);
  if (fromStock !== null) return { kind: 'different', why: `from the stock gateway: ${fromStock}` };
  return { kind: 'agreed' };
}

async function describeFailure(
  rivals: WorldRivals,
  seed: string,
  selections: readonly Selection[],
): Promise<string> {
  const isDifferent = async (candidate: readonly Selection[]): Promise<boolean> =>
    (await compare(rivals, candidate)).kind === 'different';
  const smallest = await minimiseOperation(selections, isDifferent);
  const { document, variables } = printOperation(smallest);
  const outcome = await compare(rivals, smallest);
  const ask = async (name: string, query: WorldRivals['monolith']): Promise<string> =>
    `${name} ${JSON.stringify(await query(document, variables))}`;
  return [
    `Operation ${seed} is different ${outcome.kind === 'different' ? outcome.why : ''}. Run it alone with SEED=${seed}; the smallest:`,
    document,
    `variables ${JSON.stringify(variables)}`,
    await ask('gateway ', rivals.gateway.query),
    await ask('monolith', rivals.monolith),
    await ask('stock   ', rivals.stock),
  ].join('\n');
}

/** On books that nobody has written in yet; what stands in them afterwards is asked too. */
async function compareMutation(sdl: string, seed: string) {
  const world = createLedger();
  const gateway = createGatewayUnderTest(sdl, openWorld(world));
  const monolith = createWorldMonolith(createLedger(), sdl);
  const schema = gateway.supergraph.apiSchema;
  const options = { schema, samples: world.samples, root: 'mutation' } as const;
  const printed = printOperation(randomWorldOperation(options, createRandom(seed)));
  const document = printed.document.replace(/^query/, 'mutation');
  if (validate(schema, parse(document)).length > 0) return { difference: null, document };
  const statements = '{ statements { id balance log } }';
  const difference =
    differenceOf(
      await monolith(document, printed.variables),
      await gateway.query(document, printed.variables),
    ) ?? differenceOf(await monolith(statements), await gateway.query(statements));
  return { difference, document };
}
