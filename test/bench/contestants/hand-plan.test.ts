import { createAnswerer } from '../subgraphs/answer-body';
import { federatedRoot } from '../subgraphs/federated-root';
import { createSubgraphs } from '../subgraphs/rows';
import { heavyMerged } from './hand-heavy-merged';
import { heavySame } from './hand-heavy-same';
import { medium } from './hand-medium';
import type { Ask, HandPlan } from './hand-plan';

describe('the plans by hand', () => {
  it.each([
    ['medium', medium(false), 4, medium(true), 4],
    ['heavy', heavySame, 16, heavyMerged, 6],
  ])('answer %s alike, merged or not', async (_name, same, ofSame, merged, ofMerged) => {
    const [one, other] = [await run(same), await run(merged)];

    expect(other.data).toEqual(one.data);
    expect([one.requests, other.requests]).toEqual([ofSame, ofMerged]);
  });

  it('keep the sizes that the queries are named for', async () => {
    const bytes = async (plan: HandPlan) => Buffer.byteLength(JSON.stringify((await run(plan)).data));

    expect(await bytes(medium(true))).toBeGreaterThan(4500);
    expect(await bytes(medium(true))).toBeLessThan(5500);
    expect(await bytes(heavyMerged)).toBeGreaterThan(50_000);
  });
});

async function run(plan: HandPlan): Promise<{ readonly data: object; readonly requests: number }> {
  const answerers = new Map(
    createSubgraphs().map((subgraph) => [subgraph.name, createAnswerer(federatedRoot(subgraph, ''))]),
  );
  let requests = 0;
  const ask: Ask = async <T>(subgraph: string, query: string, variables: object): Promise<T> => {
    requests += 1;
    const answer = answerers.get(subgraph)?.(JSON.stringify({ query, variables })).toString() ?? '{}';
    // What the plan asks for is what it says it is: the tests compare all of it.
    return (JSON.parse(answer) as { readonly data: T }).data;
  };
  return { data: await plan(ask, { from: 7 }), requests };
}
