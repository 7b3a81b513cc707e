import { comparePositions, decodeShardCursor, type ShardPosition } from '../../../schema/shard-cursor';
import { ASKED, type ConnectionNode, type EdgesAsked, type GatherNode } from '../compile/gather-node';
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
  const { pages, lost } = readPages(node, values, scope, notes);
  if (pages.length === 0 && values.length > 0) return null;
  const { taken, lastSeen, isLeftOver } = mergeRows(pages, scope, notes);
  notes.page({ rows: taken.map(({ page, index }) => ({ shard: page.shard, index })) });
  const hasNextPage =
    isLeftOver || scope.isIncomplete || lost.length > 0 || pages.some((page) => page.hasNextPage);
  const seal = (position: ShardPosition): string => scope.seal(position, lost);
  return writeConnection({ node, pages, taken, lastSeen, hasNextPage, scope, seal, notes, gatherField });
}

/** The pages that can be used, in registry order, and the shards whose page cannot. */
function readPages(
  node: ConnectionNode,
  values: readonly ShardValue[],
  scope: PageScope,
  notes: GatherNotes,
): { readonly pages: readonly ShardPage[]; readonly lost: readonly number[] } {
  const read: ShardPage[] = [];
  const lost: number[] = [];
  const lose = (shard: number, code: ShardErrorCode): void => {
    lost.push(shard);
    notes.fault(shard, code, null);
  };
  for (const { shard, value } of values) {
    if (value === null) continue;
    try {
      read.push(readPage(node, shard, value, scope));
    } catch (fault) {
      if (!(fault instanceof PageFault)) throw fault;
      lose(shard, fault.code);
    }
  }
  const order = commonOrder(read);
  const pages = read.filter((page) => page.positions.length === 0 || page.positions[0]?.order === order);
  for (const page of read) if (!pages.includes(page)) lose(page.shard, 'SHARD_UNSORTED');
  return { pages, lost };
}

/** Positions of different orders cannot be compared: the order that most pages follow is the one that was asked for. */
function commonOrder(pages: readonly ShardPage[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { positions } of pages) {
    const order = positions[0]?.order;
    if (order !== undefined) counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function readPage(node: ConnectionNode, shard: number, value: unknown, scope: PageScope): ShardPage {
  const [firstEdges] = node.edges;
  if (!isRecord(value) || !firstEdges) throw new PageFault('SHARD_BAD_RESPONSE');
  const edges = value[firstEdges.responseName];
  const pageInfo = value[ASKED.pageInfo];
  const hasNextPage = isRecord(pageInfo) ? pageInfo[ASKED.hasNextPage] : undefined;
  if (!Array.isArray(edges) || typeof hasNextPage !== 'boolean' || edges.length > scope.first)
    throw new PageFault('SHARD_BAD_RESPONSE');
  // A page of no rows with more to come would never end.
  if (edges.length === 0 && hasNextPage) throw new PageFault('SHARD_BAD_RESPONSE');
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

interface MergedRows {
  readonly taken: readonly TakenRow[];
  /** The last row that was passed, taken or a duplicate. */
  readonly lastSeen: ShardPosition | null;
  readonly isLeftOver: boolean;
}

/** A k-way merge by scanning the heads: k is the number of systems, a few dozen at most. */
function mergeRows(pages: readonly ShardPage[], scope: PageScope, notes: GatherNotes): MergedRows {
  const owners = firstOwners(pages);
  const heads = pages.map(() => 0);
  const taken: TakenRow[] = [];
  let lastSeen: ShardPosition | null = null;
  for (;;) {
    const head = endsEarly(pages, heads) ? 'unseen' : earliestHead(pages, heads);
    if (head === 'unseen' || head === null) return { taken, lastSeen, isLeftOver: head === 'unseen' };
    const { place, page, position } = head;
    const isDuplicate = owners.get(rowKey(position)) !== place;
    if (isDuplicate) notes.fault(page.shard, 'SHARD_DUPLICATE_ROW', null);
    else if (taken.length >= scope.first) return { taken, lastSeen, isLeftOver: true };
    else {
      taken.push({ page, index: heads[place] ?? 0, position });
      scope.learn(position.code, page.shard);
    }
    lastSeen = position;
    heads[place] = (heads[place] ?? 0) + 1;
  }
}

/** Duplicates may use up a shard's page before ours is full: what that shard would say next may come before any other row. */
function endsEarly(pages: readonly ShardPage[], heads: readonly number[]): boolean {
  return pages.some((page, place) => page.hasNextPage && (heads[place] ?? 0) >= page.positions.length);
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

interface Head {
  readonly place: number;
  readonly page: ShardPage;
  readonly position: ShardPosition;
}

/** Equal heads: the first in registry order wins. */
function earliestHead(pages: readonly ShardPage[], heads: readonly number[]): Head | null {
  let best: Head | null = null;
  pages.forEach((page, place) => {
    const position = page.positions[heads[place] ?? 0];
    if (position && (best === null || comparePositions(position, best.position) < 0))
      best = { place, page, position };
  });
  return best;
}

interface Writing {
  readonly node: ConnectionNode;
  readonly pages: readonly ShardPage[];
  readonly taken: readonly TakenRow[];
  readonly lastSeen: ShardPosition | null;
  readonly hasNextPage: boolean;
  readonly scope: PageScope;
  readonly seal: (position: ShardPosition) => string;
  readonly notes: GatherNotes;
  readonly gatherField: GatherField;
}

function writeConnection(writing: Writing): JsonObject {
  const { node, pages, taken, notes, gatherField } = writing;
  const objects = pages.map(({ shard, connection }) => ({ shard, value: connection }));
  const result: JsonObject = {};
  for (const name of node.shape.typenames) result[name] = node.shape.typeName;
  for (const field of node.shape.fields) result[field.responseName] = gatherField(field, objects, notes);
  for (const asked of node.edges) {
    if (!asked.isHidden) result[asked.responseName] = taken.map((row) => writeEdge(row, asked, writing));
  }
  for (const pageInfo of node.pageInfos) {
    result[pageInfo.responseName] = Object.fromEntries(
      pageInfo.fields.map(({ responseName, name }) => [
        responseName,
        name === '__typename' ? pageInfo.typeName : pageInfoField(name, writing),
      ]),
    );
  }
  if (node.totalCounts.length > 0) {
    const total = totalOf(pages, notes);
    for (const name of node.totalCounts) result[name] = total;
  }
  return result;
}

function writeEdge({ page, index, position }: TakenRow, asked: EdgesAsked, { seal }: Writing): JsonObject {
  // readPage has checked that this is a list of objects of this length.
  const edge = (page.connection[asked.responseName] as JsonObject[])[index] ?? {};
  delete edge[ASKED.cursor];
  for (const name of asked.cursors) edge[name] = seal(position);
  return edge;
}

function pageInfoField(name: string, { taken, lastSeen, hasNextPage, scope, seal }: Writing): unknown {
  const [first, last] = [taken[0], taken.at(-1)];
  switch (name) {
    case 'hasNextPage':
      return hasNextPage;
    case 'hasPreviousPage':
      return scope.hasAfter;
    case 'startCursor':
      return first ? seal(first.position) : null;
    case 'endCursor': {
      // A page without a row must still lead on: past the duplicates, or to the same place again, for what a missing system will
      // say there. Null would lead to the first page.
      const reached = last?.position ?? lastSeen ?? (hasNextPage ? scope.after?.position : null);
      return reached ? seal(reached) : null;
    }
    default:
      return null;
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
