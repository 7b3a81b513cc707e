import { decodeShardCursor, encodeShardCursor } from '../../schema/shard-cursor';
import { sampleDossier } from '../support/dossier-layouts';
import { startDossiersSubgraph, WHOLE_DOSSIER } from '../support/dossiers-subgraph';

describe('a dossier', () => {
  it('shows where it stands, by both clocks, without personal data', async () => {
    await using subgraph = startDossiersSubgraph([WHOLE_DOSSIER]);
    const answer = await subgraph.answer(`{
      dossier(code: "H23.X01-240603-0001") {
        code aliases field status statusNumber channel isSynthetic
        procedure { code } receivingAgency { code } handlingAgency { code }
        submittedAt receivedAt dueAt finishedAt returnedAt refusedAt
        supplements { requestedAt completedAt } steps { at status unit dueAt }
        local: timeliness { clock result }
        national: timeliness(clock: NATIONAL) { result rule endedAt }
      }
    }`);
    expect(answer).toEqual({
      data: {
        dossier: {
          code: 'H23.X01-240603-0001',
          aliases: ['BN-77', '000.00.X01.H23-240603-0001'],
          field: 'Hộ tịch',
          status: 'RESULT_RETURNED',
          statusNumber: 10,
          channel: 'ONLINE',
          isSynthetic: true,
          procedure: { code: '1.000001' },
          receivingAgency: { code: 'H23.X01' },
          handlingAgency: { code: 'H23.X02' },
          submittedAt: '2024-06-02T01:30:00Z',
          receivedAt: '2024-06-03T01:00:00Z',
          dueAt: '2024-06-20T10:00:00Z',
          finishedAt: '2024-06-21T03:00:00Z',
          returnedAt: '2024-06-24T03:00:00Z',
          refusedAt: null,
          supplements: [{ requestedAt: '2024-06-10T02:00:00Z', completedAt: '2024-06-15T02:00:00Z' }],
          steps: [
            { at: '2024-06-03T01:00:00Z', status: 'RECEIVED', unit: 'Một cửa', dueAt: null },
            {
              at: '2024-06-04T01:00:00Z',
              status: 'IN_PROGRESS',
              unit: 'Phòng Hộ tịch',
              dueAt: '2024-06-07T01:00:00Z',
            },
          ],
          local: { clock: 'LOCAL', result: 'LATE' },
          national: { result: 'EARLY', rule: 6, endedAt: '2024-06-16T03:00:00Z' },
        },
      },
    });
  });

  it.each(['BN-77', '000.00.X01.H23-240603-0001'])('is found by its alias %s', async (code) => {
    await using subgraph = startDossiersSubgraph([WHOLE_DOSSIER]);
    expect(await subgraph.answer('query ($code: ID!) { dossier(code: $code) { code } }', { code })).toEqual({
      data: { dossier: { code: 'H23.X01-240603-0001' } },
    });
  });

  it('is null when nobody here has it', async () => {
    await using subgraph = startDossiersSubgraph([WHOLE_DOSSIER]);
    expect(await subgraph.answer('{ dossier(code: "H23.X01-240603-9999") { code } }')).toEqual({
      data: { dossier: null },
    });
  });

  it('has null for supplements and steps that its system does not keep', async () => {
    await using subgraph = startDossiersSubgraph([WHOLE_DOSSIER], 'B');
    const query =
      '{ dossier(code: "BN-77") { supplements { requestedAt } steps { at } timeliness(clock: NATIONAL) { result reason } } }';
    expect(await subgraph.answer(query)).toEqual({
      data: {
        dossier: {
          supplements: null,
          steps: null,
          timeliness: { result: null, reason: 'SUPPLEMENTS_UNKNOWN' },
        },
      },
    });
  });
});

