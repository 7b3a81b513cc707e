import { join } from 'node:path';
import { graphql } from 'graphql';
import { projectRoot } from '../../schema/runtime/project-root';
import { readAgencyData } from '../../subgraphs/agencies/read-agency-data';
import { buildAgenciesSchema, createAgenciesContext } from '../../subgraphs/agencies/schema';

const data = readAgencyData(join(projectRoot(), 'subgraphs/province/data'));
const deps = { data, siteDomain: 'haiduong.example' };
const schema = buildAgenciesSchema(deps);

async function ask(source: string, variableValues: Record<string, unknown> = {}) {
  const contextValue = createAgenciesContext(deps, { now: '2024-06-28T03:00:00Z' });
  const { data: answer, errors } = await graphql({ schema, source, contextValue, variableValues });
  // graphql-js makes objects without a prototype; a round trip compares as plain ones.
  return { answer: JSON.parse(JSON.stringify(answer ?? null)) as unknown, errors };
}

/** The answer of an operation that must have no error. */
async function answerTo(source: string, variableValues?: Record<string, unknown>): Promise<unknown> {
  const { answer, errors } = await ask(source, variableValues);
  expect(errors).toBeUndefined();
  return answer;
}

describe('agencies', () => {
  it('are 52 with a component site on 2024-06-28, by code', async () => {
    const answer = (await answerTo(
      '{ agencies(filter: { hasSite: true }, asOf: "2024-06-28") { code } componentSites { number } }',
    )) as { agencies: { code: string }[]; componentSites: { number: number }[] };

    expect(answer.agencies).toHaveLength(52);
    expect(answer.agencies[0]).toEqual({ code: 'H23.X01' });
    expect(answer.agencies[51]).toEqual({ code: 'H23.X52' });
    expect(answer.componentSites.map(({ number }) => number)).toEqual(
      Array.from({ length: 52 }, (_, i) => i + 1),
    );
  });

  it('are also the committee, the council and the neighbour on that day, the day of the request by default', async () => {
    const codes = '{ agencies(filter: { hasSite: false }) { code } }';

    expect(await answerTo(codes)).toEqual({
      agencies: [{ code: 'H23' }, { code: 'H23.X53' }, { code: 'H24' }],
    });
  });

  it('are 38 with procedures among those with a site', async () => {
    const answer = await answerTo('{ agencies(filter: { hasSite: true, hasProcedures: true }) { code } }');

    expect((answer as { agencies: unknown[] }).agencies).toHaveLength(38);
  });

  it('after the merger are only the city and what was made in 2025', async () => {
    const codes = '{ agencies(asOf: "2025-07-01") { code name } }';

    expect(await answerTo(codes)).toMatchObject({
      agencies: [{ code: 'H24' }, { code: 'H24.X01' }, { code: 'H24.X02' }],
    });
  });

  it.each(['so tu phap', 'TƯ PHÁP sở', 'justice', 'Sở Tư pháp'])(
    'are found by the words "%s"',
    async (text) => {
      const found = 'query ($text: String) { agencies(filter: { text: $text }) { code } }';

      expect(await answerTo(found, { text })).toEqual({ agencies: [{ code: 'H23.X04' }] });
    },
  );

  it.each([
    ['{ codes: ["000.00.X04.H23", "H23.X03"] }', ['H23.X03', 'H23.X04']],
    ['{ codes: [] }', []],
    ['{ group: MILITARY }', ['H23.X23']],
    ['{ level: DISTRICT, text: "chi linh" }', ['H23.X42']],
  ])('narrow to %s', async (filter, codes) => {
    expect(await answerTo(`{ agencies(filter: ${filter}) { code } }`)).toEqual({
      agencies: codes.map((code) => ({ code })),
    });
  });

  it('refuse a filter with a code nobody has, naming it', async () => {
    const { answer, errors } = await ask('{ agencies(filter: { codes: ["H23.X99"] }) { code } }');

    expect(answer).toEqual({ agencies: null });
    expect(errors?.[0]?.message).toContain('"H23.X99"');
    expect(errors?.[0]?.extensions['code']).toBe('UNKNOWN_AGENCY');
  });
});

