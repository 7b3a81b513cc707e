import type { DatabaseSync } from 'node:sqlite';
import { createWorkingCalendar, type Holiday } from '../../../schema/calendar';
import { type DossierMapping, dateSchema } from '../../../subgraphs/sources/dossiers/dossier-mapping';
import { SQLITE_DIALECT } from '../../../subgraphs/sources/sql/dialects/sqlite-dialect';
import { openLive } from '../../../subgraphs/sources/sql/live/open-live-dossiers';
import type { LiveDossiers } from '../../../subgraphs/sources/sql/live/live-dossiers';
import { openSqliteDatabase } from '../../../subgraphs/sources/sql/sqlite-database';
import {
  addDossier,
  layoutDatabase,
  type LayoutDatabase,
  type LayoutName,
  sampleDossier,
} from '../../support/dossier-layouts';
import { eventually } from '../../support/eventually';
import { figuresOf, inAnyOrder, randomQueries } from '../../support/kept-figures';
import { randomDossiers } from '../../support/random-dossiers';
import { openServerLayout, serverLayout } from '../../support/server-layouts';
import { SERVER_START_MS } from '../../support/servers/shared-server';

const HOLIDAYS: readonly Holiday[] = [
  { date: '2024-04-30', kind: 'off' },
  { date: '2024-05-04', kind: 'work' },
];
const calendar = createWorkingCalendar(HOLIDAYS);
const QUERIES = randomQueries(150, 11);
const TOTAL = QUERIES.find(({ splitBy, groupBy }) => splitBy === null && groupBy === null);

async function openLayout(
  made: LayoutDatabase,
  mapping: DossierMapping = made.mapping,
): Promise<LiveDossiers> {
  const functions = { working_day_number: (day: string) => calendar.dayNumber(day) };
  const kysely = openSqliteDatabase({ database: made.database, functions });
  const close = () => kysely.destroy();
  const database = {
    kysely,
    dialect: SQLITE_DIALECT,
    place: 'SQLite in memory',
    [Symbol.asyncDispose]: close,
  };
  return openLive(database, mapping, { holidays: HOLIDAYS });
}

/** The figures themselves answer, and as the database does. */
async function expectEqualAnswers(
  live: LiveDossiers,
  { figures }: Pick<ReturnType<typeof figuresOf>, 'figures'>,
) {
  let groups = 0;
  for (const query of QUERIES) {
    const expected = inAnyOrder(await live.performance(query));
    groups += expected?.length ?? 0;
    expect({ query, rows: inAnyOrder(await figures.answer(query)) }).toEqual({ query, rows: expected });
  }
  expect(groups).toBeGreaterThan(QUERIES.length);
}

describe.each<LayoutName>(['A', 'B', 'D'])('kept figures of layout %s', (layout) => {
  it('are those that its database counts', async () => {
    await using live = await openLayout(layoutDatabase(layout, randomDossiers(400, 21)));
    await using kept = figuresOf(live).figures;
    await kept.readAll();
    await expectEqualAnswers(live, { figures: kept });
  });

  it('see what was added and changed when they are brought up to date, and what moved or went when all is read', async () => {
    const made = layoutDatabase(layout, randomDossiers(300, 31));
    const { database, mapping } = made;
    const { table, dates, code } = mapping;
    database.exec(`ALTER TABLE ${table} ADD COLUMN CapNhat INTEGER NOT NULL DEFAULT 1717200000000`);
    const updatedAt = dateSchema.parse({ column: 'CapNhat', format: 'epoch-ms' });
    database.exec(`UPDATE ${table} SET CapNhat = 4102444800000 WHERE ${code} LIKE '%0001'`);
    await using live = await openLayout(made, { ...mapping, updatedAt });
    await using kept = figuresOf(live).figures;
    await kept.readAll();

    // A row that says it changes in the year 2100 hides no change.
    const later = Date.parse('2024-06-27T00:00:00Z');
    const change = (text: string, where: string) =>
      database.exec(`UPDATE ${table} SET ${text}, CapNhat = ${later} WHERE ${where}`);
    addDossier(made, layout, sampleDossier({ code: 'MOI-1', receivedAt: '2024-05-06T03:00:00.000Z' }));
    addDossier(made, layout, sampleDossier({ code: 'MOI-2', receivedAt: '2023-02-06T03:00:00.000Z' }));
    change(`${code} = ${code}`, `${code} LIKE 'MOI-%'`);
    const finished = dates.finished?.column ?? '';
    change(`${finished} = ${dates.due?.column}`, `${code} LIKE '%3'`);
    change(`${mapping.status.columns[0]} = ${statusOf(database, mapping)}`, `${code} LIKE '%5'`);
    await kept.bringUpToDate();
    await expectEqualAnswers(live, { figures: kept });

    const { column } = dates.received;
    change(`${column} = (SELECT max(${column}) FROM ${table})`, `${code} LIKE '%17'`);
    database.exec(`DELETE FROM ${table} WHERE ${code} LIKE '%44'`);
    await kept.readAll();
    await expectEqualAnswers(live, { figures: kept });
  });
});

