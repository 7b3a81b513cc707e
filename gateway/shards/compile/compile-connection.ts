import type { FieldNode } from 'graphql';
import type { CutCollector } from './cut-rows';
import type { Cut } from './fetch-program';
import { aliased, responseNameOf, selectionsOf, withSelections } from './field-nodes';
import { ASKED, type ConnectionNode, type EdgesAsked, type PageInfoAsked } from './gather-node';
import { flattenSelections } from './flatten-selections';
import type { FieldShape, ShardedGraph } from '../spec/shard-spec';

/** The fields of a connection that MERGE writes itself, and what to ask of a shard for them. */
export interface CompiledPage {
  readonly page: Pick<ConnectionNode, 'edges' | 'pageInfos' | 'totalCounts' | 'indexedType'>;
  readonly asks: readonly FieldNode[];
  readonly cuts: readonly Cut[];
}

/** Whatever the client asks for, a shard is asked for the cursors of its edges and whether it has more. */
export function compilePage(
  graph: ShardedGraph,
  shape: FieldShape,
  field: FieldNode,
  collector: CutCollector,
): CompiledPage {
  const fields = flattenSelections(graph, selectionsOf(field), shape.typeName);
  const named = (name: string): readonly FieldNode[] => fields.filter((one) => one.name.value === name);
  const edges = named('edges');
  const totalCounts = named('totalCount').map(responseNameOf);
  const asks = [
    ...(edges.length > 0 ? edges.map((one) => askEdges(one, shape, collector)) : [HIDDEN_EDGES]),
    withSelections(aliased(ASKED.pageInfo, 'pageInfo'), [aliased(ASKED.hasNextPage, 'hasNextPage')]),
    ...(totalCounts.length > 0 ? [aliased(ASKED.totalCount, 'totalCount')] : []),
  ];
  const page = {
    edges: edges.length > 0 ? edges.map((one) => readEdges(graph, shape, one)) : [HIDDEN],
    pageInfos: named('pageInfo').map((one) => readPageInfo(graph, shape, one)),
    totalCounts,
    indexedType: indexedTypeOf(graph, shape),
  };
  return { page, asks, cuts: collector.cuts() };
}

const CURSOR = aliased(ASKED.cursor, 'cursor');
const HIDDEN: EdgesAsked = { responseName: ASKED.edges, isHidden: true, cursors: [] };
const HIDDEN_EDGES = withSelections(aliased(ASKED.edges, 'edges'), [CURSOR]);

function askEdges(edges: FieldNode, shape: FieldShape, collector: CutCollector): FieldNode {
  const ask = collector.cutField(edges, shape.typeName, []);
  return withSelections(ask, [...selectionsOf(ask), CURSOR]);
}

function readEdges(graph: ShardedGraph, shape: FieldShape, edges: FieldNode): EdgesAsked {
  const fields = flattenSelections(graph, selectionsOf(edges), typeBelow(graph, shape.typeName, 'edges'));
  const cursors = fields.filter((field) => field.name.value === 'cursor').map(responseNameOf);
  return { responseName: responseNameOf(edges), isHidden: false, cursors };
}

function readPageInfo(graph: ShardedGraph, shape: FieldShape, pageInfo: FieldNode): PageInfoAsked {
  const typeName = typeBelow(graph, shape.typeName, 'pageInfo');
  const fields = flattenSelections(graph, selectionsOf(pageInfo), typeName);
  return {
    responseName: responseNameOf(pageInfo),
    typeName,
    fields: fields.map((field) => ({ responseName: responseNameOf(field), name: field.name.value })),
  };
}

/** A page of rows teaches the index only where the index is how such rows are found first. */
function indexedTypeOf(graph: ShardedGraph, shape: FieldShape): string | null {
  const rowType = typeBelow(graph, typeBelow(graph, shape.typeName, 'edges'), 'node');
  return graph.entities.get(rowType)?.routes[0] === 'INDEX' ? rowType : null;
}

function typeBelow(graph: ShardedGraph, typeName: string, fieldName: string): string {
  return graph.types.get(typeName)?.fields.get(fieldName)?.typeName ?? '';
}
