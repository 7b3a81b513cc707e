import { comparePositions, decodeShardCursor, type ShardPosition } from '../../schema/shard-cursor';
import { ASKED, type ConnectionNode, type GatherNode } from './gather-node';
import type { GatherNotes, ShardObject, ShardValue } from './gather-notes';
import { isRecord, type JsonObject } from './json-object';
import type { PageScope } from './page-scope';
import type { ShardErrorCode } from './shard-failure';

type GatherField = (node: GatherNode, objects: readonly ShardObject[], notes: GatherNotes) => unknown;

interface ShardPage {
  readonly shard: number;
  readonly connection: JsonObject;
  readonly positions: readonly ShardPosition[];
  readonly hasNextPage: boolean;
}

/** A shard's page that cannot be used at all. */
class PageFault extends Error {
  constructor(readonly code: ShardErrorCode) {
    super(code);
  }
}

/**
 * Merges the shards' pages into one, from the positions in their cursors alone: rows sorted, at most `first`, one row per
 * (agency, code). A page that is unsorted or holds foreign rows is left out whole, because nothing in it can be trusted.
 */
export function mergeConnection(
  node: ConnectionNode,
  values: readonly ShardValue[],
  notes: GatherNotes,
  gatherField: GatherField,
): unknown {
  const scope = notes.scope;
  if (!scope) throw new TypeError(`"${node.responseName}" is merged without a page`);
  const pages: ShardPage[] = [];
  let lost = false;
  for (const { shard, value } of values) {
    if (value === null) continue;
    try {
      pages.push(readPage(node, shard, value, scope));
    } catch (fault) {
      if (!(fault instanceof PageFault)) throw fault;
      lost = true;
      notes.fault(shard, fault.code, null);
    }
  }
  if (pages.length === 0 && (lost || values.length > 0)) return null;
  const { taken, isLeftOver } = mergeRows(pages, scope, notes);
  notes.page({ rows: taken.map(({ page, index }) => ({ shard: page.shard, index })) });
  const hasNextPage = isLeftOver || scope.isIncomplete || lost || pages.some((page) => page.hasNextPage);
  return writeConnection({ node, pages, taken, hasNextPage, scope, notes, gatherField });
}

function readPage(node: ConnectionNode, shard: number, value: unknown, scope: PageScope): ShardPage {
  const [firstEdges] = node.edges;
  if (!isRecord(value) || !firstEdges) throw new PageFault('SHARD_BAD_RESPONSE');
  const edges = value[firstEdges.responseName];
  const pageInfo = value[ASKED.pageInfo];
  const hasNextPage = isRecord(pageInfo) ? pageInfo[ASKED.hasNextPage] : undefined;
  if (!Array.isArray(edges) || typeof hasNextPage !== 'boolean' || edges.length > scope.first)
    throw new PageFault('SHARD_BAD_RESPONSE');
  for (const other of node.edges) {
    const list = value[other.responseName];
    if (!Array.isArray(list) || list.length !== edges.length || !list.every(isRecord))
      throw new PageFault('SHARD_BAD_RESPONSE');
  }
  const positions = edges.map(readPosition);
  let previous = scope.after?.position ?? null;
  for (const position of positions) {
    if (!scope.holds(shard, position.agency)) throw new PageFault('SHARD_FOREIGN_ROW');
    if (previous && (previous.order !== position.order || comparePositions(previous, position) >= 0))
      throw new PageFault('SHARD_UNSORTED');
    previous = position;
  }
  return { shard, connection: value, positions, hasNextPage };
}

function readPosition(edge: unknown): ShardPosition {
  const cursor = isRecord(edge) ? edge[ASKED.cursor] : null;
  if (typeof cursor !== 'string') throw new PageFault('SHARD_BAD_RESPONSE');
  try {
    return decodeShardCursor(cursor);
  } catch {
    throw new PageFault('SHARD_BAD_RESPONSE');
  }
}

interface TakenRow {
  readonly page: ShardPage;
  readonly index: number;
  readonly position: ShardPosition;
}

