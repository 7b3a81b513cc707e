import type { GraphQLFormattedError } from 'graphql';
import { FAULTS, type FaultName } from '../support/faults';
import { startFederatedProvince, type FederatedProvince } from '../support/federated-province';
import { createMonolith } from '../support/monolith';
import type { SystemShare } from '../support/split-province';
import { createTestProvince } from '../support/test-province';

const province = createTestProvince({ seed: 'missing', count: 400 });
const everyone = province.agencies.map(({ code }) => code);
/** Each on two systems, but for H23.X15, which has no dossier anywhere and never lacks one. */
const ASKED = ['H23.X04', 'H23.X05', 'H23.X15', 'H23.X41', 'H23.X46'];

let federated: FederatedProvince;
beforeAll(async () => {
  federated = await startFederatedProvince(province, { systems: 9, spanning: everyone });
});
beforeEach(() => {
  federated.network.faults.clear();
  federated.network.calls.length = 0;
});
afterAll(() => federated[Symbol.asyncDispose]());

const DOCUMENT = `query ($agencies: [ID!]) {
  dossiers(first: 30, orderBy: RECEIVED_ASC) { totalCount edges { node { code } } pageInfo { hasNextPage } }
  performance { received onTimeRate byAgency { agency { code } received } }
  agencies(filter: { codes: $agencies }) {
    code
    dossiers(first: 3) { totalCount edges { node { code } } pageInfo { hasNextPage } }
    performance { received }
  }
}`;
const VARIABLES = { agencies: ASKED };

