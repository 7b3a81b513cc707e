import { parse } from 'graphql';
import { SUBGRAPH_NAMES, type SubgraphName } from './contract';
import { type Endpoint, isJsonObject } from './endpoint';
import { readSdlTypes } from './sdl-types';

/** The endpoint does not say which subgraph it is. */
export class UnknownSubgraphError extends Error {
  constructor(url: string, reason: string) {
    super(
      `${url} does not tell which subgraph it is (${reason}): say it with --subgraph ${SUBGRAPH_NAMES.join(' or --subgraph ')}`,
    );
    this.name = 'UnknownSubgraphError';
  }
}

/** By the root fields of its SDL, else by which of them it answers. Throws UnknownSubgraphError. */
export async function detectSubgraph(endpoint: Endpoint): Promise<SubgraphName> {
  const fields = await rootFields(endpoint);
  const named = SUBGRAPH_NAMES.filter((name) => fields.has(name));
  if (named[0] !== undefined && named.length === 1) return named[0];
  if (named.length > 1) throw new UnknownSubgraphError(endpoint.url, `it has ${named.join(' and ')}`);
  const answered: SubgraphName[] = [];
  for (const name of SUBGRAPH_NAMES) {
    const { body } = await endpoint.ask({ query: `{ ${name}(filter: { agencies: [] }) { totalCount } }` });
    if (isJsonObject(body?.['data']) && body['errors'] === undefined) answered.push(name);
  }
  if (answered[0] !== undefined && answered.length === 1) return answered[0];
  throw new UnknownSubgraphError(endpoint.url, `it has no root field ${SUBGRAPH_NAMES.join(' or ')}`);
}

async function rootFields(endpoint: Endpoint): Promise<ReadonlySet<string>> {
  const { body } = await endpoint.ask({ query: '{ _service { sdl } }' });
  const data = body?.['data'];
  const service = isJsonObject(data) ? data['_service'] : undefined;
  const sdl = isJsonObject(service) ? service['sdl'] : undefined;
  if (typeof sdl !== 'string') return new Set();
  try {
    return new Set(readSdlTypes(parse(sdl)).get('Query')?.fields.keys());
  } catch {
    return new Set(); // A check says that it does not parse.
  }
}
