import type { StatusVocabulary } from './known-layouts';

/** Words and numbers of statuses, folded, by national number; each vocabulary is one system's own. */
export const STATUS_WORDS: Readonly<Record<StatusVocabulary, Readonly<Record<string, number>>>> = {
  'national-numbers': Object.fromEntries(Array.from({ length: 11 }, (_, status) => [String(status), status])),
  'national-words': {
    'dang chuyen lien thong': 0,
    'dang chuyen': 0,
    'lien thong': 0,
    'moi dang ky': 1,
    'cho tiep nhan': 1,
    'duoc tiep nhan': 2,
    'da tiep nhan': 2,
    'tiep nhan': 2,
    'moi tiep nhan': 2,
    'khong duoc tiep nhan': 3,
    'khong tiep nhan': 3,
    'tu choi tiep nhan': 3,
    'dang xu ly': 4,
    'dang giai quyet': 4,
    'yeu cau bo sung giay to': 5,
    'yeu cau bo sung': 5,
    'cho bo sung': 5,
    'yeu cau thuc hien nghia vu tai chinh': 6,
    'thuc hien nghia vu tai chinh': 6,
    'cong dan yeu cau rut ho so': 7,
    'rut ho so': 7,
    'da rut': 7,
    'dung xu ly': 8,
    'tam dung xu ly': 8,
    'da xu ly xong': 9,
    'da giai quyet': 9,
    'da co ket qua': 9,
    'da tra ket qua': 10,
    'tra ket qua': 10,
  },
  /** "new" is 2 and "receiving" is 1: the same word does not mean the same state everywhere. */
  opencps: {
    interoperating: 0,
    posting: 0,
    receiving: 1,
    new: 2,
    denied: 3,
    processing: 4,
    waiting: 5,
    paying: 6,
    cancelled: 7,
    unresolved: 8,
    releasing: 9,
    done: 10,
  },
  'json-one-stop': {
    loai: 3,
    'dang xl': 4,
    'moi dk': 1,
    'da tn': 2,
    'bo sung': 5,
    'cho bs': 5,
    rut: 7,
    dung: 8,
    'da xl': 9,
    'da tra': 10,
  },
};

/** The words as the system writes them, for those that no row has yet. */
export const WRITTEN_STATUS_WORDS: Readonly<
  Partial<Record<StatusVocabulary, readonly (readonly [string, number])[]>>
> = {
  opencps: Object.entries(STATUS_WORDS.opencps),
  'national-words': [
    ['Đang chuyển liên thông', 0],
    ['Mới đăng ký', 1],
    ['Được tiếp nhận', 2],
    ['Không được tiếp nhận', 3],
    ['Đang xử lý', 4],
    ['Yêu cầu bổ sung giấy tờ', 5],
    ['Yêu cầu thực hiện nghĩa vụ tài chính', 6],
    ['Công dân yêu cầu rút hồ sơ', 7],
    ['Dừng xử lý', 8],
    ['Đã xử lý xong', 9],
    ['Đã trả kết quả', 10],
  ],
};

/** Guesses for words of strangers, the first that fits: only ever written as a comment. */
export const STATUS_GUESSES: readonly (readonly [RegExp, number])[] = [
  [/\b(khong (duoc )?tiep nhan|tu choi|loai|denied|rejected?)\b/, 3],
  [/\b(bo sung|bs|supplement|waiting)\b/, 5],
  [/\b(tai chinh|le phi|thanh toan|nop thue|pay(ing|ment)?)\b/, 6],
  [/\b(rut|withdrawn?)\b/, 7],
  [/\b(dung|huy|stop(ped)?|cancelled|canceled)\b/, 8],
  [/\b(da tra|tra ket qua|tra kq|returned|done|closed)\b/, 10],
  [/\b(xong|hoan thanh|hoan tat|ket thuc|da giai quyet|co ket qua|cho tra|finished|completed?)\b/, 9],
  [/\b(dang|xu ly|tham dinh|trinh|ky|phe duyet|thu ly|processing|in progress)\b/, 4],
  [/\b(lien thong|chuyen)\b/, 0],
  [/\b(cho tiep nhan|moi|dang ky|new|pending|submitted)\b/, 1],
  [/\b(tiep nhan|received|accepted)\b/, 2],
];
