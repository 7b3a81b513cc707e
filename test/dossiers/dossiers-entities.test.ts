import { sampleDossier } from '../support/dossier-layouts';
import { startDossiersSubgraph, WHOLE_DOSSIER } from '../support/dossiers-subgraph';

describe('entities', () => {
  const dossiers = [
    sampleDossier({ code: 'd1', finishedAt: '2024-06-20T03:00:00.000Z', status: 9 }),
    sampleDossier({
      code: 'd2',
      receivingAgency: 'H23.X02',
      channel: 'ONLINE',
      procedure: '2.000815',
      field: 'Đất đai',
    }),
    sampleDossier({ code: 'd3', receivingAgency: 'H23.X02' }),
  ];
  const ENTITIES = 'query ($of: [_Any!]!) { _entities(representations: $of) {';
  const agencies = ['H23.X01', '000.00.X02.H23', 'H23'].map((code) => ({ __typename: 'Agency', code }));

  it('answers the figures of several agencies and their groups with one query', async () => {
    await using subgraph = startDossiersSubgraph(dossiers);
    const query = `${ENTITIES} ... on Agency { performance { received finished onTimeRate byField { field received } } } } }`;
    expect(await subgraph.answer(query, { of: agencies })).toEqual({
      data: {
        _entities: [
          {
            performance: {
              received: 1,
              finished: 1,
              onTimeRate: 1,
              byField: [{ field: 'Hộ tịch', received: 1 }],
            },
          },
          {
            performance: {
              received: 2,
              finished: 0,
              onTimeRate: null,
              byField: [
                { field: 'Hộ tịch', received: 1 },
                { field: 'Đất đai', received: 1 },
              ],
            },
          },
          { performance: { received: 0, finished: 0, onTimeRate: null, byField: [] } },
        ],
      },
    });
    expect(subgraph.calls).toEqual(['performance']);
  });

  it('answers the pages and counts of several agencies, counts in one query', async () => {
    await using subgraph = startDossiersSubgraph(dossiers);
    const query = `${ENTITIES} ... on Agency { dossiers(orderBy: DUE_ASC) { totalCount edges { node { code } } } } } }`;
    expect(await subgraph.answer(query, { of: agencies })).toEqual({
      data: {
        _entities: [
          { dossiers: { totalCount: 1, edges: [{ node: { code: 'd1' } }] } },
          { dossiers: { totalCount: 2, edges: [{ node: { code: 'd2' } }, { node: { code: 'd3' } }] } },
          { dossiers: { totalCount: 0, edges: [] } },
        ],
      },
    });
    expect(subgraph.calls.filter((call) => call === 'countByAgency')).toHaveLength(1);
  });

  it('leaves out an agency that the filter does not name', async () => {
    await using subgraph = startDossiersSubgraph(dossiers);
    const query = `${ENTITIES} ... on Agency {
      dossiers(filter: { agencies: ["H23.X01"] }) { totalCount } performance(filter: { agencies: ["H23.X01"] }) { received }
    } } }`;
    expect(await subgraph.answer(query, { of: agencies.slice(0, 2) })).toEqual({
      data: {
        _entities: [
          { dossiers: { totalCount: 1 }, performance: { received: 1 } },
          { dossiers: { totalCount: 0 }, performance: { received: 0 } },
        ],
      },
    });
  });

  it('answers the figures of several procedures with one query', async () => {
    await using subgraph = startDossiersSubgraph(dossiers);
    const of = ['1.000001', '2.000815', 'none'].map((code) => ({ __typename: 'Procedure', code }));
    const query = `${ENTITIES} ... on Procedure { performance(clock: NATIONAL) { received rated inProgressOverdue } } } }`;
    expect(await subgraph.answer(query, { of })).toEqual({
      data: {
        _entities: [
          { performance: { received: 2, rated: 2, inProgressOverdue: 1 } },
          { performance: { received: 1, rated: 1, inProgressOverdue: 1 } },
          { performance: { received: 0, rated: 0, inProgressOverdue: 0 } },
        ],
      },
    });
    expect(subgraph.calls).toEqual(['performance']);
  });

  it('reads several dossiers, and their steps and supplements, with one query each', async () => {
    await using subgraph = startDossiersSubgraph([...dossiers, WHOLE_DOSSIER]);
    const of = ['d2', 'nobody', 'd1', WHOLE_DOSSIER.code].map((code) => ({ __typename: 'Dossier', code }));
    const query = `${ENTITIES} ... on Dossier { code steps { at } supplements { requestedAt } timeliness(clock: NATIONAL) { rule } } } }`;
    expect(await subgraph.answer(query, { of })).toEqual({
      data: {
        _entities: [
          { code: 'd2', steps: [], supplements: [], timeliness: { rule: 5 } },
          null,
          { code: 'd1', steps: [], supplements: [], timeliness: { rule: 1 } },
          {
            code: WHOLE_DOSSIER.code,
            steps: [{ at: '2024-06-03T01:00:00Z' }, { at: '2024-06-04T01:00:00Z' }],
            supplements: [{ requestedAt: '2024-06-10T02:00:00Z' }],
            timeliness: { rule: 6 },
          },
        ],
      },
    });
    expect(subgraph.calls.toSorted()).toEqual(['findByCodes', 'steps', 'supplements']);
  });
});

