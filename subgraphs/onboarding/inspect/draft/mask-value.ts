import { foldForSearch } from '../../../../schema/vietnamese-text';

const LONGEST = 40;
const MASK = '•';

/**
 * Only the shape of a value: the first letter of each word, the ends of a long number. `Nguyễn Văn A` is `N••••• V•• A`,
 * `030456789012` is `03••••••••12`.
 */
export function maskValue(value: string | number | boolean): string {
  const text = String(value).normalize('NFC').replace(/\s+/g, ' ').trim();
  if (text.includes('@')) return text.replace(/[\p{L}\p{N}]/gu, MASK);
  const masked = text.replace(/[\p{L}\p{N}]+/gu, maskRun);
  if (masked.length <= LONGEST) return masked;
  return `${masked.slice(0, LONGEST)}… (${text.length} letters)`;
}

function maskRun(run: string): string {
  if (/^\d+$/.test(run)) {
    if (run.length < 9) return MASK.repeat(run.length);
    return run.slice(0, 2) + MASK.repeat(run.length - 4) + run.slice(-2);
  }
  // Letters mixed with digits may be a code of a person: nothing of it stays.
  if (/\p{N}/u.test(run)) return MASK.repeat([...run].length);
  const [first = '', ...rest] = [...run];
  return first + MASK.repeat(rest.length);
}

/** Commonest family names, folded: they cover some 95 of 100 people. */
const FAMILY_NAMES = new Set(
  (
    'nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh truong trinh mai dao cao luu lam ' +
    'ha doan luong chu chau vuong ta phung to la quach thai kieu thach mac nghiem tong tang giang nong lo sung giap'
  ).split(' '),
);
const MOST_NAME_WORDS = 6;

/** Whether a value looks like a person, a number of one, or a way to reach one, wherever it stands. */
export function looksPersonal(value: string | number | boolean): boolean {
  const text = String(value).trim();
  if (text.includes('@')) return true;
  const digits = text.replace(/[\s.()+-]/g, '');
  if (/^\d+$/.test(digits))
    return digits.length === 9 || digits.length === 12 || /^(0|84)\d{8,10}$/.test(digits);
  // A number of nine or more digits inside a text: an id, an account, a telephone.
  if (/(^|\D)\d{9,13}(\D|$)/.test(text)) return true;
  return looksLikeName(text);
}

function looksLikeName(text: string): boolean {
  const words = text.normalize('NFC').split(/\s+/);
  if (words.length < 2 || words.length > MOST_NAME_WORDS) return false;
  const areCapitalised = words.every((word) => /^\p{Lu}\p{L}*$/u.test(word));
  const folded = foldForSearch(text).split(' ');
  const first = folded[0] === 'ong' || folded[0] === 'ba' ? folded[1] : folded[0];
  return areCapitalised && FAMILY_NAMES.has(first ?? '');
}

const OFFICE_WORD =
  /\b(so|phong|ban|ubnd|uy ban|hdnd|chi cuc|cuc|trung tam|van phong|cong an|toa an|vien|thanh tra|kho bac|bao hiem|truong|hoi|mot cua|doi|chi nhanh|department|office)\b/;
const OFFICE_CODE = /^(?=.*\d)[A-Z0-9._/-]{1,20}$|^[A-Z]{1,6}$|^\d{1,4}$/;

/** Whether a value in a column of agencies is one: a short code, or a name with a word of an office in it. A login or a nickname is not. */
export function looksLikeOffice(value: string | number | boolean): boolean {
  const text = String(value).trim();
  return !looksPersonal(text) && (OFFICE_CODE.test(text) || OFFICE_WORD.test(foldForSearch(text)));
}
