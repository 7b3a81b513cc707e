import { graphql, type GraphQLSchema } from 'graphql';
import { createAgencyDirectory } from '../../schema/agency-directory';
import { createWorkingCalendar } from '../../schema/calendar';
import { decodeShardCursor, encodeShardCursor } from '../../schema/shard-cursor';
import type { DossierSource } from '../../subgraphs/dossiers/dossier-source';
import { buildDossiersSchema, createDossiersContext } from '../../subgraphs/dossiers/schema';
import { openSqliteDossiers } from '../../subgraphs/sources/open-dossier-source';
import {
  layoutDatabase,
  type LayoutName,
  sampleDossier,
  type SampleDossier,
} from '../support/dossier-layouts';

const NOW = '2024-06-28T03:00:00Z';
const calendar = createWorkingCalendar([]);

const directory = createAgencyDirectory([
  agency('H23', null),
  agency('H23.X01', 'H23'),
  agency('H23.X02', 'H23'),
  { ...agency('H23.X03', 'H23'), successors: [{ code: 'H23.X02', effectiveDate: '2025-03-01' }] },
]);

function agency(code: string, parent: string | null) {
  const codes = [
    { scheme: 'QD_20_2020' as const, text: code, validFrom: null, validTo: null, fictitious: true },
    {
      scheme: 'QCVN_102_2016' as const,
      text: `000.00.${code.split('.')[1] ?? '00'}.H23`,
      validFrom: null,
      validTo: null,
      fictitious: true,
    },
  ];
  return { code, codes, parent, validFrom: null, validTo: null, successors: [] };
}

interface Subgraph extends AsyncDisposable {
  readonly calls: string[];
  answer(query: string, variables?: Record<string, unknown>): Promise<unknown>;
}

function startSubgraph(dossiers: readonly SampleDossier[], layout: LayoutName = 'A'): Subgraph {
  const opened = openSqliteDossiers({ ...layoutDatabase(layout, dossiers), calendar });
  const calls: string[] = [];
  const source = counted(opened.source, calls);
  const schema: GraphQLSchema = buildDossiersSchema({ source, directory });
  return {
    calls,
    async answer(query, variables = {}) {
      const contextValue = createDossiersContext({ source, directory }, { now: NOW });
      const result = await graphql({ schema, source: query, variableValues: variables, contextValue });
      return JSON.parse(JSON.stringify(result)) as unknown;
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}

/** The source with its calls written down. */
function counted(source: DossierSource, calls: string[]): DossierSource {
  return new Proxy(source, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        calls.push(String(name));
        return member.apply(target, args) as unknown;
      };
    },
  });
}

const DOSSIER = sampleDossier({
  code: 'H23.X01-240603-0001',
  aliases: ['BN-77', '000.00.X01.H23-240603-0001'],
  handlingAgency: 'H23.X02',
  channel: 'ONLINE',
  status: 10,
  submittedAt: '2024-06-02T01:30:00.000Z',
  finishedAt: '2024-06-21T03:00:00.000Z',
  returnedAt: '2024-06-24T03:00:00.000Z',
  supplements: [
    {
      requestedAt: '2024-06-10T02:00:00.000Z',
      completedAt: '2024-06-15T02:00:00.000Z',
      dueBefore: null,
      dueAfter: null,
    },
  ],
  steps: [
    { at: '2024-06-04T01:00:00.000Z', status: 4, unit: 'Phòng Hộ tịch', dueAt: '2024-06-07T01:00:00.000Z' },
    { at: '2024-06-03T01:00:00.000Z', status: 2, unit: 'Một cửa', dueAt: null },
  ],
});

describe('a dossier', () => {
  it('shows where it stands, by both clocks, without personal data', async () => {
    await using subgraph = startSubgraph([DOSSIER]);
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
    await using subgraph = startSubgraph([DOSSIER]);
    expect(await subgraph.answer('query ($code: ID!) { dossier(code: $code) { code } }', { code })).toEqual({
      data: { dossier: { code: 'H23.X01-240603-0001' } },
    });
  });

  it('is null when nobody here has it', async () => {
    await using subgraph = startSubgraph([DOSSIER]);
    expect(await subgraph.answer('{ dossier(code: "H23.X01-240603-9999") { code } }')).toEqual({
      data: { dossier: null },
    });
  });

  it('has null for supplements and steps that its system does not keep', async () => {
    await using subgraph = startSubgraph([DOSSIER], 'B');
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
    await using subgraph = startSubgraph(dossiers);
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
    await using subgraph = startSubgraph(dossiers);
    expect(await subgraph.answer(PAGE, { filter })).toMatchObject({
      data: { dossiers: { edges: codes.map((code) => ({ node: { code } })), totalCount: codes.length } },
    });
  });

  it('does not read a page for a count alone, nor count for a page alone', async () => {
    await using subgraph = startSubgraph(dossiers);
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
  ])('refuses %j with %s', async (variables, code, words) => {
    await using subgraph = startSubgraph(dossiers);
    expect(await subgraph.answer(PAGE, variables)).toMatchObject({
      data: { dossiers: null },
      errors: [{ message: expect.stringContaining(words) as string, extensions: { code } }],
    });
    expect(subgraph.calls).toEqual([]);
  });
});

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

  it('answers the figures of several agencies with one query for each grouping', async () => {
    await using subgraph = startSubgraph(dossiers);
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
    expect(subgraph.calls).toEqual(['performance', 'performance']);
  });

  it('answers the pages and counts of several agencies, counts in one query', async () => {
    await using subgraph = startSubgraph(dossiers);
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
    await using subgraph = startSubgraph(dossiers);
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
    await using subgraph = startSubgraph(dossiers);
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
    await using subgraph = startSubgraph([...dossiers, DOSSIER]);
    const of = ['d2', 'nobody', 'd1', DOSSIER.code].map((code) => ({ __typename: 'Dossier', code }));
    const query = `${ENTITIES} ... on Dossier { code steps { at } supplements { requestedAt } timeliness(clock: NATIONAL) { rule } } } }`;
    expect(await subgraph.answer(query, { of })).toEqual({
      data: {
        _entities: [
          { code: 'd2', steps: [], supplements: [], timeliness: { rule: 5 } },
          null,
          { code: 'd1', steps: [], supplements: [], timeliness: { rule: 1 } },
          {
            code: DOSSIER.code,
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
    await using subgraph = startSubgraph(dossiers);
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
    await using subgraph = startSubgraph(dossiers);
    const query = '{ performance(filter: { agencies: [] }) { received onTimeRate byAgency { received } } }';
    expect(await subgraph.answer(query)).toEqual({
      data: { performance: { received: 0, onTimeRate: null, byAgency: [] } },
    });
  });

  it('refuse a period that ends before it begins', async () => {
    await using subgraph = startSubgraph(dossiers);
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
    await using subgraph = startSubgraph(dossiers);
    await subgraph.answer(
      '{ performance { received finished onTimeRate meanWorkingDays } again: performance { inProgress } }',
    );
    expect(subgraph.calls).toEqual(['performance']);
  });
});

it('has no cursor but those of the shard spec', async () => {
  await using subgraph = startSubgraph([DOSSIER]);
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
