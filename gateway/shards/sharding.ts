import type { CursorSigner } from '../../schema/client-cursor';
import type { Logger } from '../../schema/runtime/logger';
import type { RequestContext } from '../execution/request-context';
import type { SubgraphFetcher } from '../execution/subgraph-fetcher';
import type { SubgraphCaller } from '../transport/call-subgraph';
import type { RegistrySource } from './registry/registry-file';
import type { ShardIndex } from './registry/shard-index';
import { createShardedFetcher, reportOf } from './sharded-fetcher';
import { readShardSpec } from './spec/read-shard-spec';

export interface ShardingOptions {
  readonly registry: Pick<RegistrySource, 'current'>;
  readonly index: ShardIndex;
  readonly cursors: CursorSigner;
  readonly caller: SubgraphCaller;
  readonly callTimeoutMs: number;
  readonly logger: Logger;
}

/** Horizontal federation of one gateway, over the registry in force. */
export interface Sharding {
  /**
   * The sharded subgraphs of a supergraph, by name.
   *
   * @throws ShardSpecError naming every field without a rule.
   */
  fetchersOf(supergraphSdl: string): ReadonlyMap<string, SubgraphFetcher>;
  /** The address that the registry gives a subgraph that is not sharded; null when it gives none. */
  urlOf(name: string, context: RequestContext): string | null;
}

export function createSharding(options: ShardingOptions): Sharding {
  return {
    fetchersOf: (supergraphSdl) => {
      const { graphs } = readShardSpec(supergraphSdl);
      return new Map(
        [...graphs].map(([name, graph]) => [
          name,
          createShardedFetcher({ ...options, name, graph, registry: () => options.registry.current() }),
        ]),
      );
    },
    urlOf: (name, context) => {
      const registry = reportOf(context).registry ?? options.registry.current();
      return registry?.plainUrls.get(name) ?? null;
    },
  };
}
