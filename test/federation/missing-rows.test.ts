import { FAULTS, type FaultName } from '../support/faults';
import { startFederatedProvince, type FederatedProvince } from '../support/federated-province';
import { createMonolith } from '../support/monolith';
import { createTestProvince } from '../support/test-province';

const province = createTestProvince({ seed: 'missing', count: 300 });
const everyone = province.agencies.map(({ code }) => code);
// Jest types its matchers as any.
const A_NUMBER: unknown = expect.any(Number);
const A_TEXT: unknown = expect.any(String);
const WHOLE = createMonolith(province);

let federated: FederatedProvince;
beforeEach(async () => {
  federated = await startFederatedProvince(province, { systems: 9, spanning: everyone });
});
afterEach(() => federated[Symbol.asyncDispose]());

const shareAt = (place: number) => {
  const share = federated.shares[place];
  if (!share) throw new TypeError(`There are nine systems, and none at ${place}`);
  return share;
};
const breakDown = (places: readonly number[], fault: FaultName = 'refuses the connection'): void => {
  for (const place of places) federated.network.faults.set(shareAt(place).name, FAULTS[fault]);
};
const codesOf = (
  errors: readonly { readonly extensions?: Readonly<Record<string, unknown>> | undefined }[],
) => errors.map(({ extensions }) => extensions?.['code']);

describe('a caller may demand more systems than one', () => {
  const RECEIVED = '{ performance { received } dossiers { totalCount } }';

  it.each([
    ['quorum', [0, 1, 2, 3], true],
    ['quorum', [0, 1, 2, 3, 4], false],
    ['all', [], true],
    ['all', [8], false],
    ['any', [0, 1, 2, 3, 4, 5, 6, 7], true],
  ] as const)('%s, with the systems %j down: answered %s', async (completeness, down, isAnswered) => {
    breakDown(down);
    const { data, errors, shards } = await federated.query(RECEIVED, { completeness });
    expect(data?.['performance'] !== null).toBe(isAnswered);
    expect(data?.['dossiers'] !== null).toBe(isAnswered);
    expect(shards?.map(({ total, answered }) => [total, answered]) ?? []).toEqual(
      down.length === 0
        ? []
        : [
            [9, 9 - down.length],
            [9, 9 - down.length],
          ],
    );
    expect(errors).toHaveLength(2 * down.length);
    // Of a value that is null nothing is partial, and nothing is counted.
    if (!isAnswered)
      expect(shards?.flatMap((entry) => [entry.partial, entry.totalCount])).toEqual(
        Array.from({ length: 4 }, () => undefined),
      );
  });

  it('of each item of a list by itself', async () => {
    const [down] = federated.shares;
    const there = everyone.filter((code) =>
      federated.shares.some(({ holds }) => holds.dossiers.includes(code)),
    );
    const lost = there.find((code) => down?.holds.dossiers.includes(code)) ?? '';
    const kept = there.find((code) => !down?.holds.dossiers.includes(code)) ?? '';
    breakDown([0]);
    const { data } = await federated.query(
      'query ($codes: [ID!]) { agencies(filter: { codes: $codes }) { code performance { received } } }',
      { variables: { codes: [lost, kept] }, completeness: 'all' },
    );
    const byCode = [...(data?.['agencies'] as { code: string; performance: unknown }[])];
    expect(byCode.find(({ code }) => code === lost)?.performance).toBeNull();
    expect(byCode.find(({ code }) => code === kept)?.performance).toEqual({ received: A_NUMBER });
  });
});

describe('an agency that is expected and that no system holds', () => {
  it('is missing from everything that concerns it, and from nothing else', async () => {
    await federated[Symbol.asyncDispose]();
    federated = await startFederatedProvince(province, { systems: 9, unheld: ['H23.X04'] });
    const { data, errors, shards } = await federated.query(
      `{ dossiers(first: 1) { totalCount pageInfo { hasNextPage } }
        lost: performance(filter: { agencies: ["H23.X04"] }) { received }
        kept: performance(filter: { agencies: ["H23.X05"] }) { received }
        agency(code: "000.00.X04.H23") { performance { received } procedures { totalCount } } }`,
    );
    const none = [{ shard: null, agencies: ['H23.X04'], code: 'SHARD_NONE' }];
    const one = { total: 1, answered: 0, failed: 1, timedOut: 0, missing: none };
    expect(shards).toHaveLength(4);
    expect(shards).toEqual(
      expect.arrayContaining([
        {
          path: ['dossiers'],
          total: 10,
          answered: 9,
          failed: 1,
          timedOut: 0,
          totalCount: 'atLeast',
          missing: none,
        },
        { path: ['lost'], ...one },
        { path: ['agency', 'performance'], ...one },
        { path: ['agency', 'procedures'], ...one },
      ]),
    );
    expect(codesOf(errors)).toEqual(['SHARD_NONE', 'SHARD_NONE', 'SHARD_NONE', 'SHARD_NONE']);
    expect(data).toMatchObject({
      dossiers: { pageInfo: { hasNextPage: true } },
      lost: null,
      kept: { received: A_NUMBER },
      agency: { performance: null, procedures: null },
    });
  });
});