/** A k-way merge by scanning the heads: k is the number of systems, a few dozen at most. */
function mergeRows(
  pages: readonly ShardPage[],
  scope: PageScope,
  notes: GatherNotes,
): { taken: readonly TakenRow[]; isLeftOver: boolean } {
  const owners = firstOwners(pages);
  const heads = pages.map(() => 0);
  const taken: TakenRow[] = [];
  for (;;) {
    const best = earliestHead(pages, heads);
    const page = best === null ? undefined : pages[best];
    const index = best === null ? 0 : (heads[best] ?? 0);
    const position = page?.positions[index];
    if (best === null || !page || !position) return { taken, isLeftOver: false };
    heads[best] = index + 1;
    if (owners.get(rowKey(position)) !== best) {
      notes.fault(page.shard, 'SHARD_DUPLICATE_ROW', null);
      continue;
    }
    if (taken.length >= scope.first) return { taken, isLeftOver: true };
    taken.push({ page, index, position });
    scope.learn(position.code, page.shard);
  }
}

/** The same row may come from two systems, at different places if their dates differ: the first in registry order shows it. */
function firstOwners(pages: readonly ShardPage[]): ReadonlyMap<string, number> {
  const owners = new Map<string, number>();
  pages.forEach((page, place) => {
    for (const position of page.positions) {
      const key = rowKey(position);
      if (!owners.has(key)) owners.set(key, place);
    }
  });
  return owners;
}

function rowKey({ agency, code }: ShardPosition): string {
  return `${agency}\n${code}`;
}

/** Equal heads: the first in registry order wins. */
function earliestHead(pages: readonly ShardPage[], heads: readonly number[]): number | null {
  let best: number | null = null;
  let bestPosition: ShardPosition | null = null;
  for (let candidate = 0; candidate < pages.length; candidate++) {
    const position = pages[candidate]?.positions[heads[candidate] ?? 0];
    if (!position) continue;
    if (bestPosition === null || comparePositions(position, bestPosition) < 0) {
      best = candidate;
      bestPosition = position;
    }
  }
  return best;
}

interface Writing {
  readonly node: ConnectionNode;
  readonly pages: readonly ShardPage[];
  readonly taken: readonly TakenRow[];
  readonly hasNextPage: boolean;
  readonly scope: PageScope;
  readonly notes: GatherNotes;
  readonly gatherField: GatherField;
}

function writeConnection({
  node,
  pages,
  taken,
  hasNextPage,
  scope,
  notes,
  gatherField,
}: Writing): JsonObject {
  const objects = pages.map(({ shard, connection }) => ({ shard, value: connection }));
  const result: JsonObject = {};
  for (const name of node.shape.typenames) result[name] = node.shape.typeName;
  for (const field of node.shape.fields) result[field.responseName] = gatherField(field, objects, notes);
  for (const asked of node.edges) {
    if (!asked.isHidden) result[asked.responseName] = taken.map((row) => writeEdge(row, asked, scope));
  }
  for (const pageInfo of node.pageInfos) {
    const info: JsonObject = {};
    for (const { responseName, name } of pageInfo.fields)
      info[responseName] = pageInfoField(name, taken, hasNextPage, scope);
    result[pageInfo.responseName] = info;
  }
  if (node.totalCounts.length > 0) {
    const total = totalOf(pages, notes);
    for (const name of node.totalCounts) result[name] = total;
  }
  return result;
}

function writeEdge(
  { page, index, position }: TakenRow,
  asked: { responseName: string; cursors: readonly string[] },
  scope: PageScope,
): JsonObject {
  // readPage has checked that this is a list of objects of this length.
  const edge = (page.connection[asked.responseName] as JsonObject[])[index] ?? {};
  delete edge[ASKED.cursor];
  for (const name of asked.cursors) edge[name] = scope.seal(position);
  return edge;
}

function pageInfoField(
  name: string,
  taken: readonly TakenRow[],
  hasNextPage: boolean,
  scope: PageScope,
): unknown {
  const [first, last] = [taken[0], taken.at(-1)];
  switch (name) {
    case 'hasNextPage':
      return hasNextPage;
    case 'hasPreviousPage':
      return scope.hasAfter;
    case 'startCursor':
      return first ? scope.seal(first.position) : null;
    case 'endCursor':
      return last ? scope.seal(last.position) : null;
    default:
      return name === '__typename' ? 'PageInfo' : null;
  }
}

function totalOf(pages: readonly ShardPage[], notes: GatherNotes): number | null {
  let total = 0;
  let counted = 0;
  for (const { shard, connection } of pages) {
    const count = connection[ASKED.totalCount];
    if (typeof count === 'number') {
      total += count;
      counted++;
    } else notes.fault(shard, 'SHARD_BAD_RESPONSE', 'totalCount');
  }
  return counted === 0 && pages.length > 0 ? null : total;
}