describe('an agency', () => {
  it('is the same by either notation of its code', async () => {
    const both = await answerTo(`{
      new: agency(code: "H23.X04") { ...Facts }
      old: agency(code: "000.00.X04.H23") { ...Facts }
    }
    fragment Facts on Agency { code name nameEn group codes { scheme text fictitious } }`);
    const justice = {
      code: 'H23.X04',
      name: 'Sở Tư pháp Hải Dương',
      nameEn: 'Department of Justice',
      group: 'SPECIALISED',
      codes: [
        { scheme: 'QD_20_2020', text: 'H23.X04', fictitious: true },
        { scheme: 'QCVN_102_2016', text: '000.00.X04.H23', fictitious: true },
      ],
    };

    expect(both).toEqual({ new: justice, old: justice });
  });

  it('is null when there is none, or when it is not valid on the day', async () => {
    const source = `{
      nobody: agency(code: "H99") { code }
      ended: agency(code: "H23.X04", asOf: "2025-07-01") { code }
      lastDay: agency(code: "H23.X04", asOf: "2025-06-30") { code }
      notYet: agency(code: "H23.X54") { code }
      firstDay: agency(code: "H23.X54", asOf: "2025-03-01") { code }
    }`;

    expect(await answerTo(source)).toEqual({
      nobody: null,
      ended: null,
      lastDay: { code: 'H23.X04' },
      notYet: null,
      firstDay: { code: 'H23.X54' },
    });
  });

  it.each(['"2024-02-30"', '"yesterday"', '20240628'])('cannot be asked for as of %s', async (asOf) => {
    const { errors } = await ask(`{ agency(code: "H23", asOf: ${asOf}) { code } }`);

    expect(errors?.[0]?.message).toMatch(/Date must be a real calendar day/);
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('shows a date that is known to the year or month as its first day and as it was written', async () => {
    const source = `{ agencies(filter: { codes: ["H23", "H23.X21", "H23.X42"] }) { validFrom validFromWritten } }`;

    expect(await answerTo(source)).toEqual({
      agencies: [
        { validFrom: '1997-01-01', validFromWritten: '1997' },
        { validFrom: '2019-01-01', validFromWritten: '2019-01' },
        { validFrom: '2019-03-01', validFromWritten: '2019-03-01' },
      ],
    });
  });

  it('has its districts below it, valid on the day', async () => {
    const source = `query ($asOf: Date) { agency(code: "H23") { children(asOf: $asOf) { name level } } }`;
    const districts = async (asOf: string) => {
      const { agency } = (await answerTo(source, { asOf })) as { agency: { children: { level: string }[] } };
      return agency.children.filter(({ level }) => level === 'DISTRICT').length;
    };

    expect(await districts('2024-06-28')).toBe(12);
    expect(await districts('2025-07-01')).toBe(0);
  });

  it('has a parent in the province, or a name of one outside, or none', async () => {
    const source = `{ agencies(filter: { codes: ["H23", "H23.X04", "H23.X22"] }) { parent { code } outerParent } }`;

    expect(await answerTo(source)).toEqual({
      agencies: [
        { parent: null, outerParent: null },
        { parent: { code: 'H23' }, outerParent: null },
        { parent: null, outerParent: 'Bộ Công an' },
      ],
    });
  });

  it('that governs a district leads to its communes of the day', async () => {
    const source = `{ agency(code: "H23.X43") { place { code name before: children { code } after: children(asOf: "2024-12-01") { code } } } }`;
    const { agency } = (await answerTo(source)) as {
      agency: { place: { code: string; name: string; before: unknown[]; after: unknown[] } };
    };

    expect(agency.place).toMatchObject({ code: '291', name: 'Huyện Nam Sách' });
    expect(agency.place.before.length).toBeGreaterThan(agency.place.after.length);
  });
});

describe('succession', () => {
  it('is by function: one department had five successors on 2025-03-01', async () => {
    const source =
      '{ agency(code: "H23.X13") { successors { agency { code } effectiveDate functionScope } } }';
    const { agency } = (await answerTo(source)) as { agency: { successors: Record<string, unknown>[] } };

    expect(agency.successors.map(({ agency }) => agency)).toEqual(
      ['H23.X03', 'H23.X17', 'H23.X16', 'H23.X54', 'H23.X22'].map((code) => ({ code })),
    );
    expect(new Set(agency.successors.map(({ effectiveDate }) => effectiveDate))).toEqual(
      new Set(['2025-03-01']),
    );
    expect(agency.successors[3]).toMatchObject({ functionScope: 'poverty reduction' });
  });

  it('of a department into the city is a name without an agency, beside what it gave away earlier', async () => {
    const source = '{ agency(code: "H23.X04") { successors { name agency { code } effectiveDate } } }';

    expect(await answerTo(source)).toEqual({
      agency: {
        successors: [
          { name: 'Công an tỉnh Hải Dương', agency: { code: 'H23.X22' }, effectiveDate: '2025-03-01' },
          { name: 'Sở Tư pháp TP Hải Phòng', agency: null, effectiveDate: '2025-07-01' },
        ],
      },
    });
  });

  it('of each district committee goes down to the communes and up to the city', async () => {
    const source = '{ agencies(filter: { level: DISTRICT }) { successors { name agency { code } } } }';
    const { agencies } = (await answerTo(source)) as { agencies: unknown[] };

    expect(agencies).toHaveLength(12);
    for (const agency of agencies) {
      expect(agency).toMatchObject({
        successors: [{ agency: { code: 'H24.X02' } }, { name: 'departments of TP Hải Phòng', agency: null }],
      });
    }
  });

  it('can be read backwards', async () => {
    const source =
      '{ agency(code: "H23.X54", asOf: "2025-03-01") { predecessors { name agency { code } functionScope } } }';

    expect(await answerTo(source)).toMatchObject({
      agency: {
        predecessors: [
          { agency: { code: 'H23.X08' } },
          { agency: { code: 'H23.X11' } },
          { agency: { code: 'H23.X13' } },
        ],
      },
    });
  });

  it('leaves no agency that ended without a successor', () => {
    const ended = data.agencies.filter(({ validTo }) => validTo !== null).map(({ code }) => code);

    expect(ended.filter((code) => !data.successionsFrom.has(code))).toEqual([]);
  });
});

describe('a component site', () => {
  it('has a host name and leads to its agency and back', async () => {
    const source = '{ componentSite(slug: "sotuphap") { host number agency { code site { slug } } } }';

    expect(await answerTo(source)).toEqual({
      componentSite: {
        host: 'sotuphap.haiduong.example',
        number: 4,
        agency: { code: 'H23.X04', site: { slug: 'sotuphap' } },
      },
    });
  });

  it('has no host name when the province configures no domain', async () => {
    const bare = { data, siteDomain: null };
    const contextValue = createAgenciesContext(bare, { now: '2024-06-28T03:00:00Z' });
    const source = '{ componentSite(slug: "soyte") { host } nobody: componentSite(slug: "x") { host } }';
    const answer = await graphql({ schema: buildAgenciesSchema(bare), source, contextValue });

    expect(answer).toEqual({ data: { componentSite: { host: null }, nobody: null } });
  });
});

describe('a place', () => {
  it('is another one under the same code after 2025-07-01', async () => {
    const source = `{
      before: place(code: "10507", asOf: "2025-06-30") { name parent { name } successors { name place { validFrom } } }
      after: place(code: "10507", asOf: "2025-07-01") { name provinceName parent { name } predecessors { name } }
      unknown: place(code: "99999") { name }
    }`;

    expect(await answerTo(source)).toEqual({
      before: {
        name: 'Phường Cẩm Thượng',
        parent: { name: 'Thành phố Hải Dương' },
        successors: [{ name: 'Phường Thành Đông', place: { validFrom: '2025-07-01' } }],
      },
      after: {
        name: 'Phường Thành Đông',
        provinceName: 'Thành phố Hải Phòng',
        parent: null,
        predecessors: [
          { name: 'Phường Cẩm Thượng' },
          { name: 'Phường Bình Hàn' },
          { name: 'Phường Nguyễn Trãi' },
          { name: 'Xã An Thượng' },
        ],
      },
      unknown: null,
    });
  });

  it.each([
    ['2020-01-01', 235],
    ['2024-12-01', 207],
    ['2025-07-01', 64],
  ])('on %s is one of %d communes', async (asOf, count) => {
    const source = 'query ($asOf: Date) { places(filter: { level: COMMUNE }, asOf: $asOf) { code } }';
    const { places } = (await answerTo(source, { asOf })) as { places: unknown[] };

    expect(places).toHaveLength(count);
  });

  it('is found without accents and whatever the position of the tone mark', async () => {
    expect(await answerTo('{ places(filter: { text: "viet hòa" }) { name } }')).toEqual({
      places: [{ name: 'Phường Việt Hoà' }],
    });
  });
});

describe('_entities', () => {
  it('answers in the order asked, null for what nobody knows, and agencies of any date', async () => {
    const representations = [
      { __typename: 'Agency', code: 'H23.X54' },
      { __typename: 'Agency', code: 'H99.X01' },
      { __typename: 'ComponentSite', slug: 'soyte' },
      { __typename: 'Agency', code: 'H23.X04' },
      { __typename: 'ComponentSite', slug: 'nobody' },
    ];
    const source = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Agency { code validTo } ... on ComponentSite { agency { code } } }
    }`;

    expect(await answerTo(source, { representations })).toEqual({
      _entities: [
        { code: 'H23.X54', validTo: '2025-06-30' },
        null,
        { agency: { code: 'H23.X17' } },
        { code: 'H23.X04', validTo: '2025-06-30' },
        null,
      ],
    });
  });
});