describe('a list of dossiers', () => {
  const dossiers = [
    sampleDossier({ code: 'd1', receivedAt: '2024-06-03T01:00:00.000Z' }),
    sampleDossier({ code: 'd2', receivedAt: '2024-06-05T01:00:00.000Z', receivingAgency: 'H23.X02' }),
    sampleDossier({ code: 'd3', receivedAt: '2024-06-04T01:00:00.000Z', receivingAgency: 'H23.X03' }),
    sampleDossier({ code: 'd4', receivedAt: null, status: 1 }),
  ];
  const PAGE = `query ($filter: DossierFilter, $orderBy: DossierOrder, $first: Int, $after: String) {
    dossiers(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
      edges { cursor node { code } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      totalCount
    }
  }`;

  it('pages from the latest received, those without a date last', async () => {
    await using subgraph = startDossiersSubgraph(dossiers);
    const cursor = (code: string, value: string | null, agency: string) =>
      encodeShardCursor({ order: 'RECEIVED_DESC', values: [value], agency, code });
    const second = cursor('d3', '2024-06-04T01:00:00.000Z', 'H23.X03');
    expect(await subgraph.answer(PAGE, { first: 2 })).toEqual({
      data: {
        dossiers: {
          edges: [
            { cursor: cursor('d2', '2024-06-05T01:00:00.000Z', 'H23.X02'), node: { code: 'd2' } },
            { cursor: second, node: { code: 'd3' } },
          ],
          pageInfo: {
            hasNextPage: true,
            hasPreviousPage: false,
            startCursor: cursor('d2', '2024-06-05T01:00:00.000Z', 'H23.X02'),
            endCursor: second,
          },
          totalCount: 4,
        },
      },
    });
    expect(await subgraph.answer(PAGE, { first: 2, after: second })).toMatchObject({
      data: {
        dossiers: {
          edges: [{ node: { code: 'd1' } }, { cursor: cursor('d4', null, 'H23.X01'), node: { code: 'd4' } }],
          pageInfo: { hasNextPage: false, hasPreviousPage: true },
        },
      },
    });
  });

  it.each([
    [{}, ['d2', 'd3', 'd1', 'd4']],
    [{ agencies: null }, ['d2', 'd3', 'd1', 'd4']],
    [{ agencies: [] }, []],
    [{ agencies: ['H23.X02'] }, ['d2']],
    [{ agencies: ['000.00.X02.H23'] }, ['d2']],
    [{ agencies: ['H23.X02'], includePredecessors: true }, ['d2', 'd3']],
    [{ agencies: ['H23'] }, []],
    [{ agencies: ['H23'], includeChildren: true }, ['d2', 'd3', 'd1', 'd4']],
    [{ status: ['NEWLY_REGISTERED'] }, ['d4']],
    [{ receivedFrom: '2024-06-04', receivedTo: '2024-06-04' }, ['d3']],
    [
      { timeliness: ['OVERDUE'], channel: ['DIRECT'], procedures: ['1.000001'], fields: ['Hộ tịch'] },
      ['d2', 'd3', 'd1'],
    ],
  ])('with filter %j holds %j', async (filter, codes) => {
    await using subgraph = startDossiersSubgraph(dossiers);
    expect(await subgraph.answer(PAGE, { filter })).toMatchObject({
      data: { dossiers: { edges: codes.map((code) => ({ node: { code } })), totalCount: codes.length } },
    });
  });

  it('does not read a page for a count alone, nor count for a page alone', async () => {
    await using subgraph = startDossiersSubgraph(dossiers);
    await subgraph.answer('{ dossiers { totalCount } }');
    await subgraph.answer('{ dossiers { edges { node { code } } pageInfo { hasNextPage } } }');
    expect(subgraph.calls).toEqual(['count', 'page']);
  });

  const dueCursor = encodeShardCursor({ order: 'DUE_ASC', values: [null], agency: 'H23.X01', code: 'd1' });
  const oddCursor = encodeShardCursor({
    order: 'RECEIVED_DESC',
    values: ['today'],
    agency: 'H23.X01',
    code: 'd1',
  });
  it.each([
    [{ first: 0 }, 'INVALID_PAGE_SIZE', '1 to 200, got 0'],
    [{ first: 201 }, 'INVALID_PAGE_SIZE', '1 to 200, got 201'],
    [{ after: 'nonsense' }, 'INVALID_CURSOR', 'cursor'],
    [{ after: dueCursor }, 'INVALID_CURSOR', 'other arguments'],
    [{ after: oddCursor }, 'INVALID_CURSOR', 'cannot be read'],
    [{ filter: { agencies: ['H23.X99'] } }, 'UNKNOWN_AGENCY', 'H23.X99'],
    [
      { filter: { receivedFrom: '2024-06-05', receivedTo: '2024-06-04' } },
      'INVALID_DAY_RANGE',
      '"receivedFrom" (2024-06-05)',
    ],
    [{ filter: { dueFrom: '2024-06-05', dueTo: '2024-06-04' } }, 'INVALID_DAY_RANGE', '"dueFrom"'],
    // More than a statement of a database bears is the client's mistake, not the system's.
    [
      { filter: { procedures: Array(40_000).fill('1.000001') } },
      'BAD_USER_INPUT',
      '"procedures" must have at most 1000 values, got 40000',
    ],
  ])('refuses %j with %s', async (variables, code, words) => {
    await using subgraph = startDossiersSubgraph(dossiers);
    expect(await subgraph.answer(PAGE, variables)).toMatchObject({
      data: { dossiers: null },
      errors: [{ message: expect.stringContaining(words) as string, extensions: { code } }],
    });
    expect(subgraph.calls).toEqual([]);
  });
});

it('has no cursor but those of the shard spec', async () => {
  await using subgraph = startDossiersSubgraph([WHOLE_DOSSIER]);
  const answer = (await subgraph.answer('{ dossiers { edges { cursor } } }')) as {
    data: { dossiers: { edges: { cursor: string }[] } };
  };
  expect(decodeShardCursor(answer.data.dossiers.edges[0]?.cursor ?? '')).toEqual({
    order: 'RECEIVED_DESC',
    values: ['2024-06-03T01:00:00.000Z'],
    agency: 'H23.X01',
    code: 'H23.X01-240603-0001',
  });
});
