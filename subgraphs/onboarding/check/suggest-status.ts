import { searchWords } from '../../../schema/vietnamese-text';

/** Words that systems use for the national statuses, folded. Where they disagree ("new" is 1 here and 2 there) a word is left out. */
const STATUS_WORDS: readonly (readonly [status: number, words: readonly string[]])[] = [
  [0, ['dang chuyen lien thong', 'lien thong', 'interoperating', 'posting']],
  [1, ['moi dang ky', 'cho tiep nhan', 'moi nop', 'receiving', 'registered']],
  [2, ['duoc tiep nhan', 'da tiep nhan', 'received', 'accepted']],
  [3, ['khong duoc tiep nhan', 'tu choi tiep nhan', 'khong tiep nhan', 'tu choi', 'denied', 'rejected']],
  [4, ['dang xu ly', 'dang giai quyet', 'dang tham dinh', 'cho ky', 'trinh ky', 'processing', 'in progress']],
  [
    5,
    ['yeu cau bo sung giay to', 'yeu cau bo sung', 'cho bo sung', 'bo sung ho so', 'waiting', 'supplement'],
  ],
  [
    6,
    ['yeu cau thuc hien nghia vu tai chinh', 'nghia vu tai chinh', 'cho nop phi', 'cho thanh toan', 'paying'],
  ],
  [7, ['cong dan yeu cau rut ho so', 'rut ho so', 'da rut', 'cancelled', 'withdrawn']],
  [8, ['dung xu ly', 'tam dung', 'dung giai quyet', 'unresolved', 'stopped', 'suspended']],
  [
    9,
    ['da xu ly xong', 'da giai quyet', 'hoan thanh', 'co ket qua', 'da co ket qua', 'releasing', 'completed'],
  ],
  [10, ['da tra ket qua', 'da tra', 'returned', 'done']],
];

/** As the reports of the provinces call them. */
export const STATUS_NAMES: readonly string[] = [
  'đang chuyển liên thông',
  'mới đăng ký',
  'được tiếp nhận',
  'không được tiếp nhận',
  'đang xử lý',
  'yêu cầu bổ sung giấy tờ',
  'yêu cầu thực hiện nghĩa vụ tài chính',
  'công dân yêu cầu rút hồ sơ',
  'dừng xử lý',
  'đã xử lý xong',
  'đã trả kết quả',
];

const MIN_LIKENESS = 0.6;

/** `4 (đang xử lý)` for "DANG_XL"; null when no status is clearly the nearest. */
export function suggestStatus(raw: string): string | null {
  const status = nearestStatus(raw);
  return status === null ? null : `${status} (${STATUS_NAMES[status] ?? ''})`;
}

function nearestStatus(raw: string): number | null {
  const number = /^\s*(\d{1,2})\s*$/.exec(raw)?.[1];
  if (number !== undefined) return Number(number) < STATUS_NAMES.length ? Number(number) : null;
  const words = searchWords(raw);
  const scored = STATUS_WORDS.map(([status, phrases]) => ({
    status,
    likeness: Math.max(...phrases.map((phrase) => likeness(words, phrase.split(' ')))),
  })).sort((a, b) => b.likeness - a.likeness);
  const [best, second] = scored;
  if (best === undefined || best.likeness < MIN_LIKENESS || best.likeness === second?.likeness) return null;
  return best.status;
}

/** From 0 to 1: the words that both have, a word also standing for its initials ("XL" for "xử lý"). */
function likeness(words: readonly string[], phrase: readonly string[]): number {
  let shared = 0;
  let at = 0;
  for (const word of words) {
    if (phrase.includes(word)) shared += 1;
    else {
      const initials = initialsIn(word, phrase, at);
      shared += initials;
      at += initials;
    }
  }
  const length = words.reduce((sum, word) => sum + (initialsIn(word, phrase, 0) || 1), 0);
  return (2 * Math.min(shared, phrase.length)) / (length + phrase.length);
}

/** How many words of the phrase a short word abbreviates; 0 when it is none of that. */
function initialsIn(word: string, phrase: readonly string[], from: number): number {
  if (word.length < 2 || word.length > 4 || phrase.includes(word)) return 0;
  for (let start = from; start + word.length <= phrase.length; start += 1) {
    const part = phrase.slice(start, start + word.length);
    if (part.map((one) => one[0]).join('') === word) return word.length;
  }
  return 0;
}
