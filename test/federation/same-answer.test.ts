import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';
import { expectSameAnswer, openRivals, type Rivals } from '../support/same-answer';
import { createTestProvince } from '../support/test-province';

const FOLDER = join(projectRoot(), 'schema', 'operations');
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.graphql'));

/** Agencies with dossiers and procedures whose rows are spread over two systems; the last is a district. */
const SPANNING = ['H23.X04', 'H23.X05', 'H23.X15', 'H23', 'H23.X41'];

let rivals: Rivals;
beforeAll(async () => {
  const province = createTestProvince({ seed: 'same answer', count: 700 });
  const everyone = province.agencies.map(({ code }) => code);
  rivals = await openRivals(province, {
    one: { systems: 1 },
    three: { systems: 3, spanning: SPANNING },
    nine: { systems: 9, spanning: everyone },
    forty: { systems: 40, spanning: everyone.filter((_, place) => place % 2 === 0) },
  });
});
afterAll(() => rivals[Symbol.asyncDispose]());

describe('any split of the same rows answers as one schema over one database', () => {
  it.each(FILES)('to the operation in %s', async (file) => {
    await expectSameAnswer(rivals, { document: readFileSync(join(FOLDER, file), 'utf8') });
  });

  it('to a dossier through to all dossiers and figures of its agency and procedure', async () => {
    const { dossiers } = rivals.province;
    const codes = [0, 7, 100, 333, 612].map((place) => dossiers[place]?.code);
    const aliases = dossiers.flatMap((dossier) => dossier.aliases).slice(0, 3);
    for (const code of [...codes, ...aliases, 'H23.X04-999999-0000', 'khong-co']) {
      await expectSameAnswer(rivals, {
        document: `query ($code: ID!) { dossier(code: $code) {
          receivingAgency {
            dossiers { totalCount edges { node { code } } }
            performance { received onTimeRate byMonth { month received } }
          }
          procedure { performance { received } }
        } }`,
        variables: { code },
      });
    }
  });

  it('to the procedures of the agency of a procedure, when the agency spans two systems', async () => {
    for (const agency of SPANNING) {
      const code = rivals.province.procedures.find(
        ({ competences }) => competences[0]?.agency === agency,
      )?.code;
      const { data } = await expectSameAnswer(rivals, {
        document: `query ($code: ID!) { procedure(code: $code) {
          agency { procedures(first: 50) { totalCount edges { node { code } } } }
        } }`,
        variables: { code: code ?? 'khong-co' },
      });
      expect(data).toMatchObject({ procedure: code === undefined ? null : { agency: {} } });
    }
  });

  it.each([
    ['exactly these', { agencies: ['H23.X04', 'H23.X15'] }],
    ['in the former notation', { agencies: ['000.00.X04.H23', '000.00.X41.H23'] }],
    ['none', { agencies: [] }],
    ['all', { agencies: null }],
    ['with the bodies below', { agencies: ['H23'], includeChildren: true }],
    ['with the predecessors', { agencies: ['H23.X54'], includePredecessors: true }],
    ['with both', { agencies: ['H24', 'H23.X54'], includeChildren: true, includePredecessors: true }],
    ['one without rows', { agencies: ['H23.X02'] }],
  ])('to a filter of agencies: %s', async (_, filter) => {
    const { codes } = await expectSameAnswer(rivals, {
      document: `query ($dossiers: DossierFilter, $procedures: ProcedureFilter, $performance: PerformanceFilter) {
        dossiers(filter: $dossiers, first: 9) { totalCount edges { cursor node { code receivingAgency { code name } } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
        procedures(filter: $procedures, first: 9) { totalCount edges { cursor node { code agency { code name } implementingAgencies { code } } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
        performance(filter: $performance) { received byAgency { agency { code name } received } }
        agency(code: "H23.X04") {
          dossiers(filter: $dossiers) { totalCount }
          procedures(filter: $procedures) { totalCount }
          performance(filter: $performance) { received }
        }
      }`,
      variables: { dossiers: filter, procedures: filter, performance: filter },
    });
    expect(codes).toEqual([]);
  });

  it('to an unknown agency in a filter', async () => {
    for (const code of ['H23.X99', '000.00.00.H99', 'Sở Tư pháp']) {
      const { codes } = await expectSameAnswer(rivals, {
        document: 'query ($codes: [ID!]) { dossiers(filter: { agencies: $codes }) { totalCount } }',
        variables: { codes: [code] },
      });
      expect(codes).toHaveLength(1);
    }
  });

  it('to a range of days the wrong way round, at the root and on an agency with rows', async () => {
    const { codes } = await expectSameAnswer(rivals, {
      document: `{
        dossiers(filter: { dueFrom: "2024-02-01", dueTo: "2024-01-01" }) { totalCount }
        performance(filter: { from: "2024-02-01", to: "2024-01-01" }) { received }
        agency(code: "H23.X04") { dossiers(filter: { receivedFrom: "2024-02-01", receivedTo: "2024-01-01" }) { totalCount } }
      }`,
    });
    expect(codes).toEqual(['INVALID_DAY_RANGE']);
  });

  it.each(['LOCAL', 'NATIONAL'])('to every figure and grouping by the clock %s', async (clock) => {
    const figures = `received carriedOver receivedDirect receivedOnline receivedPostal finished finishedEarly finishedOnTime
      finishedLate finishedUndetermined inProgress inProgressWithin inProgressOverdue inProgressUndetermined
      ratedOnTime rated onTimeRate workingDays meanWorkingDays`;
    for (const filter of [null, { from: '2023-01-01', to: '2023-12-31' }, { agencies: ['H23.X04'] }]) {
      await expectSameAnswer(rivals, {
        document: `fragment Figures on PerformanceFigures { ${figures} }
          query ($clock: Clock!, $filter: PerformanceFilter) { performance(clock: $clock, filter: $filter) {
            ...Figures
            byAgency { ...Figures agency { code name } }
            byField { ...Figures field }
            byProcedure { onTimeRate meanWorkingDays procedure { code name agency { code } } }
            byMonth { ...Figures month }
            byChannel { ...Figures channel }
          } }`,
        variables: { clock, filter },
      });
    }
  });

  it.each(['2024-06-28', '2025-02-28', '2025-03-01', '2025-06-30', '2025-07-01', '1990-01-01'])(
    'as of %s',
    async (asOf) => {
      await expectSameAnswer(rivals, {
        document: `query ($asOf: Date!) {
          agencies(asOf: $asOf) { code name procedures(first: 2, asOf: $asOf) { totalCount edges { node { code agency { code name } } } } }
          procedures(asOf: $asOf, first: 60, filter: { text: "dang ky" }) { totalCount edges { node { code name agency { code } implementingAgencies { code } } } }
          procedure(code: "1.001193", asOf: $asOf) { code agency { code name } performance { received } }
        }`,
        variables: { asOf },
      });
    },
  );

  it.each(['2025-03-02T01:00:00Z', '2025-07-02T01:00:00Z', '2023-01-31T18:30:00Z'])(
    'when the request stands at %s',
    async (now) => {
      await expectSameAnswer(rivals, {
        document: `{
          procedures(first: 30) { totalCount edges { node { code agency { code name parent { name } } } } }
          performance { inProgressOverdue rated onTimeRate byAgency { agency { code name } inProgressOverdue } }
          dossiers(first: 20, filter: { timeliness: [OVERDUE, LATE] }) { totalCount edges { node {
            code procedure { code name } receivingAgency { code name procedures { totalCount } } timeliness { result dueAt endedAt reason rule clock }
          } } }
        }`,
        now,
      });
    },
  );

  it.each(['LOCAL', 'NATIONAL'])('to the timeliness of every dossier by the clock %s', async (clock) => {
    await expectSameAnswer(rivals, {
      document: `query ($clock: Clock!) { dossiers(first: 200, orderBy: DUE_ASC) { edges { node {
        code timeliness(clock: $clock) { clock result reason rule dueAt endedAt } supplements { requestedAt completedAt dueBefore dueAfter }
      } } } }`,
      variables: { clock },
    });
  });
});