describe('a system that comes back between two pages', () => {
  const PAGE = `query ($after: String) { dossiers(first: 60, orderBy: RECEIVED_ASC, after: $after) {
    edges { node { code } } pageInfo { hasNextPage endCursor } } }`;
  interface Page {
    readonly dossiers: {
      readonly edges: readonly { readonly node: { readonly code: string } }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    };
  }
  const ask = async (after: string | null) => {
    const { data, errors, shards } = await federated.query(PAGE, { variables: { after } });
    // The document's own shape.
    const { dossiers } = data as unknown as Page;
    return { codes: dossiers.edges.map(({ node }) => node.code), ...dossiers.pageInfo, errors, shards };
  };

  it('goes on at the same place and is named in missedBefore on every later page', async () => {
    const { data } = await WHOLE.query(PAGE.replace('60', '200'), {});
    const all = (data as unknown as Page).dossiers.edges.map(({ node }) => node.code);
    const back = shareAt(2);
    breakDown([2], 'does not answer in time');
    const first = await ask(null);
    expect(first.shards?.[0]).toMatchObject({ answered: 8, timedOut: 1, missing: [{ shard: back.name }] });
    expect(first.codes).toEqual(
      all.filter((code) => !back.dossiers.some((dossier) => dossier.code === code)).slice(0, 60),
    );

    federated.network.faults.clear();
    const second = await ask(first.endCursor);
    const start = all.indexOf(first.codes.at(-1) ?? '') + 1;
    expect(second.codes).toEqual(all.slice(start, start + 60));
    const entry = {
      path: ['dossiers'],
      total: 9,
      answered: 9,
      failed: 0,
      timedOut: 0,
      missedBefore: [back.name],
      missing: [],
    };
    expect(second.shards).toEqual([entry]);
    expect(second.errors).toEqual([]);

    const third = await ask(second.endCursor);
    expect(third.shards).toEqual([entry]);
  });

  it('leaves pages that never lacked it alone', async () => {
    const first = await ask(null);
    const second = await ask(first.endCursor);
    expect([first.shards, second.shards]).toEqual([undefined, undefined]);
  });
});

describe('a single row', () => {
  const DOSSIER =
    'query ($code: ID!) { dossier(code: $code) { code receivingAgency { code name } procedure { name } } }';
  const homeOf = (code: string) =>
    federated.shares.findIndex(({ dossiers }) => dossiers.some((dossier) => dossier.code === code));
  const code = province.dossiers[40]?.code ?? '';

  it('that is found is complete, whoever else is down', async () => {
    breakDown([0, 1, 2, 3, 4, 5, 6, 7, 8].filter((place) => place !== homeOf(code)));
    const { data, shards } = await federated.query('query ($code: ID!) { dossier(code: $code) { code } }', {
      variables: { code },
    });
    expect(data).toEqual({ dossier: { code } });
    expect(shards).toBeUndefined();
  });

  it('whose system is down is null and an error, cold and by the index', async () => {
    const home = homeOf(code);
    for (const isWarm of [false, true]) {
      if (isWarm) {
        federated.network.faults.clear();
        await federated.query('{ dossiers(first: 200) { edges { node { code } } } }');
        await federated.query(DOSSIER, { variables: { code } });
      }
      breakDown([home]);
      const { data, errors, shards } = await federated.query(DOSSIER, { variables: { code } });
      expect(data).toEqual({ dossier: null });
      expect(errors).toMatchObject([
        {
          path: ['dossier'],
          extensions: { code: 'SHARD_UNAVAILABLE', shard: shareAt(home).name, affected: 1 },
        },
      ]);
      expect(shards).toMatchObject([
        { path: ['dossier'], failed: 1, missing: [{ shard: shareAt(home).name }] },
      ]);
    }
  });

  it('that nobody has is null and no error; it is not remembered as missing while a system is down', async () => {
    const gone = 'H23.X04-240101-777777';
    breakDown([5]);
    const unsure = await federated.query(DOSSIER, { variables: { code: gone } });
    expect(unsure.data).toEqual({ dossier: null });
    expect(codesOf(unsure.errors)).toEqual(['SHARD_UNAVAILABLE']);
    federated.network.faults.clear();
    const sure = await federated.query(DOSSIER, { variables: { code: gone } });
    expect([sure.data, sure.errors, sure.shards]).toEqual([{ dossier: null }, [], undefined]);
  });

  it('that names a procedure whose system is down keeps everything else', async () => {
    const procedure = province.dossiers[40]?.procedureCode;
    const home = federated.shares.findIndex(({ procedures }) =>
      procedures.some((one) => one.code === procedure),
    );
    federated.network.faults.set(shareAt(home).name, (ask, { url }) =>
      url.endsWith('/procedures') ? FAULTS['answers garbage'](ask, {} as never) : ask(),
    );
    const { data, errors, shards } = await federated.query(DOSSIER, { variables: { code } });
    expect(data).toMatchObject({
      dossier: { code, receivingAgency: { name: A_TEXT }, procedure: null },
    });
    expect(codesOf(errors)).toEqual(['SHARD_BAD_RESPONSE']);
    expect(shards).toMatchObject([
      {
        path: ['dossier', 'procedure'],
        missing: [{ shard: shareAt(home).name, code: 'SHARD_BAD_RESPONSE' }],
      },
    ]);
  });
});

describe('a subgraph that is not sharded', () => {
  it('takes only its own fields with it when it is down', async () => {
    federated.network.faults.set('so-co-quan', FAULTS['refuses the connection']);
    const { data, errors, shards } = await federated.query(
      '{ performance { received } dossiers(first: 1) { edges { node { receivingAgency { code name } } } } agency(code: "H23.X04") { name } }',
    );
    expect(data).toMatchObject({ performance: { received: A_NUMBER }, agency: null });
    expect(new Set(codesOf(errors))).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
    expect(shards).toBeUndefined();
  });
});
