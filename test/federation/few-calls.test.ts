import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';
import { startFederatedProvince, type FederatedProvince } from '../support/federated-province';
import { createTestProvince } from '../support/test-province';

const province = createTestProvince({ seed: 'calls', count: 300 });
const operation = (file: string) => readFileSync(join(projectRoot(), 'schema', 'operations', file), 'utf8');

let federated: FederatedProvince;
beforeAll(async () => {
  federated = await startFederatedProvince(province, { systems: 9 });
});
afterAll(() => federated[Symbol.asyncDispose]());

/** Calls that the operation makes when everything it looks up has been looked up before. */
async function countWarmCalls(document: string, variables: Readonly<Record<string, unknown>>) {
  await federated.query(document, { variables });
  federated.network.calls.length = 0;
  const { data, errors, shards } = await federated.query(document, { variables });
  expect([errors, shards]).toEqual([[], undefined]);
  return { data, calls: federated.network.calls.map(({ system, subgraph }) => `${subgraph} of ${system}`) };
}

it('shows the catalogue of one component site with at most two calls', async () => {
  const { data, calls } = await countWarmCalls(operation('catalogue-of-a-site.graphql'), {
    site: 'sotuphap',
  });
  expect(data).toMatchObject({ componentSite: { agency: { code: 'H23.X04' } } });
  expect(calls.length).toBeLessThanOrEqual(2);
});

it('follows a dossier through to its agency, site and procedure with at most four calls', async () => {
  const held = province.dossiers.slice(0, 60);
  for (const { code } of held.filter((_, place) => place % 12 === 0)) {
    const { data, calls } = await countWarmCalls(operation('dossier-to-site.graphql'), { code });
    expect(data).toMatchObject({ dossier: { code } });
    expect({ code, calls, isFew: calls.length <= 4 }).toMatchObject({ isFew: true });
  }
});

it('asks each system once for the dossiers and figures of many agencies', async () => {
  const { calls } = await countWarmCalls(
    '{ agencies { code dossiers(first: 2) { totalCount } performance { received } } }',
    {},
  );
  expect(new Set(calls).size).toBe(calls.length);
  expect(calls.length).toBeLessThanOrEqual(10);
});

it('asks each system once for several root fields', async () => {
  const { calls } = await countWarmCalls(
    '{ dossiers(first: 1) { totalCount } performance { received } other: performance(clock: NATIONAL) { rated } }',
    {},
  );
  expect(calls).toHaveLength(9);
});

it('asks only the systems that hold the agencies of a filter, and none for an empty one', async () => {
  const { calls } = await countWarmCalls(
    '{ dossiers(filter: { agencies: ["000.00.X04.H23"] }) { totalCount } }',
    {},
  );
  expect(calls).toHaveLength(1);
  const { calls: noCalls } = await countWarmCalls(
    '{ dossiers(filter: { agencies: [] }) { totalCount edges { node { code } } } performance(filter: { agencies: [] }) { received } }',
    {},
  );
  expect(noCalls).toEqual([]);
});
