import type { SampledValue } from '../read/inspected-table';
import { CHANNEL_WORDS } from '../recognise/channel-words';
import { foldWord } from '../recognise/fold-word';
import { draftAgency } from './draft-agency';
import {
  columnOf,
  isNumeric,
  shown,
  valuesOf,
  type DraftContext,
  type DraftTable,
  type Plain,
} from './draft-context';
import { draftDate } from './draft-date';
import { draftFlag } from './draft-words';

const COLUMNS = [
  'code',
  'name',
  'hasLocalCode',
  'field',
  'levels',
  'agencyKind',
  'performingAgency',
  'channels',
  'workingDays',
  'isOnlineAvailable',
  'onlineLevel',
  'legalBasis',
  'decision',
  'result',
  'applicants',
  'note',
] as const;

/** Words of a catalogue, folded, by ours. */
const WORDS = {
  levels: {
    MINISTRY: ['bo', 'cap bo', 'trung uong', 'ministry', '0'],
    PROVINCE: ['tinh', 'cap tinh', 'province', '1'],
    DISTRICT: ['huyen', 'cap huyen', 'district', '2'],
    COMMUNE: ['xa', 'cap xa', 'phuong', 'ward', 'commune', '3'],
    OTHER: ['co quan khac', 'khac', 'other', '9'],
  },
  channels: {
    DIRECT: [...CHANNEL_WORDS.DIRECT, '1'],
    ONLINE: [...CHANNEL_WORDS.ONLINE, '2'],
    POSTAL: [...CHANNEL_WORDS.POSTAL, '3'],
  },
  timeUnits: {
    WORKING_DAY: ['ngay lam viec', 'nlv', 'workingday', 'working day'],
    CALENDAR_DAY: ['ngay', 'calendarday', 'day'],
    HOUR: ['gio', 'hour'],
    MONTH: ['thang', 'month'],
    UNIT_MISSING: ['unknown'],
  },
  onlineLevels: { FULL: ['4', 'toan trinh', 'full'], PARTIAL: ['3', 'mot phan', 'partial'] },
  booleans: { true: ['1', 'true', 'co', 'yes'], false: ['0', 'false', 'khong', 'no'] },
} as const;

/** The catalogue section; null when there is no catalogue. */
export async function draftProcedures(context: DraftContext): Promise<Plain | null> {
  const source = context.recognised.catalogue;
  if (source === null) return null;
  const columns = COLUMNS.flatMap((field) => {
    const column = columnOf(source, field);
    return column === null ? [] : [[field, column] as const];
  });
  const deleted = columnOf(source, 'deleted');
  return {
    ...(source.table.from === null ? { table: source.table.name } : { from: source.table.from }),
    columns: Object.fromEntries(columns),
    ...(await draftTime(context, source)),
    ...draftChannelTimes(source),
    ...(await draftMoney(source)),
    ...(await draftSeparators(source)),
    ...(await draftWords(context, source)),
    ...(deleted === null
      ? {}
      : { deleted: await draftFlag(context, source, deleted, ['procedures', 'deleted']) }),
    ...(await draftPublisher(context, source)),
    ...(await dates(context, source)),
  };
}

async function dates(context: DraftContext, source: DraftTable): Promise<Plain> {
  const drafted: [string, Plain][] = [];
  for (const field of ['validFrom', 'validTo', 'updatedAt']) {
    const date = await draftDate(context, source, field, ['procedures', field]);
    if (date !== null) drafted.push([field, date]);
  }
  return Object.fromEntries(drafted);
}

const PHRASE = /\d.*(ngay|gio|thang|day|hour|month)/;

async function draftTime({ notes }: DraftContext, source: DraftTable): Promise<Plain> {
  const column = columnOf(source, 'time');
  if (column === null) return {};
  const unit = columnOf(source, 'timeUnit');
  if (unit !== null) return { time: { kind: 'pair', value: column, unit } };
  const texts = (await valuesOf(source.table, column)).filter((value) => value !== null && value !== '');
  if (texts.some((value) => PHRASE.test(foldWord(value)))) return { time: { kind: 'phrase', column } };
  notes.doubt(['procedures', 'time'], `${column} has no unit; taken as working days`);
  return { time: { kind: 'number', column, unit: 'WORKING_DAY' } };
}

