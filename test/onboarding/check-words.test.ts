import type { DatabaseSync } from 'node:sqlite';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../subgraphs/onboarding/check/check-report';
import { suggestStatus } from '../../subgraphs/onboarding/check/suggest-status';
import { checkReportOf, runCheck, writeSqliteSystem, type WrittenSystem } from '../support/checked-system';
import { layoutDatabase, type LayoutName, sampleDossier } from '../support/dossier-layouts';

/** Three sound dossiers of each agency, and whatever the test does to them. */
function systemWith(
  layout: LayoutName,
  fault: (database: DatabaseSync) => void,
  changes = {},
): WrittenSystem {
  const dossiers = ['H23.X01', 'H23.X02', 'H23.X03', 'H23.X04'].flatMap((receivingAgency) =>
    [1, 2, 3].map((n) =>
      sampleDossier({
        code: `${receivingAgency}-240603-000${n}`,
        receivingAgency,
        handlingAgency: receivingAgency,
      }),
    ),
  );
  const { database, mapping } = layoutDatabase(layout, dossiers);
  fault(database);
  return writeSqliteSystem({ database, mapping, changes });
}

async function findingsOf(system: WrittenSystem, args: readonly string[] = []): Promise<readonly Finding[]> {
  using written = system;
  const { report } = await checkReportOf(written, args);
  return report.findings;
}

function brief({ code, severity, place, count, values }: Finding) {
  return { code, severity, place, count, values };
}

describe('onboard check on words', () => {
  it('counts status words that the mapping does not know, and says which status each probably is', async () => {
    const system = systemWith('B', (database) => {
      database.exec(`UPDATE cmon_hosotthccong SET TRANGTHAIHOSO = 'DANG_XL' WHERE TENCOQUANTIEPNHAN LIKE '%X01';
        UPDATE cmon_hosotthccong SET TRANGTHAIHOSO = 'Chờ Sở ký' WHERE MASOHOSO = 'H23.X02-240603-0001'`);
    });
    expect((await findingsOf(system)).map(brief)).toEqual([
      {
        code: 'STATUS_UNMAPPED',
        severity: 'warning',
        place: 'TRANGTHAIHOSO',
        count: 4,
        values: [
          { value: 'DANG_XL', count: 3, suggestion: '4 (đang xử lý)' },
          { value: 'Chờ Sở ký', count: 1, suggestion: '4 (đang xử lý)' },
        ],
      },
    ]);
  });

  it('counts rows of agencies that the mapping does not know: they are not served', async () => {
    const system = systemWith('B', (database) => {
      database.exec(`UPDATE cmon_hosotthccong SET TENCOQUANTIEPNHAN = 'SO H23.X01' WHERE TENCOQUANTIEPNHAN = 'Sở H23.X01';
        UPDATE cmon_hosotthccong SET TENCOQUANXULY = 'Phòng A' WHERE TENCOQUANTIEPNHAN = 'Sở H23.X02'`);
    });
    const { report, exitCode } = await checkReportOf(system);
    system[Symbol.dispose]();
    const { findings } = report;
    expect(findings.map(brief)).toEqual([
      {
        code: 'AGENCY_UNKNOWN',
        severity: 'error',
        place: 'TENCOQUANTIEPNHAN',
        count: 3,
        values: [
          { value: 'SO H23.X01', count: 3, suggestion: 'H23.X01 (as "Sở H23.X01"; or match: folded)' },
        ],
      },
      {
        code: 'HANDLING_AGENCY_UNKNOWN',
        severity: 'warning',
        place: 'TENCOQUANXULY',
        count: 3,
        values: [{ value: 'Phòng A', count: 3, suggestion: null }],
      },
      {
        code: 'AGENCY_WITHOUT_DOSSIERS',
        severity: 'note',
        place: 'TENCOQUANTIEPNHAN',
        count: null,
        values: [{ value: 'H23.X01', count: 0, suggestion: null }],
      },
    ]);
    expect(report.dossiers).toMatchObject({ rows: 12, served: 9 });
    expect(exitCode).toBe(1);
  });

  it('guesses the agency of a code in the other notation', async () => {
    const system = systemWith('D', (database) =>
      database.exec(
        "UPDATE opencps_dossier SET govAgencyCode = '000.00.X02.H23' WHERE govAgencyCode = 'H23.X02'",
      ),
    );
    const [finding] = await findingsOf(system);
    expect(finding?.values).toEqual([{ value: '000.00.X02.H23', count: 3, suggestion: 'H23.X02' }]);
  });

  it('counts channels that the mapping does not know; an empty one is the desk', async () => {
    const system = systemWith('B', (database) => {
      database.exec(`UPDATE cmon_hosotthccong SET HINHTHUCNOP = NULL WHERE TENCOQUANTIEPNHAN LIKE '%X01';
        UPDATE cmon_hosotthccong SET HINHTHUCNOP = 'Qua mạng' WHERE TENCOQUANTIEPNHAN LIKE '%X02'`);
    });
    expect((await findingsOf(system)).map(brief)).toEqual([
      {
        code: 'CHANNEL_UNMAPPED',
        severity: 'warning',
        place: 'HINHTHUCNOP',
        count: 3,
        values: [{ value: 'Qua mạng', count: 3, suggestion: 'ONLINE' }],
      },
    ]);
  });

  it('tells agencies of the mapping that the directory does not have', async () => {
    const system = systemWith('A', () => undefined);
    writeFileSync(join(system.folder, 'few.json'), JSON.stringify([{ code: 'H23.X01' }, { code: 'H23.X2' }]));
    const [finding] = await findingsOf(system, ['--directory', 'few.json']);
    expect(finding).toMatchObject({ code: 'AGENCY_NOT_IN_DIRECTORY', severity: 'error' });
    expect(finding?.values.map(({ value }) => value).sort()).toEqual(['H23.X02', 'H23.X03', 'H23.X04']);
  });

  it('never shows what looks personal, also where a mapping points at the wrong column', async () => {
    const system = systemWith('D', (database) =>
      database.exec(`UPDATE opencps_dossier SET dossierStatus = '030099001234' WHERE govAgencyCode = 'H23.X01';
        UPDATE opencps_dossier SET dossierStatus = 'nguyen.van.a@example.vn' WHERE govAgencyCode = 'H23.X02';
        UPDATE opencps_dossier SET dossierStatus = 'gọi 0912 345 678' WHERE govAgencyCode = 'H23.X03'`),
    );
    const [finding] = await findingsOf(system);
    expect(finding?.values.map(({ value }) => value).sort()).toEqual(['gọi ●●●', '●●●', '●●●']);
  });
});