describe('figures', () => {
  const dossiers = [
    sampleDossier({ code: 'd1', finishedAt: '2024-06-10T03:00:00.000Z', status: 9 }),
    sampleDossier({
      code: 'd2',
      receivingAgency: 'H23.X02',
      channel: 'ONLINE',
      procedure: '2.000815',
      field: 'Đất đai',
    }),
    sampleDossier({
      code: 'd3',
      channel: null,
      procedure: null,
      field: null,
      receivedAt: '2024-05-06T01:00:00.000Z',
    }),
    sampleDossier({ code: 'd4', status: 3 }),
    sampleDossier({ code: 'd5', status: 1, receivedAt: null }),
  ];

  it('count what was received, in every grouping, keys bytewise and dossiers without the key last', async () => {
    await using subgraph = startDossiersSubgraph(dossiers);
    const answer = await subgraph.answer(`{
      performance(filter: { from: "2024-06-01", to: "2024-06-30" }) {
        received carriedOver receivedDirect receivedOnline receivedPostal
        finished finishedEarly inProgress inProgressOverdue ratedOnTime rated onTimeRate workingDays meanWorkingDays
        byAgency { agency { code } received } byField { field received } byProcedure { procedure { code } received }
        byMonth { month received } byChannel { channel received }
      }
    }`);
    expect(answer).toEqual({
      data: {
        performance: {
          received: 3,
          carriedOver: 1,
          receivedDirect: 1,
          receivedOnline: 1,
          receivedPostal: 0,
          finished: 1,
          finishedEarly: 1,
          inProgress: 2,
          inProgressOverdue: 2,
          ratedOnTime: 1,
          rated: 1,
          onTimeRate: 1,
          workingDays: 5,
          meanWorkingDays: 5,
          byAgency: [
            { agency: { code: 'H23.X01' }, received: 2 },
            { agency: { code: 'H23.X02' }, received: 1 },
          ],
          byField: [
            { field: 'Hộ tịch', received: 1 },
            { field: 'Đất đai', received: 1 },
            { field: null, received: 1 },
          ],
          byProcedure: [
            { procedure: { code: '1.000001' }, received: 1 },
            { procedure: { code: '2.000815' }, received: 1 },
            { procedure: null, received: 1 },
          ],
          byMonth: [
            { month: '2024-05', received: 1 },
            { month: '2024-06', received: 2 },
          ],
          byChannel: [
            { channel: 'DIRECT', received: 1 },
            { channel: 'ONLINE', received: 1 },
            { channel: null, received: 1 },
          ],
        },
      },
    });
  });

  it('count nothing for no agency', async () => {
    await using subgraph = startDossiersSubgraph(dossiers);
    const query = '{ performance(filter: { agencies: [] }) { received onTimeRate byAgency { received } } }';
    expect(await subgraph.answer(query)).toEqual({
      data: { performance: { received: 0, onTimeRate: null, byAgency: [] } },
    });
  });

  it('refuse a period that ends before it begins', async () => {
    await using subgraph = startDossiersSubgraph(dossiers);
    const query = '{ performance(filter: { from: "2024-06-05", to: "2024-06-04" }) { received } }';
    expect(await subgraph.answer(query)).toMatchObject({
      errors: [
        {
          message: '"from" (2024-06-05) is after "to" (2024-06-04)',
          extensions: { code: 'INVALID_DAY_RANGE' },
        },
      ],
    });
  });

  it('read the dossiers once for the totals, whichever are selected', async () => {
    await using subgraph = startDossiersSubgraph(dossiers);
    await subgraph.answer(
      '{ performance { received finished onTimeRate meanWorkingDays } again: performance { inProgress } }',
    );
    expect(subgraph.calls).toEqual(['performance']);
  });
});