const CHANNEL_TIMES = { DIRECT: 'directTime', ONLINE: 'onlineTime', POSTAL: 'postalTime' } as const;

function draftChannelTimes(source: DraftTable): Plain {
  const found = Object.entries(CHANNEL_TIMES).flatMap(([channel, field]) => {
    const column = columnOf(source, field);
    return column === null ? [] : [[channel, column] as const];
  });
  return found.length === 0 ? {} : { channelTimes: Object.fromEntries(found) };
}

async function draftMoney(source: DraftTable): Promise<Plain> {
  const min = columnOf(source, 'feeMin');
  if (min === null) return {};
  const max = columnOf(source, 'feeMax');
  const unit = columnOf(source, 'feeUnit');
  const most = max === null ? {} : { max };
  if (await isNumeric(source.table, min)) return { money: { kind: 'number', min, ...most } };
  return { money: { kind: 'text', min, ...most, ...(unit === null ? {} : { unit }) } };
}

const SEPARATORS = [' - ', ';', ',', '+', '|', '\n'] as const;

async function draftSeparators(source: DraftTable): Promise<Plain> {
  const found: [string, string][] = [];
  for (const field of ['levels', 'channels'] as const) {
    const column = columnOf(source, field);
    const separator = column === null ? null : separatorOf(await valuesOf(source.table, column));
    if (separator !== null) found.push([field, separator]);
  }
  return found.length === 0 ? {} : { separators: Object.fromEntries(found) };
}

function separatorOf(values: readonly SampledValue[]): string | null {
  const texts = values.filter((value) => value !== null).map(String);
  return SEPARATORS.find((separator) => texts.some((text) => text.includes(separator))) ?? null;
}

async function draftWords({ notes }: DraftContext, source: DraftTable): Promise<Plain> {
  const drafted: [string, Plain][] = [];
  for (const [name, fields] of [
    ['levels', ['levels']],
    ['channels', ['channels']],
    ['timeUnits', ['timeUnit']],
    ['onlineLevels', ['onlineLevel']],
    ['booleans', ['hasLocalCode', 'isOnlineAvailable']],
  ] as const) {
    const columns = fields.map((field) => columnOf(source, field)).filter((column) => column !== null);
    const values = (await Promise.all(columns.map((column) => valuesOf(source.table, column)))).flat();
    const { known, unknown } = sortWords(wordsIn(values), WORDS[name]);
    if (Object.keys(known).length > 0) drafted.push([name, known]);
    if (unknown.length > 0)
      notes.doubt(
        ['procedures', 'words'],
        `${name}: what is meant by ${unknown.slice(0, 8).map(shown).join(', ')}?`,
      );
  }
  return drafted.length === 0 ? {} : { words: Object.fromEntries(drafted) };
}

function wordsIn(values: readonly SampledValue[]): readonly string[] {
  const separator = separatorOf(values);
  const parts = values
    .filter((value) => value !== null)
    .flatMap((value) => String(value).split(separator ?? '\u0000'))
    .flatMap((part) => part.split(/[/|]/))
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return [...new Set(parts)];
}

function sortWords(words: readonly string[], ours: Readonly<Record<string, readonly string[]>>) {
  const known: Record<string, string[]> = {};
  const unknown: string[] = [];
  for (const word of words) {
    const key = Object.keys(ours).find((name) => ours[name]?.includes(foldWord(word)));
    if (key === undefined) unknown.push(word);
    else known[key] = [...(known[key] ?? []), word];
  }
  return { known, unknown };
}

async function draftPublisher(context: DraftContext, source: DraftTable): Promise<Plain> {
  const column = columnOf(source, 'publishedBy');
  const only = context.agencies.map(({ code }) => code);
  if (column === null || only.length === 1) return {};
  const drafted = await draftAgency(context, { table: source.table, column, codeColumn: null, only }, [
    'procedures',
    'publishedBy',
  ]);
  return drafted === null ? {} : { publishedBy: drafted };
}
