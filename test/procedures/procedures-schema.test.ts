import { decodeShardCursor, encodeShardCursor } from '../../schema/shard-cursor';
import { createProceduresSubgraph } from '../support/procedures-subgraph';
import { readRegisteredProcedures } from '../support/registered-procedures';

const records = readRegisteredProcedures();
const { query } = createProceduresSubgraph(records);

interface Page {
  readonly procedures: {
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly code: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

async function readAllPages(orderBy: string | null, first: number, text?: string): Promise<string[]> {
  const codes: string[] = [];
  let after: string | null = null;
  for (;;) {
    const { data } = await query(
      `query ($orderBy: ProcedureOrder, $first: Int, $after: String, $text: String) {
        procedures(filter: { text: $text }, orderBy: $orderBy, first: $first, after: $after) {
          edges { cursor node { code } }
          pageInfo { hasNextPage endCursor }
        }
      }`,
      { orderBy, first, after, text },
    );
    // The document above asks for exactly these fields.
    const { procedures } = data as unknown as Page;
    codes.push(...procedures.edges.map(({ node }) => node.code));
    if (!procedures.pageInfo.hasNextPage) return codes;
    after = procedures.pageInfo.endCursor;
  }
}

describe('the catalogue', () => {
  it('has 2,037 procedures, and counts them when asked', async () => {
    expect(await query('{ procedures(first: 1) { totalCount } }')).toEqual({
      data: { procedures: { totalCount: 2037 } },
    });
  });

  it.each(['MATCH_ASC', 'NAME_ASC', 'NAME_DESC', 'CODE_ASC', 'CODE_DESC'])(
    'is the same rows in all pages by %s',
    async (order) => {
      const codes = await readAllPages(order, 200);

      expect(codes).toHaveLength(2037);
      expect(new Set(codes).size).toBe(2037);
      if (order === 'CODE_ASC') expect(codes).toEqual(records.map(({ code }) => code).sort());
    },
  );

  it.each(['dang ky khai sinh', 'Đăng ký khai sinh', 'KHAI sinh đăng KÝ'])(
    'finds birth registration by "%s"',
    async (text) => {
      const { data } = await query(
        'query ($text: String) { procedures(filter: { text: $text }, first: 200) { edges { node { code name } } } }',
        { text },
      );

      expect(JSON.stringify(data)).toContain('"code":"1.001193"');
    },
  );

  it.each(['dang ky khai sinh', 'Đăng ký khai sinh', 'ĐĂNG KÝ KHAI SINH', 'thu tuc dang ky khai sinh'])(
    'shows birth registration first for "%s" when no order is asked for',
    async (text) => {
      expect(
        await query(
          'query ($text: String) { procedures(filter: { text: $text }, first: 1) { edges { node { code name } } } }',
          { text },
        ),
      ).toEqual({
        data: {
          procedures: { edges: [{ node: { code: '1.001193', name: 'Thủ tục đăng ký khai sinh' } }] },
        },
      });
    },
  );

  it('found by a text comes nearest first unless another order is asked for', async () => {
    const byDefault = await readAllPages(null, 200, 'dang ky khai sinh');

    expect(await readAllPages('MATCH_ASC', 200, 'dang ky khai sinh')).toEqual(byDefault);
    expect(await readAllPages('NAME_ASC', 200, 'dang ky khai sinh')).not.toEqual(byDefault);
    expect((await readAllPages('NAME_ASC', 200, 'dang ky khai sinh')).sort()).toEqual(byDefault.toSorted());
  });

  it('found by a text is the same rows in the same order whatever the size of a page', async () => {
    const whole = await readAllPages(null, 200, 'cap giay phep');

    expect(whole.length).toBeGreaterThan(100);
    expect(await readAllPages(null, 7, 'cap giay phep')).toEqual(whole);
  });

  it('without a text is by name, also when the nearest are asked for', async () => {
    const byName = await readAllPages('NAME_ASC', 200);

    expect(await readAllPages(null, 200)).toEqual(byName);
    expect(await readAllPages('MATCH_ASC', 200)).toEqual(byName);
  });

  it.each([
    ['{}', 'NAME_ASC'],
    ['{ filter: null }', 'NAME_ASC'],
    ['{ filter: { text: null } }', 'NAME_ASC'],
    ['{ filter: { text: "khai sinh" } }', 'MATCH_ASC'],
    ['{ filter: { text: "khai sinh" }, orderBy: null }', 'MATCH_ASC'],
    ['{ filter: { text: "khai sinh" }, orderBy: NAME_ASC }', 'NAME_ASC'],
    ['{ orderBy: MATCH_ASC }', 'MATCH_ASC'],
  ])('asked for with %s names its order %s in the cursors', async (args, order) => {
    const { data } = await query(
      `{ procedures(${['first: 1', args.slice(1, -1).trim()].filter(Boolean).join(', ')}) { edges { cursor } } }`,
    );
    // The document above asks for the cursors.
    const { procedures } = data as unknown as Page;

    expect(decodeShardCursor(procedures.edges[0]?.cursor ?? '').order).toBe(order);
  });

  it.each([
    ['{ issues: [UNIT_MISSING] }', 199],
    ['{ agencies: [] }', 0],
    ['{ agencies: null }', 2037],
    ['{ agencies: ["H23.X41"] }', 255],
    ['{ agencies: ["000.00.X41.H23"] }', 255],
    [
      '{ agencies: ["H23"], includeChildren: true, fields: ["Hộ tịch"], levels: [COMMUNE], channels: [ONLINE] }',
      36,
    ],
    ['{ text: "  ... " }', 2037],
  ])('filtered by %s has %i rows', async (filter, totalCount) => {
    expect(await query(`{ procedures(filter: ${filter}) { totalCount } }`)).toEqual({
      data: { procedures: { totalCount } },
    });
  });

  it('counts the procedures an agency took over when predecessors are included', async () => {
    const { data } = await query(`{
      own: procedures(filter: { agencies: ["H23.X06"] }) { totalCount }
      all: procedures(filter: { agencies: ["H23.X06"], includePredecessors: true }) { totalCount }
    }`);

    expect(data).toEqual({ own: { totalCount: 31 }, all: { totalCount: 108 } });
  });

  it('says that nothing comes before the first page and something before the second', async () => {
    const { data } = await query(
      '{ procedures(first: 1) { pageInfo { hasPreviousPage hasNextPage endCursor } } }',
    );
    const { procedures } = data as Record<string, { pageInfo: { endCursor: string } }>;

    expect(procedures?.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true });
    expect(
      await query(
        'query ($after: String) { procedures(first: 1, after: $after) { pageInfo { hasPreviousPage } } }',
        {
          after: procedures?.pageInfo.endCursor,
        },
      ),
    ).toEqual({ data: { procedures: { pageInfo: { hasPreviousPage: true } } } });
  });
});

describe('a mistake in the arguments', () => {
  const position = (order: string) => encodeShardCursor({ order, values: ['a'], agency: 'H23', code: '1' });

  it.each([
    ['first: 0', 'INVALID_PAGE_SIZE', '200'],
    ['first: 201', 'INVALID_PAGE_SIZE', '201'],
    ['after: "nonsense"', 'INVALID_CURSOR', 'cursor'],
    [`after: "${position('CODE_ASC')}"`, 'INVALID_CURSOR', 'other arguments'],
    [`orderBy: CODE_ASC, after: "${position('NAME_ASC')}"`, 'INVALID_CURSOR', 'other arguments'],
    [`filter: { text: "cap" }, after: "${position('NAME_ASC')}"`, 'INVALID_CURSOR', 'other arguments'],
    ['filter: { agencies: ["H99"] }', 'UNKNOWN_AGENCY', 'H99'],
    [`filter: { text: "${'a'.repeat(201)}" }`, 'BAD_USER_INPUT', '201'],
    ['asOf: "2024-02-30"', 'BAD_USER_INPUT', '2024-02-30'],
  ])('(%s) is refused with its code', async (args, code, message) => {
    const { errors } = await query(`{ procedures(${args}) { totalCount edges { cursor } } }`);

    expect(errors?.[0]?.extensions?.['code']).toBe(code);
    expect(errors?.[0]?.message).toContain(message);
  });
});

describe('one procedure', () => {
  it('shows what the national data has, and what is not clean in it', async () => {
    expect(
      await query(`{
        procedure(code: "1.001193") {
          code hasLocalCode name field levels isEitherLevel
          channels { channel time { value unit } fee { minVnd maxVnd } }
          time { value unit } fee { minVnd maxVnd } workingDays onlineLevel
          agency { code } implementingAgencies { code }
          issues { code }
        }
      }`),
    ).toMatchObject({
      data: {
        procedure: {
          code: '1.001193',
          hasLocalCode: false,
          field: 'Hộ tịch',
          levels: ['COMMUNE'],
          time: { value: 1, unit: null },
          agency: { code: 'H23' },
          implementingAgencies: { length: 12 },
          issues: [{ code: 'UNIT_MISSING' }],
        },
      },
    });
  });

  it('changes its agency on 2025-03-01', async () => {
    const moved = records.find(({ competences }) => competences[0]?.agency === 'H23.X08');
    const on = (asOf: string) =>
      `procedure(code: "${moved?.code ?? ''}", asOf: "${asOf}") { agency { code } }`;

    expect(await query(`{ before: ${on('2025-02-28')} after: ${on('2025-03-01')} }`)).toEqual({
      data: {
        before: { agency: { code: 'H23.X08' } },
        after: { agency: { code: moved?.competences[1]?.agency } },
      },
    });
    expect(moved?.competences[1]?.agency).not.toBe('H23.X08');
  });

  it.each([
    ['1.001193.000.00.00.H23', '1.001193'],
    ['1.001193.H23', '1.001193'],
    ['H23-LOCAL-0001', 'H23-LOCAL-0001'],
  ])('is found by %s', async (asked, code) => {
    expect(await query(`{ procedure(code: "${asked}") { code } }`)).toEqual({
      data: { procedure: { code } },
    });
  });

  it.each(['1.001193.000.00.00.H56', '9.999999', ''])('is null for "%s"', async (code) => {
    expect(await query(`{ procedure(code: "${code}") { code } }`)).toEqual({ data: { procedure: null } });
  });
});

describe('entities', () => {
  it('answer a procedure by its code, null when unknown, and an agency always', async () => {
    expect(
      await query(
        `query ($of: [_Any!]!) {
          _entities(representations: $of) {
            ... on Procedure { code hasLocalCode }
            ... on Agency { code procedures(first: 1) { totalCount } }
          }
        }`,
        {
          of: [
            { __typename: 'Procedure', code: '1.001193' },
            { __typename: 'Procedure', code: 'unknown' },
            { __typename: 'Agency', code: 'H23.X52' },
            { __typename: 'Agency', code: 'H99' },
          ],
        },
      ),
    ).toEqual({
      data: {
        _entities: [
          { code: '1.001193', hasLocalCode: false },
          null,
          { code: 'H23.X52', procedures: { totalCount: 255 } },
          { code: 'H99', procedures: { totalCount: 0 } },
        ],
      },
    });
  });

  it('narrow the procedures of an agency by the agencies of the filter', async () => {
    const { data } = await query(
      `query ($of: [_Any!]!) {
        _entities(representations: $of) {
          ... on Agency {
            ofProvince: procedures(filter: { agencies: ["H23"] }) { totalCount }
            ofOther: procedures(filter: { agencies: ["H23.X04"] }) { totalCount }
          }
        }
      }`,
      { of: [{ __typename: 'Agency', code: 'H23.X52' }] },
    );

    expect(data).toEqual({ _entities: [{ ofProvince: { totalCount: 255 }, ofOther: { totalCount: 0 } }] });
  });
});
