import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { runOnboard } from '../../subgraphs/onboarding/run-onboard';
import { checkReportOf, runCheck, writeSqliteSystem, type WrittenSystem } from '../support/checked-system';
import { recordedIo } from '../support/command-io';
import { layoutDatabase, type LayoutName, sampleDossier } from '../support/dossier-layouts';

function systemWith(
  layout: LayoutName,
  fault: (database: DatabaseSync) => void,
  changes = {},
): WrittenSystem {
  const dossiers = ['H23.X01', 'H23.X02', 'H23.X03', 'H23.X04'].map((receivingAgency) =>
    sampleDossier({ code: `${receivingAgency}-240603-0001`, receivingAgency, dueAt: null }),
  );
  const { database, mapping } = layoutDatabase(layout, dossiers);
  fault(database);
  return writeSqliteSystem({ database, mapping, changes });
}

describe('onboard check on a system that is not as its mapping says', () => {
  it('tells each column that vanished, with its place in the mapping, and checks everything else', async () => {
    using system = systemWith('A', (database) =>
      database.exec(`ALTER TABLE Business_HoSos RENAME COLUMN NgayKetThucXuLy TO NGAY_KET_THUC_XU_LY;
        ALTER TABLE Business_HoSos DROP COLUMN KenhThucHien;
        UPDATE Business_HoSos SET TrangThaiHoSoId = 99`),
    );
    const { report, exitCode } = await checkReportOf(system);
    expect(report.findings.map(({ code, place, count }) => [code, place, count])).toEqual([
      ['SOURCE_NO_COLUMN', 'Business_HoSos.KenhThucHien (dossiers.channel)', null],
      ['SOURCE_NO_COLUMN', 'Business_HoSos.NgayKetThucXuLy (dossiers.dates.finished)', null],
      ['NO_DUE_DATE', null, 4],
      ['STATUS_UNMAPPED', 'TrangThaiHoSoId', 4],
    ]);
    expect(report.findings[1]?.message.en).toContain('did you mean "NGAY_KET_THUC_XU_LY"?');
    expect(report.connection).toBe('partial');
    expect(report.queries).toBeNull();
    expect(exitCode).toBe(1);
  });

  it.each([
    ['MaHoSo', 'dossiers.code, dossiers.supplements.refersTo, dossiers.steps.refersTo'],
    ['DonViId', 'dossiers.receivingAgency'],
    ['TrangThaiHoSoId', 'dossiers.status'],
    ['NgayTiepNhan', 'dossiers.dates.received'],
  ])('still checks the rest without %s', async (column, path) => {
    using system = systemWith('A', (database) =>
      database.exec(`ALTER TABLE Business_HoSos RENAME COLUMN ${column} TO Khac;
        UPDATE Business_HoSos SET KenhThucHien = '7'`),
    );
    const { report } = await checkReportOf(system);
    expect(report.findings[0]).toMatchObject({
      code: 'SOURCE_NO_COLUMN',
      place: `Business_HoSos.${column} (${path})`,
    });
    expect(report.findings).toContainEqual(expect.objectContaining({ code: 'CHANNEL_UNMAPPED', count: 4 }));
    expect(report.notChecked).toEqual([]);
  });

  it('tells a table of supplements that is not there, and checks the dossiers', async () => {
    using system = systemWith('A', (database) => database.exec('DROP TABLE Business_HoSoBoSungs'));
    const { report } = await checkReportOf(system);
    const missing = report.findings.filter(({ code }) => code === 'SOURCE_NO_TABLE');
    expect(missing).toHaveLength(1);
    expect(missing[0]?.message.en).toContain('no such table: Business_HoSoBoSungs');
    expect(report.findings).toContainEqual(expect.objectContaining({ code: 'NO_DUE_DATE', count: 4 }));
  });

  it('tells the table of the dossiers that is not there, and a similar one that is', async () => {
    using system = systemWith('A', (database) =>
      database.exec('ALTER TABLE Business_HoSos RENAME TO BusinessHoSos'),
    );
    const { report, exitCode } = await checkReportOf(system);
    expect(report.findings.map(({ code, place }) => [code, place])).toEqual([
      ['SOURCE_NO_TABLE', 'Business_HoSos (dossiers.table)'],
    ]);
    expect(report.findings[0]?.message.en).toContain('did you mean "BusinessHoSos"?');
    expect(report.dossiers).toBeNull();
    expect(exitCode).toBe(1);
  });

  it('ends with 3 when nobody answers, with a report all the same', async () => {
    using system = systemWith('A', () => undefined, {
      connection: { dialect: 'sqlite', file: 'nowhere.sqlite' },
    });
    const { report, exitCode } = await checkReportOf(system, ['--html', 'page.html']);
    expect(exitCode).toBe(3);
    expect(report.connection).toBe('unreachable');
    expect(report.findings.map(({ code }) => code)).toEqual(['SOURCE_BAD_FILE']);
    const { out } = await runCheck(system);
    expect(out).toContain('The system cannot be reached');
  });

  it('tells a file that is no database', async () => {
    using system = systemWith('A', () => undefined);
    writeFileSync(join(system.folder, 'system.sqlite'), 'x'.repeat(5_000));
    const { report, exitCode } = await checkReportOf(system);
    expect(report.findings.map(({ severity }) => severity)).toEqual(['error']);
    expect(exitCode).toBe(3);
  });

  it('lists all mistakes of a mapping at once, with exit code 2', async () => {
    using system = systemWith('A', () => undefined, { version: 2, agencies: [], unheardOf: true });
    const io = recordedIo({ cwd: system.folder });
    expect(await runOnboard(['check', 'system.yaml', '--json'], io)).toBe(2);
    for (const path of ['version', 'agencies', 'unheardOf']) expect(io.err()).toContain(path);
    expect(JSON.parse(io.out())).toMatchObject({ error: { code: 'CONFIG_ERROR' } });
  });

  it.each([
    [[], 'FILE is missing'],
    [['system.yaml', '--now', 'gestern'], 'must be an instant such as'],
    [['system.yaml', '--catalogue', 'nowhere.json'], 'cannot be read'],
    [['system.yaml', '--html', 'no/such/folder/page.html'], 'cannot be written'],
    [['system.yaml', '--what'], "Unknown option '--what'"],
  ])('refuses %j', async (args, message) => {
    using system = systemWith('A', () => undefined);
    const io = recordedIo({ cwd: system.folder });
    expect(await runOnboard(['check', ...args], io)).toBe(2);
    expect(io.err()).toContain(message);
  });
});

describe('the exit code', () => {
  it('is 0 with warnings, and 1 with --strict', async () => {
    using system = systemWith('A', () => undefined);
    expect((await runCheck(system)).exitCode).toBe(0);
    expect((await runCheck(system, ['--strict'])).exitCode).toBe(1);
  });
});
