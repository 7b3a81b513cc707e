import { z } from 'zod';
import type { ConformanceContext } from './conformance-context';
import type { SubgraphName } from './contract';
import type { Endpoint } from './endpoint';

const holdings = z.object({ subgraphs: z.record(z.string(), z.array(z.string())) });

/** The agencies named by the caller, else those that the endpoint declares at `/holdings`, else none. */
export async function findAgencies(
  endpoint: Endpoint,
  subgraph: SubgraphName,
  named: readonly string[] | undefined,
): Promise<Pick<ConformanceContext, 'agencies' | 'isDeclared'>> {
  const declared = holdings.safeParse(await endpoint.document('/holdings'));
  const own = declared.success ? declared.data.subgraphs[subgraph] : undefined;
  if (named !== undefined) return { agencies: named, isDeclared: false };
  return { agencies: own ?? [], isDeclared: own !== undefined };
}
