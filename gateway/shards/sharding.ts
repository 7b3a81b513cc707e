import type { GraphQLDataSource } from '@apollo/gateway';
import type { CursorSigner } from '../../schema/client-cursor';
import type { Logger } from '../../schema/runtime/logger';
import type { SubgraphCaller } from '../transport/call-subgraph';
import { readShardSpec } from './spec/read-shard-spec';
import type { RegistrySource } from './registry/registry-file';
import type { ShardIndex } from './registry/shard-index';
import { createShardedDataSource } from './sharded-data-source';
import type { ShardSpec } from './spec/shard-spec';

export interface ShardingOptions {
  readonly registry: RegistrySource;
  readonly index: ShardIndex;
  readonly cursors: CursorSigner;
  readonly caller: SubgraphCaller;
  readonly callTimeoutMs: number;
  readonly logger: Logger;
}

/** Horizontal federation of one gateway: the spec of the supergraph in force over the registry in force. */
export interface Sharding {
  /** Reads a supergraph's shard spec before it is adopted. @throws ShardSpecError naming every field without a rule. */
  adopt(supergraphSdl: string): void;
  /** The data source of a subgraph: over its shards when the supergraph in force shards it, else `plain`. */
  dataSourceFor(name: string, plain: GraphQLDataSource): GraphQLDataSource;
  /** The address that the registry gives a subgraph that is not sharded; null when it gives none. */
  urlOf(name: string): string | null;
}

export function createSharding(options: ShardingOptions): Sharding {
  let spec: ShardSpec = { graphs: new Map() };
  return {
    adopt: (supergraphSdl) => {
      spec = readShardSpec(supergraphSdl);
    },
    dataSourceFor: (name, plain) => {
      const sharded = createShardedDataSource({
        ...options,
        name,
        graph: () => spec.graphs.get(name),
        registry: () => options.registry.current(),
      });
      return { process: (request) => (spec.graphs.has(name) ? sharded : plain).process(request) };
    },
    urlOf: (name) => options.registry.current()?.plainUrls.get(name) ?? null,
  };
}