/** The state of some dossier, as the system writes it. */
function statusOf(database: DatabaseSync, { table, status }: DossierMapping): string {
  const column = status.columns[0] ?? '';
  const row = database.prepare(`SELECT quote(${column}) AS status FROM ${table} LIMIT 1`).get();
  return String(row?.['status']);
}

describe('kept figures of PostgreSQL', () => {
  it(
    'are those that it counts',
    async () => {
      await using server = await serverLayout('A on PostgreSQL', randomDossiers(400, 41));
      await using live = await openServerLayout(server, HOLIDAYS);
      await using kept = figuresOf(live).figures;
      await kept.readAll();
      await expectEqualAnswers(live, { figures: kept });
      expect(kept.health().rows).toBeGreaterThan(200);
      await server.database.sql(`DELETE FROM business."HoSos" WHERE "MaHoSo" LIKE '%7'`);
      await server.database.sql(
        `UPDATE business."HoSos" SET "NgayTiepNhan" = "NgayTiepNhan" + interval '1 month' WHERE "MaHoSo" LIKE '%8'`,
      );
      // Nothing tells what changed here, so all is read.
      await kept.bringUpToDate();
      await expectEqualAnswers(live, { figures: kept });
    },
    SERVER_START_MS,
  );
});

describe('a system with kept figures', () => {
  const query = TOTAL ?? QUERIES[0];
  if (query === undefined) throw new Error('There are queries');

  it('is asked itself until they are built', async () => {
    await using live = await openLayout(layoutDatabase('A', randomDossiers(50, 5)));
    const { figures, source } = figuresOf(live);
    expect(await figures.answer(query)).toBeNull();
    expect(await source.performance(query)).toEqual(await live.performance(query));
    expect(figures.health()).toEqual({ asOf: null, rows: 0, bytes: 0, problem: null });
  });

  it('that goes away is answered from them until they are too old, and then says what is wrong', async () => {
    const made = layoutDatabase('A', randomDossiers(50, 6));
    await using live = await openLayout(made);
    const { figures, source, clock } = figuresOf(live);
    await figures.readAll();
    const expected = await live.performance(query);
    made.database.exec(`ALTER TABLE ${made.mapping.table} RENAME TO Gone`);
    await live.refresh();
    await expect(figures.bringUpToDate()).rejects.toMatchObject({ code: 'SOURCE_NO_TABLE' });
    expect(await source.performance(query)).toEqual(expected);
    expect(figures.health().problem).toContain(made.mapping.table);
    clock.ms += 180_001;
    await expect(source.performance(query)).rejects.toMatchObject({ code: 'SOURCE_NO_TABLE' });
  });

  it('builds them by itself, and ends with them', async () => {
    await using live = await openLayout(layoutDatabase('A', randomDossiers(50, 8)));
    const { figures } = figuresOf(live);
    figures.start();
    const { asOf } = await eventually(
      () => figures.health(),
      (health) => health.asOf !== null,
    );
    expect(asOf).toBe('2024-06-28T03:00:00.000Z');
    expect(inAnyOrder(await figures.answer(query))).toEqual(inAnyOrder(await live.performance(query)));
    await figures[Symbol.asyncDispose]();
  });

  it('is asked itself where it has more kinds of a thing than figures can tell apart', async () => {
    const made = layoutDatabase('A', randomDossiers(50, 9));
    const { table, channel } = made.mapping;
    await using live = await openLayout(made);
    const { figures, source } = figuresOf(live);
    const column = channel !== null && 'column' in channel ? channel.column : '';
    for (let i = 0; i < 200; i += 1) {
      const dossier = sampleDossier({ code: `KENH-${i}` });
      addDossier(made, 'A', dossier);
      made.database.exec(
        `UPDATE ${table} SET ${column} = ${1000 + i} WHERE ${made.mapping.code} = 'KENH-${i}'`,
      );
    }
    await expect(figures.readAll()).rejects.toThrow('more than 127 different values of channels');
    expect(await source.performance(query)).toEqual(await live.performance(query));
    expect(figures.health().problem).toContain('channels');
  });

  it('is asked itself about a period that has not begun', async () => {
    await using live = await openLayout(layoutDatabase('A', randomDossiers(50, 7)));
    const { figures, source } = figuresOf(live);
    await figures.readAll();
    const future = { ...query, from: '2026-01-01', to: '2026-12-31', now: '2024-06-28T03:00:00Z' };
    expect(await figures.answer(future)).toBeNull();
    expect(await source.performance(future)).toEqual(await live.performance(future));
  });
});
