import { foldForMatch } from '../../../schema/vietnamese-text';
import type { Channel, OnlineLevel, ProcedureLevel, TimeUnit } from '../catalogue/procedure-record';
import type { ProceduresMapping } from '../mapping/system-mapping';

/**
 * Words that need no mapping: those of the national procedure database (domain.md 4.3, 5.4) in words and numbers, and our own. What a
 * mapping says comes first.
 */
const LEVELS: Readonly<Record<ProcedureLevel, readonly string[]>> = {
  MINISTRY: ['MINISTRY', 'bộ', 'cấp bộ', '0'],
  PROVINCE: ['PROVINCE', 'tỉnh', 'cấp tỉnh', '1'],
  DISTRICT: ['DISTRICT', 'huyện', 'cấp huyện', '2'],
  COMMUNE: ['COMMUNE', 'xã', 'cấp xã', '3'],
  OTHER: ['OTHER', 'cơ quan khác'],
};
const CHANNEL_WORDS: Readonly<Record<Channel, readonly string[]>> = {
  DIRECT: ['DIRECT', 'trực tiếp', '1'],
  ONLINE: ['ONLINE', 'trực tuyến', 'qua mạng', '2'],
  POSTAL: ['POSTAL', 'bưu chính', 'dịch vụ bưu chính', 'bưu chính công ích', 'qua bưu điện', '3'],
};
const UNITS: Readonly<Record<TimeUnit, readonly string[]>> = {
  WORKING_DAY: ['WORKING_DAY', 'ngày làm việc'],
  CALENDAR_DAY: ['CALENDAR_DAY', 'ngày'],
  HOUR: ['HOUR', 'giờ', 'giờ làm việc'],
  MONTH: ['MONTH', 'tháng'],
  UNIT_MISSING: [],
};
const ONLINE: Readonly<Record<OnlineLevel, readonly string[]>> = {
  FULL: ['FULL', 'toàn trình', 'dịch vụ công trực tuyến toàn trình'],
  PARTIAL: ['PARTIAL', 'một phần', 'dịch vụ công trực tuyến một phần'],
};
const BOOLEANS: Readonly<Record<'true' | 'false', readonly string[]>> = {
  true: ['true', '1', 'có', 'x', 'yes'],
  false: ['false', '0', 'không', 'no'],
};

/** The value that a word stands for; compared folded. */
export type WordReader<Value> = (word: string) => Value | null;

export interface ProcedureWords {
  readonly level: WordReader<ProcedureLevel>;
  readonly channel: WordReader<Channel>;
  readonly timeUnit: WordReader<TimeUnit>;
  /** The unit that a text begins with: "ngày làm việc kể từ ngày nhận đủ hồ sơ". */
  readonly leadingTimeUnit: WordReader<TimeUnit>;
  readonly onlineLevel: WordReader<OnlineLevel>;
  readonly boolean: WordReader<boolean>;
}

export function compileWords({ words }: ProceduresMapping): ProcedureWords {
  const units = wordMap(UNITS, words.timeUnits);
  const byLength = [...units].filter(([word]) => word !== '').sort(([a], [b]) => b.length - a.length);
  const truth = reader(wordMap(BOOLEANS, words.booleans));
  return {
    level: reader(wordMap(LEVELS, words.levels)),
    channel: reader(wordMap(CHANNEL_WORDS, words.channels)),
    timeUnit: reader(units),
    leadingTimeUnit: (text) => {
      const folded = `${foldForMatch(text)} `;
      return byLength.find(([word]) => folded.startsWith(`${word} `))?.[1] ?? null;
    },
    onlineLevel: reader(wordMap(ONLINE, words.onlineLevels)),
    boolean: (word) => {
      const value = truth(word);
      return value === null ? null : value === 'true';
    },
  };
}

function wordMap<Value extends string>(
  usual: Readonly<Record<Value, readonly string[]>>,
  own: Readonly<Partial<Record<Value, readonly string[]>>>,
): ReadonlyMap<string, Value> {
  return new Map([...entriesOf(usual), ...entriesOf(own)]);
}

function entriesOf<Value extends string>(
  words: Readonly<Partial<Record<Value, readonly string[]>>>,
): readonly (readonly [string, Value])[] {
  // The keys of such a record are its values of ours.
  const pairs = Object.entries(words) as [Value, readonly string[]][];
  return pairs.flatMap(([value, texts]) => texts.map((text) => [foldForMatch(text), value] as const));
}

function reader<Value>(words: ReadonlyMap<string, Value>): WordReader<Value> {
  return (word) => words.get(foldForMatch(word)) ?? null;
}
