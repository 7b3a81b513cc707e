import { isDeepStrictEqual } from 'node:util';
import type { DossierSource } from '../../subgraphs/dossiers/dossier-source';
import { LocalCatalogue } from '../../subgraphs/sources/catalogue/local-catalogue';
import {
  type CataloguePage,
  PROCEDURE_ORDERS,
  type ProcedureSelection,
} from '../../subgraphs/sources/catalogue/catalogue-query';
import type {
  DossierClock,
  DossierCriteria,
  DossierOrderName,
  PerformanceGrouping,
  PerformanceRow,
} from '../../subgraphs/sources/dossiers/dossier-query';
import type { DossierRow } from '../../subgraphs/sources/dossiers/dossier-row';
import type { House } from '../support/houses/house';
import { HOUSE_NAMES, HOUSES } from '../support/houses/houses';
import { sampleRows } from '../support/houses/sample-rows';
import { SERVER_START_MS } from '../support/servers/shared-server';

const NOW = '2024-06-28T03:00:00Z';
const ROWS = sampleRows({ dossiers: 200, procedures: 200 });
const CODES = ROWS.dossiers.map(({ code }) => code);
const ORDERS: readonly DossierOrderName[] = ['RECEIVED_DESC', 'RECEIVED_ASC', 'DUE_ASC', 'DUE_DESC'];

const CRITERIA: readonly DossierCriteria[] = [
  {},
  { agencies: ['H23.X02'] },
  { agencies: ['H23.X02', 'H23.X03'] },
  { agencies: [] },
  { procedures: ['1.000001', '2.000815'] },
  { procedures: ['1.000001'], statuses: [4, 10] },
  { fields: ['Hộ tịch'] },
  { fields: ['hộ tịch'] },
  { fields: ['Hoà giải'.normalize('NFC'), 'Đầu tư'] },
  { fields: ['Hộ tịch'], channels: ['ONLINE'] },
  { statuses: [1, 5, 9] },
  { channels: ['ONLINE', 'POSTAL'] },
  { timeliness: ['OVERDUE', 'LATE'] },
  { timeliness: ['WITHIN'] },
  { timeliness: ['EARLY', 'ON_TIME'] },
  { timeliness: ['OVERDUE', 'LATE'], receivedFrom: '2024-04-01', dueTo: '2024-06-20' },
  { receivedFrom: '2024-04-01', receivedTo: '2024-05-15' },
  { dueFrom: '2024-05-01' },
];

const GROUPINGS: readonly (PerformanceGrouping | null)[] = [
  null,
  'agency',
  'field',
  'procedure',
  'month',
  'channel',
];
const PERIODS = [
  { from: null, to: null },
  { from: '2024-05-01', to: '2024-05-31' },
  { from: '2024-04-15', to: null },
];
const SPLITS = [null, 'agency', 'procedure'] as const;

const dateOf = (order: DossierOrderName, row: DossierRow) =>
  order.startsWith('RECEIVED') ? row.receivedAt : row.dueAt;

/** The one that the others are compared with, and for figures that need supplements one that keeps none. */
let reference: House;
let withoutSupplements: House;
beforeAll(async () => {
  reference = await HOUSES['SQLite A live'].open(ROWS);
  withoutSupplements = await HOUSES['SQLite B live'].open(ROWS);
});
afterAll(async () => {
  await reference[Symbol.asyncDispose]();
  await withoutSupplements[Symbol.asyncDispose]();
});

