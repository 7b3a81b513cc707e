import { createWorkingCalendar, type Holiday } from '../../schema/calendar';
import type {
  DossierClock,
  DossierCriteria,
  DossierOrderName,
  PerformanceGrouping,
  PerformanceRow,
} from '../../subgraphs/sources/dossiers/dossier-query';
import type { DossierRow } from '../../subgraphs/sources/dossiers/dossier-row';
import type { LiveDossiers } from '../../subgraphs/sources/sql/live/live-dossiers';
import { openSqliteDossiers } from '../../subgraphs/sources/sql/open-dossier-source';
import type { SqlDossierSource } from '../../subgraphs/sources/sql/sql-dossier-source';
import { layoutDatabase } from '../support/dossier-layouts';
import { randomDossiers } from '../support/random-dossiers';
import {
  openServerLayout,
  SERVER_LAYOUT_NAMES,
  serverLayout,
  type ServerLayout,
} from '../support/server-layouts';
import { SERVER_START_MS } from '../support/servers/shared-server';

const NOW = '2024-06-28T03:00:00Z';
const HOLIDAYS: readonly Holiday[] = [
  { date: '2024-04-18', kind: 'off' },
  { date: '2024-04-30', kind: 'off' },
  { date: '2024-05-01', kind: 'off' },
  { date: '2024-05-11', kind: 'work' },
  { date: '2024-05-12', kind: 'off' },
];
const dossiers = randomDossiers(300, 11);
const ORDERS: readonly DossierOrderName[] = ['RECEIVED_DESC', 'RECEIVED_ASC', 'DUE_ASC', 'DUE_DESC'];

/** What every layout can hold. */
function shared({ supplementsKey: _, stepsKey: __, ...row }: DossierRow) {
  return row;
}

function inAnyOrder(rows: readonly PerformanceRow[]): readonly PerformanceRow[] {
  const name = ({ split, key }: PerformanceRow) => `${split} ${key}`;
  return rows.toSorted((a, b) => (name(a) < name(b) ? -1 : 1));
}

function sqliteOf(layout: 'A' | 'B') {
  const calendar = createWorkingCalendar(HOLIDAYS);
  return openSqliteDossiers({ ...layoutDatabase(layout, dossiers), calendar });
}

describe.each(SERVER_LAYOUT_NAMES)('layout %s', (name) => {
  const layout = name.startsWith('A') ? 'A' : 'B';
  const sqlite = sqliteOf(layout);
  const expected: SqlDossierSource = sqlite.source;
  let server: ServerLayout;
  let live: LiveDossiers;

  beforeAll(async () => {
    server = await serverLayout(name, dossiers);
    live = await openServerLayout(server, HOLIDAYS);
  }, SERVER_START_MS);
  afterAll(async () => {
    await live[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
    await sqlite[Symbol.asyncDispose]();
  });

  it('is opened without a problem', () => {
    expect(live.problems()).toEqual([]);
  });

  it('reads back what was written', async () => {
    const rows = await live.findByCodes(dossiers.map(({ code }) => code));
    const byCode = new Map(rows.map((row) => [row.code, shared(row)]));
    const written = dossiers.map(({ supplements: _, steps: __, ...row }) => row);
    expect(written.map(({ code }) => byCode.get(code))).toEqual(written);
  });

  it('finds a dossier by another of its codes, and none by what only looks like one', async () => {
    const known = dossiers.find(({ aliases }) => aliases.length > 0);
    const alias = known?.aliases[0] ?? '';
    expect((await live.findByCodes([alias])).map(({ code }) => code)).toEqual([known?.code]);
    const near = [alias.toLowerCase(), `${alias} `, 'h23.x01-240601-0000', 'H23.X01-240601-0000 ', '', '0'];
    expect(await live.findByCodes(near)).toEqual([]);
  });

  it('gives supplements and steps of the dossiers asked for', async () => {
    const keysOf = (rows: readonly DossierRow[]) => ({
      supplements: rows.map((row) => row.supplementsKey).filter((key) => key !== null),
      steps: rows.map((row) => row.stepsKey).filter((key) => key !== null),
    });
    const codes = dossiers.slice(0, 100).map(({ code }) => code);
    const there = keysOf(await live.findByCodes(codes));
    const here = keysOf(await expected.findByCodes(codes));
    expect(await live.supplements(there.supplements)).toEqual(await expected.supplements(here.supplements));
    expect(await live.steps(there.steps)).toEqual(await expected.steps(here.steps));
  });

  const CRITERIA: readonly DossierCriteria[] = [
    {},
    { agencies: ['H23.X02'] },
    { agencies: ['H23.X02', 'H23.X03'] },
    { agencies: [] },
    { procedures: ['1.000001', '2.000815'] },
    { fields: ['Hộ tịch'] },
    { fields: ['hộ tịch'] },
    { statuses: [1, 5, 9] },
    { channels: ['ONLINE', 'POSTAL'] },
    { timeliness: ['OVERDUE', 'LATE'] },
    { timeliness: ['WITHIN'] },
    { timeliness: ['EARLY', 'ON_TIME'] },
    { receivedFrom: '2024-04-01', receivedTo: '2024-05-15' },
    { dueFrom: '2024-05-01' },
  ];

  it.each(CRITERIA)('answers %j as the same rows in SQLite do', async (criteria) => {
    for (const order of ORDERS) {
      const query = { criteria, order, after: null, limit: 1000, now: NOW };
      expect((await live.page(query)).map(shared)).toEqual((await expected.page(query)).map(shared));
    }
    expect(await live.count({ criteria, now: NOW })).toBe(await expected.count({ criteria, now: NOW }));
    expect(await live.countByAgency({ criteria, now: NOW })).toEqual(
      await expected.countByAgency({ criteria, now: NOW }),
    );
  });

  it.each(ORDERS)('gives pages by %s that put together are the whole list', async (order) => {
    const query = { criteria: {}, order, after: null, limit: 1000, now: NOW };
    const whole = (await expected.page(query)).map(({ code }) => code);
    for (const limit of [7, 40]) {
      const codes: string[] = [];
      let page: readonly DossierRow[] = await live.page({ ...query, limit });
      while (page.length > 0) {
        codes.push(...page.map(({ code }) => code));
        const last = page.at(-1);
        if (last === undefined || page.length < limit) break;
        const value = order.startsWith('RECEIVED') ? last.receivedAt : last.dueAt;
        const after = { value, agency: last.receivingAgency, code: last.code };
        page = await live.page({ ...query, limit, after });
      }
      expect(codes).toEqual(whole);
    }
  });

  const groupings: readonly (PerformanceGrouping | null)[] = [
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
  const cases = (['LOCAL', 'NATIONAL'] as readonly DossierClock[]).flatMap((clock) =>
    groupings.map((groupBy) => [clock, groupBy] as const),
  );

  it.each(cases)('counts by the %s clock, grouped by %s, as SQLite does', async (clock, groupBy) => {
    for (const period of PERIODS) {
      for (const splitBy of [null, 'agency', 'procedure'] as const) {
        const query = { criteria: {}, clock, ...period, now: NOW, splitBy, groupBy };
        expect(inAnyOrder(await live.performance(query))).toEqual(
          inAnyOrder(await expected.performance(query)),
        );
      }
    }
  });
});
