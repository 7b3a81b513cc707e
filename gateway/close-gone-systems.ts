import type { Registry } from './shards/registry/registry';
import type { PooledCaller } from './transport/call-subgraph';

export interface GoneSystemsOptions {
  readonly caller: PooledCaller;
  /** No request that began under another registry lives longer. */
  readonly deadlineMs: number;
  readonly registry: () => Registry | null;
  /** Addresses that the supergraph was composed with. */
  readonly composedUrls: () => Iterable<string | null>;
}

/** After a change of the registry: ends the connections to systems that are gone, once nobody can ask them any more. */
export function closeGoneSystems({ caller, deadlineMs, registry, composedUrls }: GoneSystemsOptions): void {
  const close = (): void => {
    const known = registry();
    if (known === null) return;
    const asked = known.systems.filter(({ isDraining }) => !isDraining);
    caller.closeOthers([
      ...asked.flatMap(({ subgraphs }) => subgraphs.flatMap(({ urls }) => urls)),
      ...known.plainUrls.values(),
      ...[...composedUrls()].filter((url) => url !== null),
    ]);
  };
  setTimeout(close, deadlineMs).unref();
}
