import type { ShardPosition } from '../../../schema/shard-cursor';
import { ASKED, type ConnectionNode, type EdgesAsked, type GatherNode } from '../compile/gather-node';
import type { GatherNotes, ShardObject, ShardValue } from './gather-notes';
import type { JsonObject } from '../../execution/json-object';
import { mergeRows, type TakenRow } from './merge-rows';
import type { PageScope } from './page-scope';
import type { ShardErrorCode } from './shard-failure';
import { readShardPage, type ShardPage } from './shard-page';

type GatherField = (node: GatherNode, objects: readonly ShardObject[], notes: GatherNotes) => unknown;

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
    const page = scope.arrived.get(shard) ?? readShardPage(node, shard, value, scope);
    if (typeof page === 'string') lose(shard, page);
    else read.push(page);
  }
  const order = commonOrder(read);
  const follows = ({ positions: [first] }: ShardPage): boolean =>
    first === undefined || first.order === order;
  for (const page of read) if (!follows(page)) lose(page.shard, 'SHARD_UNSORTED');
  return { pages: read.filter(follows), lost };
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
      return scope.after !== null;
    case 'startCursor':
      return first ? seal(first.position) : null;
    case 'endCursor': {
      // A page without a row must still lead on: past the duplicates, or to the same place again, for what a missing system will
      // say there. Null would lead to the first page.
      const reached = last?.position ?? lastSeen ?? (hasNextPage ? scope.after : null);
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
