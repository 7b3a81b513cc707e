interface PlanNode {
  readonly 'Node Type'?: string;
  readonly 'Relation Name'?: string;
  readonly Schema?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** The tables that a plan of PostgreSQL reads from end to end, by table or by index. */
export function postgresScans(plan: unknown): readonly string[] {
  // EXPLAIN (FORMAT JSON) gives a list of one plan; the driver may have read it already.
  const read = (typeof plan === 'string' ? JSON.parse(plan) : plan) as readonly { readonly Plan: PlanNode }[];
  return [...new Set(read.flatMap(({ Plan }) => scansOf(Plan, false)))];
}

function scansOf(node: PlanNode, isLimited: boolean): readonly string[] {
  const type = node['Node Type'] ?? '';
  const table = node['Relation Name'];
  const isWholeIndex = /^Index (?:Only )?Scan$/.test(type) && node['Index Cond'] === undefined && !isLimited;
  const own =
    table !== undefined && (type === 'Seq Scan' || isWholeIndex)
      ? [`${node.Schema ?? 'public'}.${table}`]
      : [];
  // A limit stops what hands its rows on one by one; a full sort or a hash reads all first.
  const goesOn = type === 'Limit' || (isLimited && !/^(?:Sort|Hash|Aggregate|Materialize)$/.test(type));
  return [...own, ...(node.Plans ?? []).flatMap((child) => scansOf(child, goesOn))];
}
