import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';

import { compareBytewise } from '../../schema/bytewise';
import { projectRoot } from '../../schema/runtime/project-root';
import {
  foldForMatch,
  foldForSearch,
  matchesSearch,
  searchWords,
  sortKey,
} from '../../schema/vietnamese-text';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(...'aăâbdđeêioôơuưyàảãáạẤệỢưĐHx019 -,.\u0301\u0323\u0302'),
    maxLength: 20,
  }),
);
const letters = [...'aăâbcdđeêghiklmnoôơpqrstuưvxy'];

function inOrder(texts: readonly string[]): string[] {
  return texts.toSorted((a, b) => compareBytewise(sortKey(a), sortKey(b)));
}

/** Any other order than the one to be found. */
function shuffled(texts: readonly string[]): string[] {
  return texts.toSorted((a, b) => a.length - b.length || (a < b ? 1 : -1)).toReversed();
}

function communeNames(): string[] {
  const rows: { name_vi: string }[] = parse(
    readFileSync(join(projectRoot(), 'subgraphs/province/data/communes.csv')),
    { columns: true },
  );
  return rows.map((row) => row.name_vi);
}

describe('sortKey', () => {
  it.each([
    ['the letters of the alphabet, f j w z at their Latin places', [...'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz']],
    ['the tones of dictionaries', ['ba', 'bà', 'bả', 'bã', 'bá', 'bạ']],
    ['tones on letters with a shape', ['ân', 'ần', 'ẩn', 'ẫn', 'ấn', 'ận']],
    ['letters before tones', ['Ba Đình', 'Bà Rịa', 'Bá Thước', 'Bắc An', 'Bắc Giang', 'Bến Tắm']],
    ['the first word that differs in tone', ['An Hoa', 'An Hoà', 'Àn Hoa']],
    ['small letters before capitals, last of all', ['an', 'An', 'àn', 'Àn']],
    ['a word that ends before one that goes on', ['An', 'An Bình', 'An Sơn', 'Anh', 'Anh Dũng']],
    ['digits one by one, before letters', ['Phường 1', 'Phường 10', 'Phường 9', 'Phường An Lưu']],
    ['every word with a before those with ă, those before â', ['az', 'ăn', 'ăz', 'ân', 'b']],
    ['đ after every d', ['Dân Chủ', 'Duy Tân', 'Đại Đức', 'Đức Chính', 'Em']],
    ['letters of other scripts after z', ['Zuy', 'Ω', 'Ж', '中']],
    ['nothing before everything', ['', '0', 'a']],
  ])('orders %s', (_what, expected) => {
    expect(inOrder(shuffled(expected))).toEqual(expected);
  });

  it('orders the districts of Hải Dương as a Vietnamese list does', () => {
    const expected = [
      'Huyện Bình Giang',
      'Huyện Cẩm Giàng',
      'Huyện Gia Lộc',
      'Huyện Kim Thành',
      'Huyện Nam Sách',
      'Huyện Ninh Giang',
      'Huyện Thanh Hà',
      'Huyện Thanh Miện',
      'Huyện Tứ Kỳ',
      'Thành phố Chí Linh',
      'Thành phố Hải Dương',
      'Thị xã Kinh Môn',
    ];

    expect(inOrder(shuffled(expected))).toEqual(expected);
  });

  it.each([
    ['Phường Chí Linh', 'Phường Chí Minh'],
    ['Xã Chi Lăng Nam', 'Xã Chí Minh'],
    ['Xã Cẩm Giang', 'Xã Cẩm Giàng'],
    ['Phường Việt Hoà', 'Xã Hoà Bình'],
    ['Xã Tân An', 'Xã Tân Hồng'],
    ['Xã Tân Hồng', 'Xã Tân Hương'],
    ['Xã Dân Chủ', 'Xã Đại Đức'],
    ['Xã Thanh Xuân', 'Xã Thăng Long'],
    ['Xã Thống Nhất', 'Xã Thúc Kháng'],
    ['Xã Thúc Kháng', 'Xã Thượng Vũ'],
    ['Xã Vũ Dũng', 'Xã Yết Kiêu'],
    ['Xã Phúc Điền', 'Xã Phượng Kỳ'],
  ])('puts %s before %s', (first, second) => {
    expect(compareBytewise(sortKey(first), sortKey(second))).toBe(-1);
  });

  it.each([
    ['Việt Hoà', 'Việt Hòa'],
    ['Thanh Thuỷ', 'Thanh Thủy'],
    ['Ứng Hoè', 'Ứng Hòe'],
    ['Sao Đỏ', 'Sao Ðỏ'],
    ['hộ tịch - cấp lại', 'hộ tịch, cấp lại'],
    ['  (Hộ tịch) ', 'Hộ tịch'.normalize('NFD')],
    ['Hộ\u200Btịch', 'Hộtịch'],
  ])('gives %j and %j one key', (a, b) => {
    expect(sortKey(a)).toBe(sortKey(b));
  });

  it('agrees with the Unicode collation for vi on the communes of the province', () => {
    // Where the tone mark stands is a difference to the collation and none to us: it gets names with the new position.
    const unicode = new Intl.Collator('vi', { caseFirst: 'lower' });
    const names = [
      ...new Set(communeNames().map((name) => name.replace(/([oO])([àảãáạ])(?=\s|$)/g, respell))),
    ];

    expect(inOrder(shuffled(names))).toEqual(names.toSorted(unicode.compare));
  });

  it('agrees with the Unicode collation for vi on words of the alphabet', () => {
    const unicode = new Intl.Collator('vi', { caseFirst: 'lower' });
    const word = fc
      .tuple(
        fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(...'\u0300\u0309\u0303\u0301\u0323', ''),
      )
      .map(([chars, tone]) => `${chars.join('')}${tone}`.normalize('NFC'));
    fc.assert(
      fc.property(word, word, (a, b) => {
        // A tone on a consonant is no Vietnamese word, and the collation sees it before the word's end.
        fc.pre(
          [a, b].every((text) =>
            /[aăâeêioôơuưy][\u0300\u0309\u0303\u0301\u0323]?$/.test(lastLetterApart(text)),
          ),
        );
        expect(compareBytewise(sortKey(a), sortKey(b))).toBe(Math.sign(unicode.compare(a, b)));
      }),
    );
  });

  it('is ASCII without spaces or control characters for every text', () => {
    fc.assert(fc.property(anyText, (text) => expect(sortKey(text)).toMatch(/^[!-~]*$/)));
  });

  it('is the same for NFC, NFD and their compatibility forms', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'), (text, form) => {
        expect(sortKey(text.normalize(form))).toBe(sortKey(text));
      }),
    );
  });

  it('orders totally: JavaScript and bytewise order of keys agree, so no two engines can differ', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (a, b, c) => {
        const [x, y, z] = [sortKey(a), sortKey(b), sortKey(c)];
        expect(compareBytewise(x, y)).toBe(x < y ? -1 : x > y ? 1 : 0);
        if (compareBytewise(x, y) <= 0 && compareBytewise(y, z) <= 0)
          expect(compareBytewise(x, z)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('never lets tone or case outweigh a letter', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const plain = compareBytewise(lettersOf(a), lettersOf(b));
        if (plain !== 0) expect(compareBytewise(sortKey(a), sortKey(b))).toBe(plain);
      }),
    );
  });
});

