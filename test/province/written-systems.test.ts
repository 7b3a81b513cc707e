import { DatabaseSync } from 'node:sqlite';
import type { TableLayoutName } from '../../subgraphs/province/province-layout';
import { systemDossierMapping } from '../../subgraphs/province/system-layout';
import { writeDossiers } from '../../subgraphs/province/write-system';
import { openSqliteDossiers } from '../../subgraphs/sources/sql/open-dossier-source';
import { createTestProvince } from '../support/test-province';

const LAYOUTS: readonly TableLayoutName[] = ['A', 'B', 'D'];
const { agencies, calendar, dossiers } = createTestProvince({ seed: 'layouts', count: 2_000 });

function writtenIn(layout: TableLayoutName): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  writeDossiers({ database, layout, agencies, dossiers });
  return database;
}

describe('a system written in layout', () => {
  it.each(LAYOUTS)('%s reads back as it was generated', async (layout) => {
    const receivers = agencies.map(({ code }) => code);
    const mapping = systemDossierMapping(layout, agencies, receivers);
    await using opened = openSqliteDossiers({ database: writtenIn(layout), mapping, calendar });
    const some = dossiers.filter((_, place) => place % 13 === 0);

    const rows = await opened.source.findByCodes(some.map(({ code }) => code));

    const facts = new Map(
      rows.map((row) => [
        row.code,
        [row.aliases, row.receivingAgency, row.handlingAgency, row.status, row.channel, row.isSynthetic],
      ]),
    );
    const dates = new Map(
      rows.map((row) => [row.code, [row.submittedAt, row.receivedAt, row.dueAt, row.finishedAt]]),
    );
    const withMilliseconds = (instant: string | null) => instant && new Date(instant).toISOString();
    for (const dossier of some) {
      const { code, aliases, receivingAgency, handlingAgency, status, channel } = dossier;
      expect(facts.get(code)).toEqual([aliases, receivingAgency, handlingAgency, status, channel, true]);
      expect(dates.get(code)).toEqual(
        [dossier.submittedAt, dossier.receivedAt, dossier.dueAt, dossier.finishedAt].map(withMilliseconds),
      );
    }
  });

  it.each(LAYOUTS)('%s serves only the agencies that it receives for', async (layout) => {
    const [first] = dossiers;
    const mapping = systemDossierMapping(layout, agencies, [first?.receivingAgency ?? '']);
    await using opened = openSqliteDossiers({ database: writtenIn(layout), mapping, calendar });

    const counts = await opened.source.countByAgency({ criteria: {}, now: '2024-06-28T03:00:00Z' });

    expect([...counts.keys()]).toEqual([first?.receivingAgency]);
  });

  it.each([
    ['A', 'SELECT NgayTra AS value FROM Business_HoSos WHERE TrangThaiHoSoId = 3', null],
    [
      'B',
      "SELECT NGAYTRAKETQUA AS value FROM cmon_hosotthccong WHERE TRANGTHAIHOSO = 'Không được tiếp nhận'",
      '1753-01-01 00:00:00',
    ],
    ['D', "SELECT finishDate AS value FROM opencps_dossier WHERE dossierStatus = 'denied'", null],
  ] as const)('%s spells a date that is not there in its own way', (layout, query, absent) => {
    const values = writtenIn(layout).prepare(query).all();

    expect(values.length).toBeGreaterThan(0);
    expect(new Set(values.map(({ value }) => value))).toEqual(new Set([absent]));
  });

  it('B has no codes of procedures in its dossiers, and D the notation of 2016', () => {
    const [dossierOfB] = writtenIn('B').prepare('SELECT * FROM cmon_hosotthccong').all();
    const [dossierOfD] = writtenIn('D').prepare('SELECT govAgencyCode FROM opencps_dossier').all();

    expect(Object.values(dossierOfB ?? {})).not.toContain(dossiers[0]?.procedureCode);
    expect(dossierOfD?.['govAgencyCode']).toMatch(/^000\.00\.X\d\d\.H23$/);
  });
});
