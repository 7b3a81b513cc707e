/** The marks that make another letter of the alphabet: ă, â ê ô, ơ ư, đ. */
export type LetterShape = 'plain' | 'breve' | 'circumflex' | 'horn' | 'stroke';

/** One letter or digit of a word, taken apart. */
export interface Glyph {
  /** Lower case, without any mark: `d` for Đ. */
  readonly base: string;
  readonly shape: LetterShape;
  readonly isUpper: boolean;
}

/** One word (in Vietnamese: one syllable), with the tone lifted off the letter that happens to carry it. */
export interface VietnameseWord {
  readonly glyphs: readonly Glyph[];
  /** 0 ngang, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng: the order of dictionaries. */
  readonly tone: number;
}

const TONES: ReadonlyMap<string, number> = new Map([
  ['\u0300', 1],
  ['\u0309', 2],
  ['\u0303', 3],
  ['\u0301', 4],
  ['\u0323', 5],
]);

/** Each shape belongs to some letters only: a breve on o or a circumflex on c is decoration, not another letter. */
const SHAPES: ReadonlyMap<string, { readonly shape: LetterShape; readonly letters: string }> = new Map([
  ['\u0306', { shape: 'breve', letters: 'a' }],
  ['\u0302', { shape: 'circumflex', letters: 'aeo' }],
  ['\u031b', { shape: 'horn', letters: 'ou' }],
]);

/** Đ has no decomposition in Unicode. Ð (eth) and Ɖ (African d) look the same and stand for Đ in old data. */
const D_WITH_STROKE = new Set(['đ', 'ð', 'ɖ']);

const LETTER_OR_DIGIT = /^[\p{L}\p{N}]$/u;
const MARK = /^\p{M}$/u;
const INVISIBLE = /^\p{Cf}$/u;

/**
 * Takes a text apart into words. Everything that is neither letter, digit nor mark separates words. The same text in NFC,
 * NFD or anything between gives the same words, and so do Hoà and Hòa: a tone belongs to the word. Where a (foreign)
 * word carries several tone marks the first one counts.
 */
export function readVietnameseWords(text: string): readonly VietnameseWord[] {
  const words: VietnameseWord[] = [];
  let glyphs: Glyph[] = [];
  let tone = 0;
  for (const character of text.normalize('NFKD')) {
    if (LETTER_OR_DIGIT.test(character)) {
      glyphs.push(toGlyph(character));
    } else if (MARK.test(character)) {
      const last = glyphs.at(-1);
      if (last === undefined) continue;
      if (tone === 0) tone = TONES.get(character) ?? 0;
      glyphs[glyphs.length - 1] = withMark(last, character);
    } else if (!INVISIBLE.test(character) && glyphs.length > 0) {
      words.push({ glyphs, tone });
      glyphs = [];
      tone = 0;
    }
  }
  if (glyphs.length > 0) words.push({ glyphs, tone });
  return words;
}

function toGlyph(character: string): Glyph {
  const lower = character.toLowerCase();
  const isUpper = lower !== character;
  return D_WITH_STROKE.has(lower)
    ? { base: 'd', shape: 'stroke', isUpper }
    : { base: lower, shape: 'plain', isUpper };
}

function withMark(glyph: Glyph, mark: string): Glyph {
  const change = SHAPES.get(mark);
  return change?.letters.includes(glyph.base) === true ? { ...glyph, shape: change.shape } : glyph;
}
