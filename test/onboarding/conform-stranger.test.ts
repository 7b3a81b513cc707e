import { runConformance } from '../../subgraphs/onboarding/conform/run-conformance';
import { startStranger } from '../support/stranger-subgraph';
import type { StrangerFault } from '../support/stranger/faults';

const NOW = '2024-06-10T03:00:00Z';

describe('a subgraph that an agency wrote by itself', () => {
  it('passes every check when it keeps to the contract', async () => {
    await using stranger = await startStranger();

    const report = await runConformance({ url: stranger.url, now: NOW });

    expect(report.checks.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(report.checks.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual([
      'cursors.agencies',
    ]);
    expect(report.sample).toBe('all 40 rows');
  });

  it('is asked politely: at most four questions at once, and no more than a few hundred', async () => {
    await using stranger = await startStranger();

    const report = await runConformance({ url: stranger.url, now: NOW });

    expect(stranger.mostAtOnce()).toBeLessThanOrEqual(4);
    expect(report.requests).toBeLessThan(800);
    expect(stranger.requests()).toBeLessThanOrEqual(report.requests + 1);
  });
});

/** Each fault, the check that finds it, and what that says. */
const FAULTS: readonly (readonly [StrangerFault, id: string, says: RegExp])[] = [
  ['loses the row after a cursor', 'pages.concatenate', /rows 2 to 2 of the list/],
  ['says there is more when a page is full', 'pages.next', /hasNextPage of rows \d+ to 40 of 40: false/],
  ['writes cursors of its own', 'cursors.decode', /base64url of the JSON/],
  ['writes seconds into cursors', 'cursors.values', /\.000Z/],
  ['sorts ties backwards', 'cursors.sorted', /"TD-\d+"\] before \[.*"TD-\d+"\] \| the other way round/],
  ['puts nulls first', 'cursors.sorted', /\[null,/],
  ['starts again when the row of a cursor is gone', 'cursors.vanished', /the rows after/],
  ['takes any cursor', 'pages.cursors-refused', /no base64url is refused/],
  ['takes any page size', 'pages.sizes-refused', /first: 0 is refused/],
  ['lets rows without a status through', 'filters.status', /status is \w+, counted through pages: \d+/],
  ['takes an empty list for none', 'filters.list', /one of none, counted through pages: 0/],
  ['forgets the second condition', 'filters.combined', /and whose/],
  ['counts deleted rows', 'pages.total', /totalCount 44 rows over all pages/],
  ['counts one too many', 'performance.local', /inProgressWithin of the figures/],
  ['counts one too many', 'performance.sums', /inProgress = within/],
  ['forgets dossiers without a channel in groups', 'performance.groups', /received over all groups/],
  ['carries over what has ended', 'performance.period', /received of the figures/],
  ['rates in percent', 'performance.rates', /onTimeRate = ratedOnTime ÷ rated/],
  ['leaves nulls out of entities', 'entities.order', /null/],
  ['sorts entities', 'entities.order', /in the order asked/],
  ['knows no other codes', 'entities.alias', /known as CU-/],
  ['knows no other codes', 'dossiers.one', /known as CU-/],
  ['ignores unknown entity types', 'entities.unknown-type', /unknown __typename is refused/],
  ['has no steps', 'schema.types', /field Dossier\.steps is missing/],
  ['allows a code to be null', 'schema.types', /Dossier\.code must be of type ID!, is ID/],
  ['promises a page', 'schema.types', /Query\.dossiers must stay nullable \(DossierConnection\)/],
  ['demands an agency', 'schema.types', /agencies of DossierFilter must take \[ID!\], takes \[ID!\]!/],
  ['lacks a status', 'schema.types', /enum DossierStatus lacks the value IN_TRANSFER/],
  ['has no key for agencies', 'schema.keys', /Agency lacks @key\(fields: "code"\)/],
  ['does not say how figures are gathered', 'schema.shards', /received lacks @gather\(by: SUM\)/],
  ['judges by its own clock', 'dossiers.now', /the verdict on TD-\d+ at/],
  ['takes any now', 'http.now-refused', /lienthong-now: yesterday is refused/],
  ['takes any day', 'dossiers.days-refused', /receivedFrom: 2024-02-30 is refused/],
  ['judges by days of UTC', 'dossiers.timeliness', /the LOCAL verdict on/],
  ['answers mistakes with a page of HTML', 'http.invalid-query', /is refused with "errors"/],
  ['ignores the name of the operation', 'http.operation-name', /the operation Two/],
  ['mixes questions up', 'http.aliases', /as when it is asked alone/],
  ['mixes questions up', 'stability.concurrent', /the answer that it has alone/],
  ['answers by chance', 'stability.repeat', /the answer of a moment ago/],
];

describe('a subgraph that gets one thing wrong', () => {
  it.each(FAULTS)('%s: found by %s', async (fault, id, says) => {
    await using stranger = await startStranger(fault);

    const { checks } = await runConformance({
      url: stranger.url,
      subgraph: 'dossiers',
      now: NOW,
      only: [id],
    });
    const found = checks.find((check) => check.id === id);

    expect(found).toMatchObject({ status: 'fail' });
    expect(`${found?.evidence?.expected} | ${found?.evidence?.got}`).toMatch(says);
    expect(found?.evidence?.request?.query).toEqual(expect.any(String));
  });
});