describe.each(HOUSE_NAMES)('the house %s', (name) => {
  const kind = HOUSES[name];
  let house: House;
  beforeAll(async () => {
    house = await kind.open(ROWS);
  }, SERVER_START_MS);
  afterAll(() => house[Symbol.asyncDispose]());

  it('reads back the dossiers that were written, with the supplements and steps that it keeps', async () => {
    expect(await dossiersOf(house.dossiers, CODES)).toEqual(
      ROWS.dossiers.map(({ supplements, steps, ...row }) => ({
        ...row,
        field: composed(row.field),
        supplements: kind.supplements ? supplements : null,
        steps: kind.steps ? steps.map((step) => ({ ...step, unit: composed(step.unit) })) : null,
      })),
    );
  });

  it('finds a dossier by another of its codes, and none by what only looks like one', async () => {
    const known = ROWS.dossiers.filter(({ aliases }) => aliases.length > 0).slice(0, 3);
    const [alias = ''] = known[0]?.aliases ?? [];
    const found = await house.dossiers.findByCodes(known.flatMap(({ aliases }) => aliases));
    expect(found.map(({ code }) => code).toSorted()).toEqual(known.map(({ code }) => code));
    const near = [alias.toLowerCase(), `${alias} `, 'h23.x01-240601-0000', `${CODES[0]} `, '', '0'];
    expect(await house.dossiers.findByCodes(near)).toEqual([]);
  });

  it.each(CRITERIA)('gives the dossiers of %j in every order, and counts them', async (criteria) => {
    const { dossiers } = house;
    for (const order of ORDERS) {
      const query = { criteria, order, after: null, limit: 1000, now: NOW };
      expectSame(await dossiers.page(query), await reference.dossiers.page(query));
    }
    const count = { criteria, now: NOW };
    expect(await dossiers.count(count)).toBe(await reference.dossiers.count(count));
    expect(await dossiers.countByAgency(count)).toEqual(await reference.dossiers.countByAgency(count));
  });

  it.each(['NFC', 'NFD'])('knows a field however its letters are kept, asked in %s', async (form) => {
    const fields = ['Hoà giải'.normalize(form)];
    expect(await house.dossiers.count({ criteria: { fields }, now: NOW })).toBe(1);
  });

  it.each(ORDERS)('lists every dossier once by %s, missing dates last', async (order) => {
    const query = { criteria: {}, order, after: null, limit: 1000, now: NOW };
    const whole = await house.dossiers.page(query);
    expect(whole.map(({ code }) => code).toSorted()).toEqual(CODES.toSorted());
    const values = whole.map((row) => dateOf(order, row));
    const known = values.filter((value) => value !== null).toSorted();
    const nulls = values.filter((value) => value === null);
    expect(values).toEqual([...(order.endsWith('ASC') ? known : known.toReversed()), ...nulls]);
  });

  it.each(ORDERS)('gives pages by %s of every size that put together are the whole list', async (order) => {
    for (const criteria of [{}, { agencies: ['H23.X03', 'H23.X01'] }, { statuses: [4, 10] }]) {
      const query = { criteria, order, after: null, limit: 1000, now: NOW };
      const whole = (await reference.dossiers.page(query)).map(({ code }) => code);
      for (const limit of [7, 40])
        expect(await allInPages(house.dossiers, { criteria, order, limit })).toEqual(whole);
    }
  });

  it.each(GROUPINGS)('counts performance by the local clock, grouped by %s', async (groupBy) => {
    for (const query of performanceQueries('LOCAL', groupBy))
      expect(inAnyOrder(await house.dossiers.performance(query))).toEqual(
        inAnyOrder(await reference.dossiers.performance(query)),
      );
  });

  it.each(GROUPINGS)('counts performance by the national clock as far as it can, by %s', async (groupBy) => {
    const same = kind.supplements ? reference : withoutSupplements;
    for (const query of performanceQueries('NATIONAL', groupBy)) {
      const counted = inAnyOrder(await house.dossiers.performance(query));
      expect(counted).toEqual(inAnyOrder(await same.dossiers.performance(query)));
      const known = inAnyOrder(await reference.dossiers.performance(query));
      expect(counted.map(totals)).toEqual(known.map(totals));
      if (kind.supplements) continue;
      // A dossier that may have been stopped for a supplement is neither on time nor late.
      counted.forEach(({ counts }, i) => {
        const undetermined = known[i]?.counts.finishedUndetermined ?? Infinity;
        expect(counts.finishedUndetermined).toBeGreaterThanOrEqual(undetermined);
      });
    }
  });

  describe('its catalogue', () => {
    const expected = new LocalCatalogue(ROWS.procedures);

    it.each(['2023-12-31', '2024-06-28'])('is what was written, on %s', (asOf) => {
      const codes = [...ROWS.procedures.map(({ code }) => code), 'none', ''];
      const found = house.catalogue.find(codes, asOf);
      expect(codes.map((code) => found.get(code))).toEqual(
        codes.map((code) => expected.find([code], asOf).get(code)),
      );
    });

    it.each<Omit<ProcedureSelection, 'asOf'>>([
      {},
      { words: ['cap', 'gi'] },
      { words: ['dang', 'ky', 'dat'], agencies: ['H23.X01', 'H23.X02'] },
      { agency: 'H23.X02' },
      { agencies: [] },
      { fields: [ROWS.procedures[3]?.field ?? ''] },
      { levels: ['PROVINCE', 'COMMUNE'] },
      { channels: ['POSTAL'] },
      { issues: ['NAME_NOT_CLEAN'] },
      { issues: ['FEE_SUSPECTED_DECIMAL', 'UNIT_MISSING'] },
    ])('gives %j in every order, page by page, and counts them', (part) => {
      const selection = { ...part, asOf: '2024-06-28' };
      expect(house.catalogue.counts([selection])).toEqual(expected.counts([selection]));
      for (const order of PROCEDURE_ORDERS) {
        const [whole] = expected.pages([{ selection, window: { order, first: 1000 } }]);
        let [page] = house.catalogue.pages([{ selection, window: { order, first: 40 } }]);
        const rows = [...(page?.rows ?? [])];
        while (page?.hasNextPage === true) {
          const after = rows.at(-1)?.position;
          [page] = house.catalogue.pages([
            { selection, window: { order, first: 40, ...(after && { after }) } },
          ]);
          rows.push(...(page?.rows ?? []));
        }
        expect(rows.map(placed)).toEqual(whole?.rows.map(placed));
      }
    });
  });
});

