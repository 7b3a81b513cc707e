import { type FakeSystem, startFakeSystem } from './fake-system';

/** A system as `onboard add` asks it: GraphQL at each subgraph, and what it declares to hold. */
export async function startRegisteredSystem(
  system: string,
  holdings: Readonly<Record<string, readonly string[]>>,
): Promise<FakeSystem & { readonly origin: string }> {
  const started = await startFakeSystem((request, response) => {
    response.setHeader('content-type', 'application/json');
    const subgraph = (request.url ?? '').slice(1);
    if (subgraph === 'holdings') return void response.end(JSON.stringify({ system, subgraphs: holdings }));
    if (subgraph in holdings) return void response.end('{"data":{"__typename":"Query"}}');
    response.writeHead(404).end('{}');
  });
  return { ...started, origin: new URL(started.url).origin };
}
