import type { ClientCursor } from '../../../schema/client-cursor';
import type { ShardPosition } from '../../../schema/shard-cursor';

/** The page that one MERGE field of one parent asks for, and the shards it concerns. */
export interface PageScope {
  readonly first: number;
  readonly hasAfter: boolean;
  readonly after: ClientCursor | null;
  /** True when a shard in scope gave nothing: there may be more, and the total is a lower bound. */
  readonly isIncomplete: boolean;
  /** Whether a shard may speak for an agency. */
  holds(shard: number, agency: string): boolean;
  /** The client's cursor; `lost` are shards that answered with a page that cannot be used. */
  seal(position: ShardPosition, lost: readonly number[]): string;
  /** A row of the page lives in this shard. */
  learn(code: string, shard: number): void;
}
