import { readVietnameseWords } from './vietnamese-words';
import type { Glyph, LetterShape, VietnameseWord } from './vietnamese-words';

/** Sorts below everything a level may contain, so a shorter text comes before a longer one that starts with it. */
const LEVEL_SEPARATOR = '!';
/** Below the digits, so "An Bình" comes before "Anh". */
const WORD_SEPARATOR = '-';
/** Letters outside the alphabet come after z; below `SHAPE_KEYS`, so that aΩ stays before ă. */
const OTHER_LETTER = '{';

/** A letter with a shape is its base and a character above all others: after every word of the base, before the next letter. */
const SHAPE_KEYS: Readonly<Record<LetterShape, string>> = {
  plain: '',
  breve: '|',
  stroke: '|',
  circumflex: '}',
  horn: '~',
};

/**
 * An ASCII text whose bytewise order is the Vietnamese order of `text`, for SQLite BINARY, PostgreSQL "C" and
 * `compareBytewise` alike. The rule, level by level over the whole text (as the Unicode collation for `vi` does):
 *
 * 1. the letters: separator < 0-9 < a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z < other letters;
 *    a word ends before it goes on (`An Bình` < `Anh`), any run of other characters is one separator, and digits compare
 *    one by one (`10` < `9`);
 * 2. where all letters agree, the tones word by word from the left: ngang, huyền, hỏi, ngã, sắc, nặng;
 * 3. then capitals, letter by letter, small ones first.
 *
 * A tone belongs to its word, so `Hoà` and `Hòa` have one key; so have NFC and NFD, and texts that differ in punctuation
 * only. A printed dictionary groups compounds under their first syllable with its tone; here the letters of the whole
 * text come first, as in every sorted list of names people know from their computers.
 */
export function sortKey(text: string): string {
  const words = readVietnameseWords(text);
  const letters = words.map((word) => word.glyphs.map(letterKey).join('')).join(WORD_SEPARATOR);
  const tones = words.map((word) => String(word.tone)).join('');
  const capitals = words
    .map((word) => word.glyphs.map((glyph) => (glyph.isUpper ? '1' : '0')).join(''))
    .join('');
  return [letters, withoutTrailingZeros(tones), withoutTrailingZeros(capitals)].join(LEVEL_SEPARATOR);
}

/** Lower case, no marks, đ as d, words apart by one space: `Đăng ký (khai sinh)` is `dang ky khai sinh`. */
export function foldForSearch(text: string): string {
  return readVietnameseWords(text).map(foldWord).join(' ');
}

/**
 * For comparing words of a system with those of its mapping: case, accents, đ, NFC or NFD, the place of a tone (Hoà, Hòa) and spaces do
 * not count; punctuation does, so that `1/2` stays apart from `1-2`.
 */
export function foldForMatch(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/[đðɖ]/g, 'd')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The folded words of a text, in order, none empty. */
export function searchWords(text: string): readonly string[] {
  return readVietnameseWords(text).map(foldWord);
}

/** True when every word of the query starts some word of the name, in any order. An empty query matches everything. */
export function matchesSearch(queryWords: readonly string[], nameWords: readonly string[]): boolean {
  return queryWords.every((queryWord) => nameWords.some((nameWord) => nameWord.startsWith(queryWord)));
}

function letterKey(glyph: Glyph): string {
  return isAlphabetic(glyph.base) ? glyph.base + SHAPE_KEYS[glyph.shape] : otherLetterKey(glyph.base);
}

function isAlphabetic(base: string): boolean {
  return (base >= '0' && base <= '9') || (base >= 'a' && base <= 'z');
}

function otherLetterKey(base: string): string {
  return OTHER_LETTER + (base.codePointAt(0) ?? 0).toString(16).padStart(6, '0');
}

function foldWord(word: VietnameseWord): string {
  return word.glyphs.map((glyph) => glyph.base).join('');
}

/** Texts that reach this level have as many words and letters, so a missing zero at the end changes no order. */
function withoutTrailingZeros(digits: string): string {
  return digits.replace(/0+$/, '');
}
