import type { ShardPosition } from '../../../schema/shard-cursor';
import type { ShardErrorCode } from './shard-failure';
import type { PageRules, ShardPage } from './shard-page';

/** The page that one MERGE field of one parent asks for, and the shards it concerns. */
export interface PageScope extends PageRules {
  /** The pages by shard, as they were read when they arrived. */
  readonly arrived: ReadonlyMap<number, ShardPage | ShardErrorCode>;
  /** True when a shard in scope gave nothing: there may be more, and the total is a lower bound. */
  readonly isIncomplete: boolean;
  /** The client's cursor; `lost` are shards that answered with a page that cannot be used. */
  seal(position: ShardPosition, lost: readonly number[]): string;
  /** A row of the page lives in this shard. */
  learn(code: string, shard: number): void;
}