describe('onboard check on procedures', () => {
  it('counts codes that neither the province nor the system lists, and names the national code behind a local one', async () => {
    const system = systemWith('A', (database) => {
      database.exec(`UPDATE Business_HoSos SET MaTTHC = '1.000001.000.00.00.H23' WHERE MaHoSo LIKE 'H23.X01%';
        UPDATE Business_HoSos SET MaTTHC = '9.999999' WHERE MaHoSo = 'H23.X02-240603-0001';
        UPDATE Business_HoSos SET MaTTHC = NULL WHERE MaHoSo = 'H23.X02-240603-0002'`);
    });
    expect((await findingsOf(system)).map(brief)).toEqual([
      {
        code: 'PROCEDURE_UNKNOWN',
        severity: 'warning',
        place: 'MaTTHC',
        count: 4,
        values: [
          { value: '1.000001.000.00.00.H23', count: 3, suggestion: '1.000001' },
          { value: '9.999999', count: 1, suggestion: null },
        ],
      },
      { code: 'PROCEDURE_MISSING', severity: 'warning', place: 'MaTTHC', count: 1, values: [] },
    ]);
  });

  it('counts names that lead to no code, or to a code of no catalogue', async () => {
    const system = systemWith('B', (database) => {
      database.exec(`UPDATE cmon_hosotthccong SET TENTHUTUCHANHCHINH = 'Đăng ký gì đó' WHERE MASOHOSO LIKE 'H23.X01%';
        UPDATE cmon_thutuchanhchinh SET MA = '7.000000' WHERE MA = '1.000001'`);
    });
    const [finding] = await findingsOf(system);
    expect(finding?.values).toEqual([
      { value: 'Thủ tục 1.000001 → 7.000000', count: 9, suggestion: null },
      { value: 'Đăng ký gì đó', count: 3, suggestion: null },
    ]);
  });

  it("counts the system's own catalogue by publishing agency, and knows its codes", async () => {
    const procedures = {
      table: 'ThuTucs',
      columns: { code: 'Ma', name: 'Ten' },
      publishedBy: { column: 'DonVi', values: { a: 'H23.X01', b: 'H23.X02' } },
    };
    const system = systemWith(
      'A',
      (database) =>
        database.exec(`CREATE TABLE ThuTucs (Ma TEXT, Ten TEXT, DonVi TEXT);
          INSERT INTO ThuTucs VALUES ('1.000001', 'x', 'a'), ('5.5', 'y', 'a'), ('5.5', 'y', 'a'), ('6.6', 'z', 'c');
          UPDATE Business_HoSos SET MaTTHC = '5.5' WHERE MaHoSo LIKE 'H23.X01%'`),
      { procedures },
    );
    const { report } = await checkReportOf(system, ['--catalogue', 'none']);
    system[Symbol.dispose]();
    expect(report.procedures).toEqual({ rows: 4, agencies: [{ agency: 'H23.X01', rows: 3 }] });
    const { findings } = report;
    expect(findings.map(({ code, count, examples }) => [code, count, examples])).toEqual([
      ['PROCEDURE_AGENCY_UNKNOWN', 1, []],
      ['PROCEDURE_DUPLICATE', 1, ['5.5']],
    ]);
  });

  it('tells a column of the catalogue that vanished, and a value of it that cannot be read', async () => {
    const catalogue = `CREATE TABLE ThuTucs (Ma TEXT, Ten TEXT, NgayLam TEXT);
      INSERT INTO ThuTucs VALUES ('1.000001', 'x', 'mươi ngày')`;
    const columns = { code: 'Ma', name: 'Ten', workingDays: 'NgayLam' };
    const publishedBy = { constant: 'H23.X01' };
    const odd = systemWith('A', (database) => database.exec(catalogue), {
      procedures: { table: 'ThuTucs', columns, publishedBy },
    });
    expect((await findingsOf(odd)).map(({ code, place, count }) => [code, place, count])).toEqual([
      ['NUMBER_UNREADABLE', 'NgayLam', 1],
    ]);
    const poor = systemWith('A', (database) => database.exec(catalogue), {
      procedures: { table: 'ThuTucs', columns: { ...columns, field: 'LinhVuc' }, publishedBy },
    });
    const [missing] = await findingsOf(poor);
    expect(missing).toMatchObject({ code: 'SOURCE_NO_COLUMN', severity: 'error' });
    expect(missing?.message.en).toContain('LinhVuc');
  });

  it('matches names to the catalogue: what is close is listed with its score, and what is decided by hand is not', async () => {
    const { mapping } = layoutDatabase('B', []);
    const system = systemWith(
      'B',
      (database) => {
        const name = database.prepare(
          'UPDATE cmon_hosotthccong SET TENTHUTUCHANHCHINH = ? WHERE MASOHOSO LIKE ?',
        );
        name.run('Đăng ký khai sinh', 'H23.X01%');
        name.run('Đăng ký lại việc khai tử', 'H23.X02%');
        name.run('Sửa ống nước', 'H23.X03%');
        name.run('Việc nội bộ', 'H23.X04%');
      },
      {
        dossiers: {
          ...mapping,
          procedure: { column: 'TENTHUTUCHANHCHINH', byName: { decided: { 'Việc nội bộ': null } } },
        },
      },
    );
    writeFileSync(
      join(system.folder, 'names.csv'),
      'Mã TTHC,Tên TTHC\n1.1,Thủ tục đăng ký khai sinh\n1.2,Thủ tục đăng ký khai tử\n1.3,Thủ tục đăng ký kết hôn\n',
    );
    const findings = (await findingsOf(system, ['--catalogue', 'names.csv'])).filter(({ code }) =>
      code.startsWith('PROCEDURE'),
    );
    expect(findings.map(({ code, count, values }) => [code, count, values[0]?.value])).toEqual([
      ['PROCEDURE_DOUBTFUL', 3, 'Đăng ký lại việc khai tử'],
      ['PROCEDURE_UNKNOWN', 3, 'Sửa ống nước'],
    ]);
    expect(findings[0]?.values[0]?.suggestion).toMatch(/^1\.2 \(0\.\d\d\) Thủ tục đăng ký khai tử/);
  });

  it('says so when there is nothing to compare procedures with', async () => {
    const findings = await findingsOf(
      systemWith('A', () => undefined),
      ['--catalogue', 'none'],
    );
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['NO_CATALOGUE', 'note']]);
  });

  it.each([
    ['procedures.csv', 'stt,Mã TTHC,Tên\n1,1.000001,x\n'],
    ['list.json', '[{"code":"1.000001"}]'],
  ])('reads the catalogue of the province from %s', async (file, content) => {
    const system = systemWith('A', () => undefined);
    writeFileSync(join(system.folder, file), content);
    expect(await findingsOf(system, ['--catalogue', file])).toEqual([]);
  });

  it('refuses a catalogue that has no codes', async () => {
    using system = systemWith('A', () => undefined);
    writeFileSync(join(system.folder, 'wrong.csv'), 'a,b\n1,2\n');
    await expect(runCheck(system, ['--catalogue', 'wrong.csv'])).rejects.toThrow(
      'needs a column named "code" or "Mã TTHC"; it has a, b',
    );
  });
});

describe('the status that a word probably means', () => {
  it.each([
    ['DANG_XL', 4],
    ['Đã trả kết quả cho dân', 10],
    ['DA TRA KQ', 10],
    ['Hoàn thành', 9],
    ['Chờ bổ sung hồ sơ', 5],
    ['Từ chối', 3],
    ['7', 7],
    ['processing', 4],
  ])('%s is %d', (word, status) => {
    expect(suggestStatus(word)).toMatch(new RegExp(`^${status} `));
  });

  it.each(['x', '42', 'LOAI', 'new', 'Nguyễn Văn A'])('%s is anything', (word) => {
    expect(suggestStatus(word)).toBeNull();
  });
});