describe('foldForSearch', () => {
  it.each([
    ['Đăng ký khai sinh', 'dang ky khai sinh'],
    ['ĐĂNG KÝ KHAI SINH'.normalize('NFD'), 'dang ky khai sinh'],
    ['Cấp lại giấy phép (lần 2), cỡ ½', 'cap lai giay phep lan 2 co 1 2'],
    ['Việt Hoà', 'viet hoa'],
    ['Việt Hòa', 'viet hoa'],
    ['  ', ''],
  ])('folds %j to %j', (text, folded) => {
    expect(foldForSearch(text)).toBe(folded);
  });

  it('changes nothing that is folded already', () => {
    fc.assert(
      fc.property(anyText, (text) => expect(foldForSearch(foldForSearch(text))).toBe(foldForSearch(text))),
    );
  });

  it('is the same for NFC and NFD', () => {
    fc.assert(
      fc.property(anyText, (text) =>
        expect(foldForSearch(text.normalize('NFD'))).toBe(foldForSearch(text.normalize('NFC'))),
      ),
    );
  });
});

describe('matchesSearch', () => {
  const name = searchWords('Thủ tục đăng ký khai sinh có yếu tố nước ngoài');

  it.each(['dang ky khai sinh', 'khai sinh', 'sinh khai', 'Đăng Ký', 'nuoc ng', '', ' - '])(
    'finds it by %j',
    (query) => {
      expect(matchesSearch(searchWords(query), name)).toBe(true);
    },
  );

  it.each(['dang ky ket hon', 'inh', 'khaisinh'])('does not find it by %j', (query) => {
    expect(matchesSearch(searchWords(query), name)).toBe(false);
  });
});

function lettersOf(text: string): string {
  return sortKey(text).split('!')[0] ?? '';
}

function lastLetterApart(text: string): string {
  return text.normalize('NFD').replace(/[\u0302\u0306\u031b]/g, '');
}

function respell(_match: string, o: string, a: string): string {
  const tone = a.normalize('NFD').slice(1);
  return `${o}${tone}`.normalize('NFC') + 'a';
}

describe('foldForMatch', () => {
  it.each([
    ['Sở Y tế', 'SO Y TE'],
    ['Đang xử lý', ' ĐANG  XỬ LÝ '.normalize('NFD')],
    ['Hoà', 'Hòa'],
    ['Ðã trả', 'đã trả'],
  ])('takes %j and %j for one text', (a, b) => {
    expect(foldForMatch(a)).toBe(foldForMatch(b));
  });

  it.each([
    ['1/2', '1-2'],
    ['Mới', 'Mới.'],
    ['A B', 'AB'],
  ])('keeps %j and %j apart', (a, b) => {
    expect(foldForMatch(a)).not.toBe(foldForMatch(b));
  });
});
