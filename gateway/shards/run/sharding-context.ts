import type { CursorSigner } from '../../../schema/client-cursor';
import type { SubgraphAnswer } from '../../transport/call-subgraph';
import type { Registry, ShardedSubgraph } from '../registry/registry';
import type { ShardDocument } from '../compile/shard-document';
import type { ShardFailure } from '../gather/shard-failure';
import type { ShardIndex } from '../registry/shard-index';
import type { ShardNotes } from '../gather/shard-notes';
import type { ShardReport } from '../gather/shard-report';
import type { Completeness, ShardedGraph } from '../spec/shard-spec';

/** One GraphQL request to one shard. */
export interface ShardCall {
  readonly subgraph: string;
  readonly shard: number;
  readonly document: ShardDocument;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The one instant of timeliness, ISO UTC in whole seconds. */
  readonly now: string;
  readonly isMutation: boolean;
}

/** Asks one shard. Never throws: what goes wrong on the way comes back as a failure. */
export type CallShard = (call: ShardCall) => Promise<SubgraphAnswer | ShardFailure>;

export function isFailure(answer: SubgraphAnswer | ShardFailure): answer is ShardFailure {
  return 'tookMs' in answer;
}

/** Everything that running one fetch needs. One per request and sharded subgraph. */
export interface ShardingContext {
  readonly graph: ShardedGraph;
  readonly subgraph: ShardedSubgraph;
  readonly registry: Registry;
  readonly index: ShardIndex;
  readonly cursors: CursorSigner;
  readonly call: CallShard;
  readonly now: string;
  /** What the caller demands; it can only be stricter than the schema's. */
  readonly completeness: Completeness;
  readonly report: ShardReport;
  readonly notes: ShardNotes;
}
