import type { QueryPlan } from '@apollo/query-planner';
import {
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  print,
  type SelectionSetNode,
  stripIgnoredCharacters,
} from 'graphql';
import { parseFetch, theOperation } from '../execution/plan/entity-selection';
import type { SubgraphFacts } from '../supergraph/subgraph-facts';
import { type FetchNode, findUnmet, type PlanNode, type UnmetRequirement } from './unmet-requirement';

type Required = NonNullable<FetchNode['requires']>;

/** A fetch of a plan and where its objects stand. */
interface PlacedFetch {
  readonly fetch: FetchNode;
  readonly path: readonly string[];
}

/** More than any plan has; a plan that is never right is a fault of ours. */
const MAX_MENDS = 100;

/**
 * Puts right what the planner joins wrongly: a field with a `@requires`, asked for where its subgraph is entered already, without
 * what it requires, because another field in turn requires it. It becomes a fetch of its own, after all that it may need and
 * before all that needs it.
 */
export function mendPlan(plan: QueryPlan, facts: SubgraphFacts, schema: GraphQLSchema): QueryPlan {
  if (!facts.hasRequirements || plan.node === undefined || plan.node.kind === 'Subscription') return plan;
  let node: PlanNode = plan.node;
  for (let mends = 0; mends < MAX_MENDS; mends++) {
    const mended = mendFirst(node, facts, schema);
    if (mended === null) return node === plan.node ? plan : { ...plan, node };
    node = mended;
  }
  throw new TypeError('A query plan asks for fields without what they require');
}

function mendFirst(node: PlanNode, facts: SubgraphFacts, schema: GraphQLSchema): PlanNode | null {
  for (const placed of fetchesOf(node, [])) {
    const unmet = findUnmet(placed.fetch, facts, schema);
    if (unmet !== null) return mend(node, placed, unmet, facts);
  }
  return null;
}

function mend(
  node: PlanNode,
  { fetch, path }: PlacedFetch,
  unmet: UnmetRequirement,
  facts: SubgraphFacts,
): PlanNode {
  const shortened = { ...fetch, operation: withSelection(fetch, unmet.rest) };
  const rest = mapFetches(node, (one) => (one === fetch ? shortened : one));
  const own: PlacedFetch = { fetch: ownFetch(fetch, unmet, facts), path: [...path, ...unmet.path] };
  const after = dependentsOf(own, fetchesOf(rest, []));
  const flattened: PlanNode = { kind: 'Flatten', path: [...own.path], node: own.fetch };
  const parts = [
    keepFetches(rest, (one) => !after.has(one)),
    flattened,
    keepFetches(rest, (one) => after.has(one)),
  ];
  return { kind: 'Sequence', nodes: parts.filter((part) => part !== null) };
}

function withSelection({ operation }: FetchNode, selectionSet: SelectionSetNode): string {
  const definition = { ...theOperation(parseFetch(operation)), selectionSet };
  return stripIgnoredCharacters(print({ kind: Kind.DOCUMENT, definitions: [definition] }));
}

/** The fetch of the one field, for objects that are entities of the subgraph. */
function ownFetch(
  { serviceName, operationName }: FetchNode,
  { field, typeName, requirement }: UnmetRequirement,
  facts: SubgraphFacts,
): FetchNode {
  const key = facts.keyOf(serviceName, typeName);
  const selections: Required = [
    { kind: 'Field', name: '__typename' },
    ...(key === null ? [] : toRequired(key)),
    ...toRequired(requirement),
  ];
  const operation = `query($representations:[_Any!]!){_entities(representations:$representations){...on ${typeName}{${print(field)}}}}`;
  return {
    kind: 'Fetch',
    serviceName,
    operationName,
    operationKind: OperationTypeNode.QUERY,
    requires: [{ kind: 'InlineFragment', typeCondition: typeName, selections }],
    operation: stripIgnoredCharacters(operation),
  };
}