// Apollo's planner asks for a field with a condition only when the condition of everything below it holds too.
it('to an object with a condition, when everything below it has another', async () => {
  await expectSameAnswer(rivals, {
    document: `query ($no: Boolean!, $yes: Boolean!) { performance @skip(if: $no) { received @skip(if: $yes) } }`,
    variables: { no: false, yes: true },
  });
});

describe('all pages one after another are the whole list', () => {
  const PAGED: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'dossiers',
      'query ($after: String, $first: Int!) { list: dossiers(orderBy: ORDER, first: $first, after: $after) { ...Page } }',
      ['RECEIVED_DESC', 'RECEIVED_ASC', 'DUE_ASC', 'DUE_DESC'],
    ],
    [
      'procedures',
      'query ($after: String, $first: Int!) { list: procedures(filter: { text: "dat" }, orderBy: ORDER, first: $first, after: $after) { ...Page } }',
      ['NAME_ASC', 'NAME_DESC', 'CODE_ASC', 'CODE_DESC'],
    ],
  ];
  const CASES = PAGED.flatMap(([type, query, orders]) =>
    orders.map((order) => [type, order, query.replace('ORDER', order)] as const),
  );

  it.each(CASES)('of %s by %s', async (type, _order, query) => {
    const document = `${query} fragment Page on ${type === 'dossiers' ? 'DossierConnection' : 'ProcedureConnection'} {
      totalCount edges { cursor node { code } } pageInfo { hasNextPage hasPreviousPage endCursor } }`;
    const whole = await readAll((variables) => rivals.monolith.query(document, { variables }), 200);
    expect(whole.codes).toHaveLength(whole.totalCount);
    for (const { name, federated } of rivals.splits) {
      const pages = await readAll((variables) => federated.query(document, { variables }), 97);
      expect({ name, ...pages }).toEqual({ name, ...whole });
    }
  });

  it.each(['H23.X04', 'H23.X15', 'H23.X41'])(
    'of the dossiers and procedures of the agency %s',
    async (code) => {
      for (const [field, type] of [
        ['dossiers', 'DossierConnection'],
        ['procedures', 'ProcedureConnection'],
      ] as const) {
        const document = `query ($code: ID!, $after: String, $first: Int!) { agency(code: $code) { list: ${field}(first: $first, after: $after) { ...Page } } }
        fragment Page on ${type} { totalCount edges { cursor node { code } } pageInfo { hasNextPage hasPreviousPage endCursor } }`;
        const whole = await readAll(
          (variables) => rivals.monolith.query(document, { variables: { code, ...variables } }),
          200,
        );
        expect(whole.codes).toHaveLength(whole.totalCount);
        for (const { name, federated } of rivals.splits) {
          const pages = await readAll(
            (variables) => federated.query(document, { variables: { code, ...variables } }),
            7,
          );
          expect({ name, ...pages }).toEqual({ name, ...whole });
        }
      }
    },
  );
});

interface Connection {
  readonly totalCount: number;
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly code: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly endCursor: string | null;
  };
}

/** Follows `endCursor` to the end. */
async function readAll(
  ask: (variables: {
    after: string | null;
    first: number;
  }) => Promise<{ data: unknown; errors: readonly unknown[] }>,
  first: number,
): Promise<{ codes: readonly string[]; totalCount: number }> {
  const codes: string[] = [];
  let after: string | null = null;
  for (;;) {
    const { data, errors } = await ask({ after, first });
    expect(errors).toEqual([]);
    // The document asks for a connection named `list`, at the root or on an agency.
    const root = data as { list?: Connection; agency?: { list: Connection } };
    const list: Connection | undefined = root.list ?? root.agency?.list;
    if (!list) throw new TypeError('The page has no list');
    expect(list.pageInfo.hasPreviousPage).toBe(after !== null);
    expect(list.edges.at(-1)?.cursor ?? null).toBe(list.pageInfo.endCursor);
    codes.push(...list.edges.map(({ node }) => node.code));
    if (!list.pageInfo.hasNextPage) return { codes, totalCount: list.totalCount };
    after = list.pageInfo.endCursor;
  }
}