interface Page {
  readonly totalCount: number;
  readonly edges: readonly { readonly node: { readonly code: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean };
}
interface Answer {
  readonly dossiers: Page | null;
  readonly performance: { readonly received: number } | null;
  readonly agencies: readonly {
    readonly code: string;
    readonly dossiers: Page | null;
    readonly performance: { readonly received: number } | null;
  }[];
}

type Place = 'dossiers' | 'performance' | 'agencies.dossiers' | 'agencies.performance';
const ALL: readonly Place[] = ['dossiers', 'performance', 'agencies.dossiers', 'agencies.performance'];
const PAGES: readonly Place[] = ['dossiers', 'agencies.dossiers'];

const KINDS: readonly (readonly [FaultName, string, readonly Place[], 'took' | 'at once'])[] = [
  ['refuses the connection', 'SHARD_UNAVAILABLE', ALL, 'took'],
  ['does not answer in time', 'SHARD_TIMEOUT', ALL, 'took'],
  ['answers HTTP 500', 'SHARD_UNAVAILABLE', ALL, 'took'],
  ['answers a GraphQL error', 'SHARD_UNAVAILABLE', ALL, 'at once'],
  ['answers garbage', 'SHARD_BAD_RESPONSE', ALL, 'took'],
  ['answers an HTML page', 'SHARD_BAD_RESPONSE', ALL, 'took'],
  ['answers JSON that is no GraphQL', 'SHARD_BAD_RESPONSE', ALL, 'at once'],
  ['answers an empty object', 'SHARD_BAD_RESPONSE', ALL, 'at once'],
  ['does not know a field', 'SHARD_FIELD_UNSUPPORTED', ALL, 'at once'],
  ['answers rows of another shard', 'SHARD_FOREIGN_ROW', PAGES, 'at once'],
  ['answers an unsorted page', 'SHARD_UNSORTED', PAGES, 'at once'],
  [
    'answers too few entities',
    'SHARD_BAD_RESPONSE',
    ['agencies.dossiers', 'agencies.performance'],
    'at once',
  ],
  ['answers null for a page and an object', 'SHARD_BAD_RESPONSE', ALL, 'at once'],
  ['answers null for an edge', 'SHARD_BAD_RESPONSE', PAGES, 'at once'],
];
const DOWN: Readonly<Record<number, readonly number[]>> = {
  1: [3],
  4: [0, 3, 5, 8],
  9: [0, 1, 2, 3, 4, 5, 6, 7, 8],
};
const CASES = KINDS.flatMap(([fault, ...rest]) => [1, 4, 9].map((k) => [k, fault, ...rest] as const));

describe('when systems fail, the rest is answered and what is missing is said', () => {
  it.each(CASES)('%i of 9: each %s', async (k, fault, code, places, took) => {
    const down = federated.shares.filter((_, place) => DOWN[k]?.includes(place));
    for (const { name } of down) federated.network.faults.set(name, FAULTS[fault]);

    const answer = await federated.query(DOCUMENT, { variables: VARIABLES });

    // A page of one row is never unsorted.
    const broken = (place: Place, share: SystemShare, agency: string | null): boolean => {
      const rows = share.dossiers.filter((row) => agency === null || row.receivingAgency === agency);
      return places.includes(place) && rows.length > (fault === 'answers an unsorted page' ? 1 : 0);
    };
    const expected = ALL.map((place) => expectPlace(place, down, code, took === 'took', broken));
    expect(withoutTimes(answer.shards)).toEqual(orNone(expected.flatMap(({ entry }) => entry)));
    expect(sorted(answer.errors.map(saidOf))).toEqual(sorted(expected.flatMap(({ errors }) => errors)));
    expect(answer.data).toEqual(await expectData(down, broken));
    expect(JSON.stringify(answer)).not.toMatch(/10\.0\.0\.7|http:|\.test/);
  });
});

type Broken = (place: Place, share: SystemShare, agency: string | null) => boolean;

/** The entry of the report and the errors that one place must have. */
function expectPlace(
  place: Place,
  down: readonly SystemShare[],
  code: string,
  took: boolean,
  broken: Broken,
) {
  const isNested = place.startsWith('agencies.');
  const field = place.replace('agencies.', '');
  const items = isNested ? ASKED : [null];
  const inScope = federated.shares.filter((share) =>
    items.some((agency) => agency === null || share.holds.dossiers.includes(agency)),
  );
  const lacking = inScope.flatMap((share) => {
    const agencies = items.filter(
      (agency) =>
        (agency === null || share.holds.dossiers.includes(agency)) &&
        down.includes(share) &&
        broken(place, share, agency),
    );
    return agencies.length === 0 ? [] : [{ share, agencies }];
  });
  if (lacking.length === 0) return { entry: [], errors: [] };
  const isPartly = items.some((agency) => {
    const holders = inScope.filter((share) => agency === null || share.holds.dossiers.includes(agency));
    const lost = holders.filter((share) => down.includes(share) && broken(place, share, agency));
    return lost.length > 0 && lost.length < holders.length;
  });
  const timedOut = code === 'SHARD_TIMEOUT' ? lacking.length : 0;
  const entry = {
    path: isNested ? ['agencies', '@', field] : [field],
    total: inScope.length,
    answered: inScope.length - lacking.length,
    failed: lacking.length - timedOut,
    timedOut,
    ...(field === 'dossiers' && isPartly && { totalCount: 'atLeast' }),
    ...(field === 'performance' &&
      isPartly && { partial: isNested ? ['received'] : ['received', 'onTimeRate', 'byAgency'] }),
    missing: lacking.map(({ share, agencies }) => ({
      shard: share.name,
      agencies: isNested ? agencies : [...share.holds.dossiers],
      code,
      ...(took && { tookMs: 'ms' }),
    })),
  };
  const errors = lacking.map(({ share, agencies: [first = null, ...others] }) => ({
    path: first === null ? [field] : ['agencies', ASKED.indexOf(first), field],
    extensions: { code, shard: share.name, affected: 1 + others.length },
  }));
  return { entry: [entry], errors };
}

/** What one schema over the remaining rows answers, place by place; null where every system of an item is lost. */
async function expectData(down: readonly SystemShare[], broken: Broken): Promise<Answer> {
  const whole = await askMonolith((): boolean => true);
  const result: { -readonly [Key in keyof Answer]: Answer[Key] } = { ...whole };
  const isLost = (place: Place, agency: string | null) => (share: SystemShare) =>
    down.includes(share) && broken(place, share, agency);
  const holdersOf = (agency: string | null) =>
    federated.shares.filter((share) => agency === null || share.holds.dossiers.includes(agency));
  const rest = (place: Place, agency: string | null) => askMonolith((share) => !isLost(place, agency)(share));
  const more = (page: Page | null): Page | null => page && { ...page, pageInfo: { hasNextPage: true } };
  const lost = (place: Place, agency: string | null) => holdersOf(agency).filter(isLost(place, agency));
  const isNone = (place: Place, agency: string | null) =>
    lost(place, agency).length > 0 && lost(place, agency).length === holdersOf(agency).length;

  if (lost('dossiers', null).length > 0)
    result.dossiers = isNone('dossiers', null) ? null : more((await rest('dossiers', null)).dossiers);
  if (lost('performance', null).length > 0)
    result.performance = isNone('performance', null) ? null : (await rest('performance', null)).performance;
  const agencies = whole.agencies.map(async (item) => {
    const { code } = item;
    const find = (answer: Answer) => answer.agencies.find((other) => other.code === code) ?? item;
    const pages =
      lost('agencies.dossiers', code).length > 0 ? find(await rest('agencies.dossiers', code)) : item;
    const figures =
      lost('agencies.performance', code).length > 0 ? find(await rest('agencies.performance', code)) : item;
    return {
      code,
      dossiers: isNone('agencies.dossiers', code)
        ? null
        : pages === item
          ? item.dossiers
          : more(pages.dossiers),
      performance: isNone('agencies.performance', code) ? null : figures.performance,
    };
  });
  return { ...result, agencies: await Promise.all(agencies) };
}

const kept = new Map<string, Promise<Answer>>();

function askMonolith(isThere: (share: SystemShare) => boolean): Promise<Answer> {
  const shares = federated.shares.filter(isThere);
  const id = shares.map(({ name }) => name).join();
  const known = kept.get(id) ?? answerOf(shares);
  kept.set(id, known);
  return known;
}

async function answerOf(shares: readonly SystemShare[]): Promise<Answer> {
  const monolith = createMonolith(province, {
    name: 'con-lai',
    layout: 'A',
    procedures: [],
    dossiers: shares.flatMap(({ dossiers }) => dossiers),
    holds: { procedures: [], dossiers: [] },
  });
  const { data } = await monolith.query(DOCUMENT, { variables: VARIABLES });
  // The document's own shape.
  return data as unknown as Answer;
}

/** Apollo's gateway adds the subgraph's name, which is not ours to promise. */
function saidOf({ path, extensions }: GraphQLFormattedError): unknown {
  const ours = Object.entries(extensions ?? {}).filter(([name]) => name !== 'serviceName');
  return { path, extensions: Object.fromEntries(ours) };
}

function withoutTimes(shards: unknown): unknown {
  return shards === undefined
    ? undefined
    : JSON.parse(JSON.stringify(shards), (name, value: unknown) => (name === 'tookMs' ? 'ms' : value));
}

function orNone<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items;
}

function sorted<Item>(items: readonly Item[]): readonly Item[] {
  return items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