function toRequired({ selections }: SelectionSetNode): Required {
  return selections.flatMap((one): Required => {
    if (one.kind === Kind.FRAGMENT_SPREAD) return [];
    const inner = one.selectionSet === undefined ? {} : { selections: toRequired(one.selectionSet) };
    if (one.kind === Kind.FIELD) return [{ kind: 'Field', name: one.name.value, ...inner }];
    const typeCondition = one.typeCondition?.name.value;
    return [
      {
        kind: 'InlineFragment',
        selections: [],
        ...inner,
        ...(typeCondition !== undefined && { typeCondition }),
      },
    ];
  });
}

/** The fetches that need what a fetch gives, and those that need what only these give. */
function dependentsOf(first: PlacedFetch, all: readonly PlacedFetch[]): ReadonlySet<FetchNode> {
  const found = new Set<FetchNode>();
  for (let isGrowing = true; isGrowing;) {
    isGrowing = false;
    const others = all.filter(({ fetch }) => !found.has(fetch));
    const late = [first, ...all.filter(({ fetch }) => found.has(fetch))];
    const given = new Set(late.flatMap(pathsGiven));
    for (const other of others) {
      const givenElsewhere = new Set(others.filter((one) => one !== other).flatMap(pathsGiven));
      if (!pathsNeeded(other).some((path) => given.has(path) && !givenElsewhere.has(path))) continue;
      found.add(other.fetch);
      isGrowing = true;
      break;
    }
  }
  return found;
}

function pathsGiven({ fetch, path }: PlacedFetch): readonly string[] {
  const given: string[] = [];
  const walk = ({ selections }: SelectionSetNode, here: readonly string[]): void => {
    for (const one of selections) {
      if (one.kind === Kind.FRAGMENT_SPREAD) continue;
      const isPlace = one.kind === Kind.FIELD && one.name.value !== '_entities';
      const inside = isPlace ? [...here, one.alias?.value ?? one.name.value] : here;
      if (isPlace && one.name.value !== '__typename') given.push(inside.join('/'));
      if (one.selectionSet) walk(one.selectionSet, inside);
    }
  };
  walk(theOperation(parseFetch(fetch.operation)).selectionSet, withoutMarks(path));
  return given;
}

/** Where its objects stand, and what it reads of them. */
function pathsNeeded({ fetch, path }: PlacedFetch): readonly string[] {
  const needed: string[] = [];
  const walk = (selections: Required, here: readonly string[]): void => {
    for (const one of selections) {
      const inside = one.kind === 'Field' ? [...here, one.alias ?? one.name] : here;
      if (one.kind === 'Field' && one.name !== '__typename') needed.push(inside.join('/'));
      walk(one.selections ?? [], inside);
    }
  };
  const here = withoutMarks(path);
  walk(fetch.requires ?? [], here);
  return [...here.map((_, at) => here.slice(0, at + 1).join('/')), ...needed];
}

function withoutMarks(path: readonly string[]): readonly string[] {
  return path.filter((step) => step !== '@');
}

function fetchesOf(node: PlanNode, path: readonly string[]): readonly PlacedFetch[] {
  switch (node.kind) {
    case 'Fetch':
      return [{ fetch: node, path }];
    case 'Flatten':
      return fetchesOf(node.node, [...path, ...node.path.map(String)]);
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap((one) => fetchesOf(one, path));
    case 'Condition':
    case 'Defer':
      return [];
  }
}

function mapFetches(node: PlanNode, change: (fetch: FetchNode) => FetchNode | null): PlanNode {
  return editFetches(node, change) ?? { kind: 'Sequence', nodes: [] };
}

function keepFetches(node: PlanNode, isKept: (fetch: FetchNode) => boolean): PlanNode | null {
  return editFetches(node, (fetch) => (isKept(fetch) ? fetch : null));
}

function editFetches(node: PlanNode, edit: (fetch: FetchNode) => FetchNode | null): PlanNode | null {
  switch (node.kind) {
    case 'Fetch':
      return edit(node);
    case 'Flatten': {
      const inner = editFetches(node.node, edit);
      return inner === null ? null : { ...node, node: inner };
    }
    case 'Sequence':
    case 'Parallel': {
      const nodes = node.nodes.flatMap((one) => editFetches(one, edit) ?? []);
      return nodes.length === 0 ? null : { ...node, nodes };
    }
    case 'Condition':
    case 'Defer':
      return node;
  }
}
