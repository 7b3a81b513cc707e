import { createWorkingCalendar } from '../../schema/calendar';
import type {
  DossierCriteria,
  DossierOrderName,
  PerformanceGrouping,
  PerformanceRow,
} from '../../subgraphs/sources/dossiers/dossier-query';
import type { DossierRow } from '../../subgraphs/sources/dossiers/dossier-row';
import { openSqliteDossiers } from '../../subgraphs/sources/sql/open-dossier-source';
import type { SqlDossierSource } from '../../subgraphs/sources/sql/sql-dossier-source';
import { layoutDatabase, type LayoutName, type SampleDossier } from '../support/dossier-layouts';
import { randomDossiers } from '../support/random-dossiers';

const NOW = '2024-06-28T03:00:00Z';
const LAYOUTS: readonly LayoutName[] = ['A', 'B', 'D'];
const calendar = createWorkingCalendar([{ date: '2024-04-30', kind: 'off' }]);

function open(layout: LayoutName, dossiers: readonly SampleDossier[]) {
  return openSqliteDossiers({ ...layoutDatabase(layout, dossiers), calendar });
}

/** What every layout can hold. */
function shared({ supplementsKey: _, stepsKey: __, ...row }: DossierRow) {
  return row;
}

function inAnyOrder(rows: readonly PerformanceRow[]): readonly PerformanceRow[] {
  const name = ({ split, key }: PerformanceRow) => `${split} ${key}`;
  return rows.toSorted((a, b) => (name(a) < name(b) ? -1 : 1));
}

describe('the same dossiers in three layouts', () => {
  const dossiers = randomDossiers(200, 1);

  it.each(LAYOUTS)('reads back from layout %s what was written', async (layout) => {
    await using dossiersOfLayout = open(layout, dossiers);
    const rows = await dossiersOfLayout.source.findByCodes(dossiers.map(({ code }) => code));
    const written = dossiers.map(({ supplements: _, steps: __, ...row }) => row);
    const byCode = new Map(rows.map((row) => [row.code, shared(row)]));
    expect(written.map(({ code }) => byCode.get(code))).toEqual(written);
  });

  const CRITERIA: readonly DossierCriteria[] = [
    {},
    { agencies: ['H23.X02'] },
    { agencies: ['H23.X02', 'H23.X03'] },
    { agencies: [] },
    { procedures: ['1.000001', '2.000815'] },
    { fields: ['Hộ tịch'] },
    { statuses: [1, 5, 9] },
    { channels: ['ONLINE', 'POSTAL'] },
    { timeliness: ['OVERDUE', 'LATE'] },
    { receivedFrom: '2024-04-01', receivedTo: '2024-05-15' },
    { dueFrom: '2024-05-01' },
  ];

  it.each(CRITERIA)('answers %j the same in every layout', async (criteria) => {
    const answers = [];
    for (const layout of LAYOUTS) {
      await using opened = open(layout, dossiers);
      const { source } = opened;
      const page = await source.page({ criteria, order: 'DUE_ASC', after: null, limit: 1000, now: NOW });
      answers.push({ count: await source.count({ criteria, now: NOW }), rows: page.map(shared) });
    }
    expect(answers[0]?.count).toBe(answers[0]?.rows.length);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it.each<PerformanceGrouping>(['agency', 'field', 'procedure', 'month', 'channel'])(
    'counts by %s the same in every layout',
    async (groupBy) => {
      const answers = [];
      for (const layout of LAYOUTS) {
        await using opened = open(layout, dossiers);
        const rows = await opened.source.performance({
          criteria: {},
          clock: 'LOCAL',
          from: '2024-05-01',
          to: '2024-05-31',
          now: NOW,
          splitBy: 'agency',
          groupBy,
        });
        answers.push(inAnyOrder(rows));
      }
      expect(answers[0]?.length).toBeGreaterThanOrEqual(4);
      expect(answers[1]).toEqual(answers[0]);
      expect(answers[2]).toEqual(answers[0]);
    },
  );
});

describe('pages', () => {
  const dossiers = randomDossiers(150, 2);

  async function allInPagesOf(
    source: SqlDossierSource,
    order: DossierOrderName,
    limit: number,
    criteria: DossierCriteria = {},
  ) {
    const codes: string[] = [];
    let after = null;
    for (;;) {
      const page: readonly DossierRow[] = await source.page({ criteria, order, after, limit, now: NOW });
      codes.push(...page.map(({ code }) => code));
      const last = page.at(-1);
      if (last === undefined || page.length < limit) return codes;
      const value = order.startsWith('RECEIVED') ? last.receivedAt : last.dueAt;
      after = { value, agency: last.receivingAgency, code: last.code };
    }
  }

  const ORDERS: readonly DossierOrderName[] = ['RECEIVED_DESC', 'RECEIVED_ASC', 'DUE_ASC', 'DUE_DESC'];

  it.each(LAYOUTS.flatMap((layout) => ORDERS.map((order) => [layout, order] as const)))(
    'of layout %s, put together, are the whole list by %s with missing dates last',
    async (layout, order) => {
      await using opened = open(layout, dossiers);
      const whole = await opened.source.page({ criteria: {}, order, after: null, limit: 1000, now: NOW });
      const values = whole.map((row) => (order.startsWith('RECEIVED') ? row.receivedAt : row.dueAt));
      const known = values.filter((value) => value !== null);
      expect(values).toEqual([
        ...(order.endsWith('ASC') ? known.toSorted() : known.toSorted().toReversed()),
        ...values.filter((value) => value === null),
      ]);
      expect(new Set(whole.map(({ code }) => code)).size).toBe(dossiers.length);
      const codes = whole.map(({ code }) => code);
      expect(await allInPagesOf(opened.source, order, 7)).toEqual(codes);
      expect(await allInPagesOf(opened.source, order, 1)).toEqual(codes);
    },
  );

  it.each(ORDERS)('of a few agencies by %s are what the whole list has of them', async (order) => {
    await using opened = open('A', dossiers);
    const agencies = ['H23.X03', 'H23.X01', 'H23.X03'];
    const whole = await opened.source.page({ criteria: {}, order, after: null, limit: 1000, now: NOW });
    const own = whole.filter(({ receivingAgency }) => agencies.includes(receivingAgency));
    expect(await allInPagesOf(opened.source, order, 5, { agencies })).toEqual(own.map(({ code }) => code));
  });
});
