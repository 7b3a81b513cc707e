import { createProcedureMatcher } from '../../../subgraphs/sources/values/procedure-matcher';
import { readRegisteredProcedures } from '../../support/registered-procedures';

const CATALOGUE = [
  { code: '1', name: 'Thủ tục đăng ký khai sinh' },
  { code: '2', name: 'Thủ tục đăng ký khai sinh có yếu tố nước ngoài' },
  { code: '3', name: 'Thủ tục đăng ký lại khai sinh' },
  { code: '4', name: 'Cấp giấy phép xây dựng nhà ở riêng lẻ' },
  { code: '5', name: 'Cấp lại giấy phép xây dựng nhà ở riêng lẻ' },
  { code: '6', name: 'Cấp giấy chứng nhận đủ điều kiện kinh doanh thuốc thú y' },
  { code: '7', name: 'Cấp giấy chứng nhận đủ điều kiện kinh doanh thuốc bảo vệ thực vật, ' },
  { code: '8', name: '1.\tXác nhận tình trạng hôn nhân (bãi bỏ vì trùng lặp mã 1.003448)' },
  { code: '9', name: 'Hỗ trợ chi phí mai táng' },
  { code: '10', name: 'Hỗ trợ chi phí mai táng' },
];

describe('a procedure by its name', () => {
  const match = createProcedureMatcher(CATALOGUE, {
    decided: { 'Khai sinh (cũ)': '1', 'Việc khác': null },
  });

  it.each<[string, string]>([
    ['Thủ tục đăng ký khai sinh', '1'],
    ['ĐĂNG KÝ KHAI SINH', '1'],
    ['dang ky khai sinh', '1'],
    ['Đăng ký khai sinh'.normalize('NFD'), '1'],
    ['3. Thủ tục hành chính đăng ký khai sinh,', '1'],
    ['Đăng ký khai sinh (đã thay thế bằng mã 2.000000)', '1'],
    ['Đăng ký lại khai sinh', '3'],
    ['Cấp giấy phép xây dựng nhà ở riêng lẻ', '4'],
    ['Cấp lại giấy phép xây dựng nhà ở riêng lẻ', '5'],
    ['Cấp giấy phép xây dựng đối với nhà ở riêng lẻ', '4'],
    ['Cấp giấy phép xây dưng nhà ở riêg lẻ', '4'],
    ['Cấp giấy chứng nhận đủ điều kiện kinh doanh thuốc bảo vệ thực vật', '7'],
    ['Xác nhận tình trạng hôn nhân', '8'],
    ['khai sinh (CŨ)', '1'],
  ])('is for %j the one of code %s', (name, code) => {
    expect(match(name)).toMatchObject({ code });
  });

  it('is decided by hand before anything else, also to be none', () => {
    expect(match('Việc khác')).toEqual({ code: null, score: 1 });
  });

  it.each<[string, readonly string[]]>([
    ['Hỗ trợ chi phí mai táng', ['10', '9']],
    ['Cấp đổi giấy phép xây dựng nhà ở riêng lẻ', ['4']],
    ['Cấp giấy chứng nhận đủ điều kiện kinh doanh thuốc', ['6', '7']],
    ['Đăng ký khai sinh lưu động', ['1']],
  ])('is doubtful for %j, and the likely ones are told', (name, codes) => {
    const found = match(name);
    if (found === null || !('doubtful' in found))
      throw new Error(`Expected a doubt, got ${JSON.stringify(found)}`);
    expect(found.doubtful.map(({ code }) => code)).toEqual(expect.arrayContaining([...codes]));
    expect(found.doubtful[0]?.score).toBeGreaterThanOrEqual(found.doubtful.at(-1)?.score ?? 0);
  });

  it.each(['Bay lên mặt trăng', '', '...'])('is nothing for %j', (name) => {
    expect(match(name)).toBeNull();
  });

  it('is never another one for a name of the real catalogue, however it is written', () => {
    const records = readRegisteredProcedures();
    const real = createProcedureMatcher(records);
    const wrong = records.flatMap(({ code, name }) => {
      const found = real(`2. ${name.toUpperCase()} ,`.normalize('NFD'));
      if (found === null) return [name];
      if ('doubtful' in found)
        return found.doubtful.some((one) => one.code === code) || found.doubtful.length === 5 ? [] : [name];
      return found.code === code ? [] : [name];
    });
    expect(wrong).toEqual([]);
  });
});
