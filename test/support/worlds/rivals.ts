import { parse, validate, type GraphQLSchema } from 'graphql';
import { createGatewayUnderTest, type Ask, type GatewayUnderTest } from '../gateway-under-test';
import { composeSupergraph } from '../plain-supergraph';
import { startStockGateway } from '../stock-gateway';
import { openWorld } from './local-world';
import { linked, type World } from './world';
import { createWorldMonolith } from './world-monolith';

/** The same rows asked in three ways. */
export interface WorldRivals extends AsyncDisposable {
  readonly world: World;
  readonly schema: GraphQLSchema;
  readonly gateway: GatewayUnderTest;
  readonly stock: Ask;
  readonly monolith: Ask;
  isValid(document: string): boolean;
}

export function composeWorld({ subgraphs }: World): string {
  return composeSupergraph(
    Object.fromEntries(Object.entries(subgraphs).map(([name, typeDefs]) => [name, linked(typeDefs)])),
  );
}

/** Each gets a world of its own: mutations of one are no business of the others. */
export async function openRivals(createWorld: () => World): Promise<WorldRivals> {
  const world = createWorld();
  const sdl = composeWorld(world);
  const gateway = createGatewayUnderTest(sdl, openWorld(world), { maxPlanningMs: 300 });
  const stock = await startStockGateway(sdl, openWorld(createWorld()));
  const schema = gateway.supergraph.apiSchema;
  return {
    world,
    schema,
    gateway,
    stock: stock.query,
    monolith: createWorldMonolith(createWorld(), sdl),
    isValid: (document) => validate(schema, parse(document)).length === 0,
    [Symbol.asyncDispose]: () => stock[Symbol.asyncDispose](),
  };
}