/** However a system keeps its letters. */
function composed(text: string | null): string | null {
  return text?.normalize('NFC') ?? null;
}

/** Where a row stands; what it holds is looked at by its code. */
function placed({ entry: { record, competence }, position }: CataloguePage['rows'][number]) {
  return { code: record.code, agency: competence.agency, position };
}

/** What every kind can hold. */
function shared({ supplementsKey: _, stepsKey: __, ...row }: DossierRow) {
  return row;
}

/** Asked thousands of times: only a difference is worth a careful look. */
function expectSame(got: readonly DossierRow[], expected: readonly DossierRow[]): void {
  const [a, b] = [got.map(shared), expected.map(shared)];
  if (!isDeepStrictEqual(a, b)) expect(a).toEqual(b);
}

/** In the order of the codes; the supplements and steps null where none are kept. */
async function dossiersOf(source: DossierSource, codes: readonly string[]) {
  const rows = await source.findByCodes(codes);
  const supplements = await source.supplements(rows.flatMap((row) => row.supplementsKey ?? []));
  const steps = await source.steps(rows.flatMap((row) => row.stepsKey ?? []));
  const byCode = new Map(rows.map((row) => [row.code, row]));
  return codes.map((code) => {
    const row = byCode.get(code);
    return (
      row && {
        ...shared(row),
        supplements: supplements && (supplements.get(row.supplementsKey ?? '') ?? []),
        steps: steps && (steps.get(row.stepsKey ?? '') ?? []),
      }
    );
  });
}

interface Walk {
  readonly criteria: DossierCriteria;
  readonly order: DossierOrderName;
  readonly limit: number;
}

async function allInPages(source: DossierSource, { criteria, order, limit }: Walk) {
  const codes: string[] = [];
  let after = null;
  for (;;) {
    const page: readonly DossierRow[] = await source.page({ criteria, order, after, limit, now: NOW });
    codes.push(...page.map(({ code }) => code));
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return codes;
    after = { value: dateOf(order, last), agency: last.receivingAgency, code: last.code };
  }
}

function performanceQueries(clock: DossierClock, groupBy: PerformanceGrouping | null) {
  return PERIODS.flatMap((period) =>
    SPLITS.map((splitBy) => ({ criteria: {}, clock, ...period, now: NOW, splitBy, groupBy })),
  );
}

function inAnyOrder(rows: readonly PerformanceRow[]): readonly PerformanceRow[] {
  const name = ({ split, key }: PerformanceRow) => `${split} ${key}`;
  return rows.toSorted((a, b) => (name(a) < name(b) ? -1 : 1));
}

/** What no clock changes. */
function totals({ split, key, counts }: PerformanceRow) {
  const { received, receivedDirect, receivedOnline, receivedPostal, finished, inProgress } = counts;
  return { split, key, received, receivedDirect, receivedOnline, receivedPostal, finished, inProgress };
}
