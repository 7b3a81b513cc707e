import { findProcedureIssues } from '../../subgraphs/sources/catalogue/procedure-issues';
import { competenceOn } from '../../subgraphs/sources/catalogue/procedure-record';
import { readProceduresCsv } from '../../subgraphs/sources/catalogue/read-procedures-csv';
import { readRegisteredProcedures } from '../support/registered-procedures';

const records = readRegisteredProcedures();
const byCode = new Map(records.map((record) => [record.code, record]));

describe('the registered procedures', () => {
  it('are 2,037, each with a code of its own', () => {
    expect(records).toHaveLength(2037);
    expect(byCode.size).toBe(2037);
  });

  it('get marked local codes in file order where the source has none', () => {
    const local = records.filter(({ hasLocalCode }) => hasLocalCode).map(({ code }) => code);

    expect(local).toHaveLength(23);
    expect(local[0]).toBe('H23-LOCAL-0001');
    expect(local[22]).toBe('H23-LOCAL-0023');
  });

  it('of district or commune are published once by the province and carried out by twelve districts, then by communes', () => {
    const birth = byCode.get('1.001193');

    expect(birth && competenceOn(birth, '2024-06-28')).toMatchObject({
      agency: 'H23',
      validTo: '2025-06-30',
    });
    expect(birth && competenceOn(birth, '2024-06-28')?.implementingAgencies).toHaveLength(12);
    expect(birth && competenceOn(birth, '2025-07-01')).toMatchObject({
      agency: 'H24',
      implementingAgencies: ['H24.X02'],
    });
  });

  it('have at most one competence on any day', () => {
    for (const day of ['2020-01-01', '2025-02-28', '2025-03-01', '2025-06-30', '2025-07-01', '2026-10-01']) {
      for (const { competences } of records) {
        const holding = competences.filter(
          ({ validFrom, validTo }) => (validFrom ?? '') <= day && day <= (validTo ?? '9999'),
        );
        expect(holding.length).toBeLessThanOrEqual(1);
      }
    }
  });

  it('refuse a word that is not known, naming it', () => {
    const files = {
      agencies: 'key,level,valid_to\n',
      agencyCodes: 'agency_key,scheme,code\nstp,QD_20_2020,H23.X04\n',
    };
    const header =
      'code,name_vi,field_vi,level,agency_2020,agency_2025,agency_kind,performing_agency_raw,channels,time_value,time_unit,time_online,time_direct,time_postal,processing_days_working,fee_vnd_min,fee_vnd_max,online_available,online_level,legal_basis,decision_no,result_vi,applicant_vi,era,source,certainty,note';
    const row = '1.000001,A,,khu phố,stp,stp,,,,,,,,,,,,,,,,,,,,,';

    expect(() => readProceduresCsv({ ...files, procedures: `${header}\n${row}\n` })).toThrow('khu phố');
  });
});

describe('the issues of the registered procedures', () => {
  const issues = records.flatMap((record) =>
    findProcedureIssues(record).map((issue) => ({ ...issue, record })),
  );
  const count = (code: string) => issues.filter((issue) => issue.code === code).length;

  it.each([
    ['UNIT_MISSING', 199],
    ['TIME_DIFFERS_BY_CHANNEL', 102],
    ['TIME_AND_FEE_RUN_TOGETHER', 19],
    ['CODE_MISSING', 23],
    ['FEE_SUSPECTED_DECIMAL', 43],
    ['FEE_SPREAD_SUSPICIOUS', 6],
    ['NOTE_IN_NAME', 4],
    ['NAME_NOT_CLEAN', 34],
  ])('say %s for %i procedures', (code, expected) => {
    expect(count(code)).toBe(expected);
  });

  it('name the value in question', () => {
    const birth = issues.find(({ record }) => record.code === '1.001193');

    expect(birth).toMatchObject({ code: 'UNIT_MISSING', detail: expect.stringContaining('"1"') as string });
  });
});

describe('the issues of names', () => {
  const named = (name: string) => {
    const [record] = records;
    if (record === undefined) throw new Error('no records');
    return findProcedureIssues({ ...record, name }).map(({ code }) => code);
  };

  it.each([
    ['Đăng ký khai sinh (bãi bỏ vì trùng lặp mã 1.003448)', ['NOTE_IN_NAME']],
    ['Cấp giấy phép (thủ tục sai Quyết định, thay bằng mã 7203)', ['NOTE_IN_NAME']],
    ['Bãi bỏ đường ngang', []],
    ['CẤP GIẤY PHÉP XÂY DỰNG', ['NAME_NOT_CLEAN']],
    ['Cấp giấy phép, ', ['NAME_NOT_CLEAN']],
    ['1.\tCấp giấy phép', ['NAME_NOT_CLEAN']],
    ['Cấp giấy phép..', ['NAME_NOT_CLEAN']],
    ['Cấp giấy phép B2', []],
  ])('of "%s" are %j', (name, expected) => {
    expect(named(name)).toEqual(expected);
  });
});
