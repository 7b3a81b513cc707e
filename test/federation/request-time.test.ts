import { SubgraphCallError } from '../../gateway/transport/call-subgraph';
import { DEADLINE_HEADER, NOW_HEADER } from '../../schema/wire-headers';
import { startFederatedProvince, type FederatedProvince } from '../support/federated-province';
import type { Fault } from '../support/local-systems';
import { createTestProvince } from '../support/test-province';

const province = createTestProvince({ seed: 'time', count: 120 });
const DOCUMENT = `{ performance { received } dossiers(first: 5) { edges { node {
  timeliness { result } procedure { name performance { received } } receivingAgency { name dossiers(first: 1) { totalCount } }
} } } }`;

/** As the transport does with a system that says nothing: gives up when the time is over. */
const silent: Fault = (_, { timeoutMs }) =>
  new Promise((_resolve, reject) => {
    setTimeout(
      () => reject(new SubgraphCallError('TIMEOUT', 'The system did not answer', timeoutMs)),
      timeoutMs,
    );
  });

let federated: FederatedProvince;
beforeEach(async () => {
  federated = await startFederatedProvince(province, { systems: 9 });
});
afterEach(() => federated[Symbol.asyncDispose]());

it('gives every system the one instant of the request', async () => {
  await federated.query(DOCUMENT, { now: '2023-03-04T05:06:07Z' });
  expect(new Set(federated.network.calls.map(({ subgraph }) => subgraph)).size).toBe(3);
  expect(new Set(federated.network.calls.map(({ headers }) => headers[NOW_HEADER]))).toEqual(
    new Set(['2023-03-04T05:06:07Z']),
  );
});

it('asks a later page at the instant of the first', async () => {
  const page = `query ($after: String) { dossiers(first: 2, after: $after) {
    edges { node { code } } pageInfo { endCursor } } }`;
  const { data } = await federated.query(page, { now: '2023-03-04T05:06:07Z' });
  // The document's own shape.
  const { dossiers } = data as unknown as { dossiers: { pageInfo: { endCursor: string } } };
  federated.network.calls.length = 0;
  await federated.query(page, {
    now: '2024-06-28T03:00:00Z',
    variables: { after: dossiers.pageInfo.endCursor },
  });
  expect(new Set(federated.network.calls.map(({ headers }) => headers[NOW_HEADER]))).toEqual(
    new Set(['2023-03-04T05:06:07Z']),
  );
});

it('tells every system how long it has, less than the request has left', async () => {
  await federated.query(DOCUMENT, { deadlineMs: 900 });
  expect(federated.network.calls.length).toBeGreaterThan(9);
  for (const { headers, timeoutMs } of federated.network.calls) {
    const told = Number(headers[DEADLINE_HEADER]);
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThanOrEqual(900);
    expect(Math.abs(told - timeoutMs)).toBeLessThanOrEqual(1);
  }
});

it('never gives one call more than its own limit, however long the request may take', async () => {
  await federated.query(DOCUMENT, { deadlineMs: 60_000 });
  for (const { timeoutMs } of federated.network.calls) expect(timeoutMs).toBeLessThanOrEqual(1_500);
});

it('answers before the deadline when systems say nothing, in every round of the plan', async () => {
  // Every second system is silent from the first call on, so that each later round finds less time.
  for (const [place, { name }] of federated.shares.entries())
    if (place % 2 === 0) federated.network.faults.set(name, silent);
  const deadlineMs = 400;
  const startedAt = performance.now();
  const { data, shards } = await federated.query(DOCUMENT, { deadlineMs });
  const tookMs = performance.now() - startedAt;

  // No call may outlast the deadline, however late its round began; the rest of the bound is a busy machine's.
  for (const { at, timeoutMs } of federated.network.calls)
    expect(at + Math.max(0, timeoutMs)).toBeLessThan(Math.max(startedAt + deadlineMs, at + 1));
  expect(tookMs).toBeLessThan(deadlineMs + 400);
  expect(data?.['performance']).not.toBeNull();
  expect(shards?.find(({ path }) => path.join() === 'performance')).toMatchObject({
    total: 9,
    answered: 4,
    timedOut: 5,
  });
});
