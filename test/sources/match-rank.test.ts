import { searchWords } from '../../schema/vietnamese-text';
import { matchRank } from '../../subgraphs/sources/catalogue/match-rank';

const rank = (query: string, name: string) => matchRank(searchWords(query), searchWords(name));

describe('the rank of a name', () => {
  it.each([
    [
      'whole words side by side before beginnings of words',
      'khai sinh',
      'Cấp bản sao trích lục khai sinh cho công dân',
      'Khai sinhh',
    ],
    [
      'words side by side before scattered ones',
      'dang ky sinh',
      'Đăng ký sinh hoạt tôn giáo',
      'Đăng ký khai sinh',
    ],
    ['the order of the query before another one', 'khai sinh', 'Đăng ký khai sinh', 'Sinh khai'],
    ['a name that says no more before one that does', 'khai sinh', 'Khai sinh', 'Khai sinh lưu động'],
    ['beginnings side by side before scattered words', 'khai s', 'Đăng ký khai sinh', 'Khai tử sinh s'],
    ['a word said twice only where it is said twice', 'tu tu', 'Từ từ', 'Từ đó'],
  ])('puts %s', (_, query, near, far) => {
    expect(rank(query, near) < rank(query, far)).toBe(true);
  });

  it.each([
    'Thủ tục đăng ký khai sinh',
    'THỦ TỤC HÀNH CHÍNH: đăng ký khai sinh',
    'Thu tuc dang ky khai sinh',
  ])('does not count the beginning of "%s" against it', (name) => {
    expect(rank('dang ky khai sinh', name)).toBe(rank('dang ky khai sinh', 'Đăng ký khai sinh'));
  });

  it('counts the same words against a name that has them elsewhere', () => {
    expect(rank('khai sinh', 'Khai sinh thủ tục')).not.toBe(rank('khai sinh', 'Khai sinh'));
    expect(rank('khai sinh', 'Hành chính khai sinh')).not.toBe(rank('khai sinh', 'Khai sinh'));
  });

  it('is one for all ways to write the accents', () => {
    const name = 'Đăng ký khai sinh lưu động';
    expect(rank('Đăng ký khai sinh', name)).toBe(rank('dang ky khai sinh', name.normalize('NFD')));
  });

  it('has one width, however long the name', () => {
    expect(rank('khai', `khai${' tử'.repeat(12_000)}`)).toHaveLength(rank('khai', 'khai').length);
  });
});
