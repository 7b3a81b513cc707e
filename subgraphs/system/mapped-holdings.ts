import type { SystemMapping } from '../sources/mapping/system-mapping';

/** For each subgraph that the system serves, the agencies whose rows it holds. */
export function mappedHoldings({
  agencies,
  dossiers,
  procedures,
}: SystemMapping): Readonly<Record<string, readonly string[]>> {
  return {
    ...(procedures !== undefined && { procedures: agencies }),
    ...(dossiers !== undefined && { dossiers: agencies }),
  };
}
