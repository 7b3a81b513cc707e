import type { JsonObject } from '../../execution/json-object';
import type { PageScope } from './page-scope';
import type { ShardErrorCode } from './shard-failure';

/** One shard's value for one field; `shard` is its place in the registry order. Values come in that order. */
export interface ShardValue {
  readonly shard: number;
  readonly value: unknown;
}

/** What gathering found out beside the value. Shared by all the fields below one gathered field. */
export interface GatherNotes {
  /** A shard whose part could not be used, or a row that an earlier shard also holds. */
  fault(shard: number, code: ShardErrorCode, field: string | null): void;
  /** How a merged page was put together: lets errors inside rows find their new place. */
  page(page: MergedPage): void;
  /** The page that a MERGE field asks for; null for other fields. */
  readonly scope: PageScope | null;
}

/** A shard's object whose fields are gathered one by one. */
export interface ShardObject {
  readonly shard: number;
  readonly value: JsonObject;
}

/** Where the rows of a merged page came from, in the order of the page. */
export interface MergedPage {
  readonly rows: readonly { readonly shard: number; readonly index: number }[];
}
