import { comparePositions, decodeShardCursor, type ShardPosition } from '../../../schema/shard-cursor';
import { ASKED, type ConnectionNode } from '../compile/gather-node';
import { isJsonObject, type JsonObject } from '../../execution/json-object';
import type { ShardErrorCode } from './shard-failure';

/** One shard's page, checked: its rows stand in order, and all are the shard's own. */
export interface ShardPage {
  readonly shard: number;
  readonly connection: JsonObject;
  readonly positions: readonly ShardPosition[];
  readonly hasNextPage: boolean;
}

/** What a page must keep to. */
export interface PageRules {
  readonly first: number;
  /** The position after which the page starts; null for the first page. */
  readonly after: ShardPosition | null;
  /** Whether a shard may speak for an agency. */
  readonly holds: (shard: number, agency: string) => boolean;
}

/** A shard's page that cannot be used at all. */
class PageFault extends Error {
  constructor(readonly code: ShardErrorCode) {
    super(code);
  }
}

/** Reads a page when it arrives, while other shards are still waited for; gives the code of what makes it useless. */
export function readShardPage(
  node: ConnectionNode,
  shard: number,
  value: unknown,
  rules: PageRules,
): ShardPage | ShardErrorCode {
  try {
    return readPage(node, shard, value, rules);
  } catch (fault) {
    if (fault instanceof PageFault) return fault.code;
    throw fault;
  }
}

function readPage(node: ConnectionNode, shard: number, value: unknown, rules: PageRules): ShardPage {
  const [firstEdges] = node.edges;
  if (!isJsonObject(value) || !firstEdges) throw new PageFault('SHARD_BAD_RESPONSE');
  const edges = value[firstEdges.responseName];
  const pageInfo = value[ASKED.pageInfo];
  const hasNextPage = isJsonObject(pageInfo) ? pageInfo[ASKED.hasNextPage] : undefined;
  if (!Array.isArray(edges) || typeof hasNextPage !== 'boolean' || edges.length > rules.first)
    throw new PageFault('SHARD_BAD_RESPONSE');
  // A page of no rows with more to come would never end.
  if (edges.length === 0 && hasNextPage) throw new PageFault('SHARD_BAD_RESPONSE');
  for (const other of node.edges) {
    const list = value[other.responseName];
    if (!Array.isArray(list) || list.length !== edges.length || !list.every(isJsonObject))
      throw new PageFault('SHARD_BAD_RESPONSE');
  }
  const positions = edges.map(readPosition);
  requireOrder(shard, positions, rules);
  return { shard, connection: value, positions, hasNextPage };
}

function requireOrder(shard: number, positions: readonly ShardPosition[], { after, holds }: PageRules): void {
  let previous = after;
  for (const position of positions) {
    if (!holds(shard, position.agency)) throw new PageFault('SHARD_FOREIGN_ROW');
    if (previous && (previous.order !== position.order || comparePositions(previous, position) >= 0))
      throw new PageFault('SHARD_UNSORTED');
    previous = position;
  }
}

function readPosition(edge: unknown): ShardPosition {
  const cursor = isJsonObject(edge) ? edge[ASKED.cursor] : null;
  if (typeof cursor !== 'string') throw new PageFault('SHARD_BAD_RESPONSE');
  try {
    return decodeShardCursor(cursor);
  } catch {
    throw new PageFault('SHARD_BAD_RESPONSE');
  }
}
