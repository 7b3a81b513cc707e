import { createGatewayUnderTest, type CallSubgraph, type GatewayUnderTest } from './gateway-under-test';
import { composeSupergraph } from './plain-supergraph';

/** A gateway over one subgraph that answers what a test wrote, right or wrong: the data of every request, or a function of it. */
export function gatewayOver(
  typeDefs: string,
  data: Readonly<Record<string, unknown>> | CallSubgraph,
  limits: Parameters<typeof createGatewayUnderTest>[2] = {},
): GatewayUnderTest {
  const answer: CallSubgraph = typeof data === 'function' ? data : () => Promise.resolve({ data });
  return createGatewayUnderTest(composeSupergraph({ one: typeDefs }), answer, limits);
}
