import { InvalidCursorError } from '../contract/invalid-cursor-error';
import { readPageSize } from '../contract/page-size';
import {
  comparePositions,
  decodeShardCursor,
  encodeShardCursor,
  type ShardPosition,
} from '../contract/shard-cursor';

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface Sorted<Row> {
  readonly rows: readonly Row[];
  readonly order: string;
  /** Where a row stands: everything that the order compares, then its agency and code. */
  readonly positionOf: (row: Row) => ShardPosition;
  readonly toNode: (row: Row) => object;
}

/**
 * One page after a cursor. The gateway merges the pages of all systems by the positions in their cursors, so every system must sort as
 * comparePositions does. Over a database this is `WHERE (value, agency, code) > (…) ORDER BY value, agency, code LIMIT first + 1`,
 * nulls last in both directions.
 */
export function pageOf<Row>({ rows, order, positionOf, toNode }: Sorted<Row>, args: PageArguments) {
  const first = readPageSize(args.first);
  const after = args.after == null ? null : readPosition(args.after, order);
  const sorted = rows
    .map((row) => ({ row, position: positionOf(row) }))
    .sort((a, b) => comparePositions(a.position, b.position));
  const rest = sorted.filter(({ position }) => after === null || comparePositions(position, after) > 0);
  const edges = rest
    .slice(0, first)
    .map(({ row, position }) => ({ cursor: encodeShardCursor(position), node: toNode(row) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rest.length > first,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: rows.length,
  };
}

function readPosition(cursor: string, order: string): ShardPosition {
  const position = decodeShardCursor(cursor);
  if (position.order !== order) throw new InvalidCursorError('OTHER_ARGUMENTS');
  if (position.values.length !== 1) throw new InvalidCursorError('GARBLED');
  return position;
}
