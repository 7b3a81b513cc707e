/** One question to a subgraph of one system. Throws what it refuses. */
export type Ask = (query: string) => Promise<Record<string, unknown>>;

interface Page {
  readonly edges: readonly { readonly node: unknown }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

/** Every node of a list, page by page. */
export async function allNodes(ask: Ask, field: string, selection: string): Promise<readonly unknown[]> {
  const nodes: unknown[] = [];
  let after = '';
  for (;;) {
    const data = await ask(
      `{ ${field}(first: 200${after}) { edges { node { ${selection} } } pageInfo { hasNextPage endCursor } } }`,
    );
    const { edges, pageInfo } = data[field] as Page; // It is asked for in this shape.
    nodes.push(...edges.map(({ node }) => node));
    if (!pageInfo.hasNextPage) return nodes;
    after = `, after: "${pageInfo.endCursor}"`;
  }
}
