import type { CatalogueMapping } from './catalogue-mapping';
import type { FeeRange, ProcessingTime } from './procedure-record';

export type CellValue = string | number | bigint | null;

const LOCAL_OFFSET_MS = 7 * 3_600_000;

export function writeDay(day: string | null, days: CatalogueMapping['competences']['days']): CellValue {
  if (day === null) return days.absent;
  switch (days.kind) {
    case 'text':
      return day;
    case 'vietnamese':
      return day.split('-').reverse().join('/');
    case 'epoch-ms':
      return Date.parse(`${day}T00:00:00Z`) - LOCAL_OFFSET_MS;
  }
}

export function readDay(cell: CellValue, days: CatalogueMapping['competences']['days']): string | null {
  if (cell === null || cell === days.absent) return null;
  switch (days.kind) {
    case 'text':
      return String(cell).slice(0, 10);
    case 'vietnamese':
      return String(cell).split('/').reverse().join('-');
    case 'epoch-ms':
      return new Date(Number(cell) + LOCAL_OFFSET_MS).toISOString().slice(0, 10);
  }
}

/** The word of a value; the words are checked to differ, so `wordToValue` is the inverse. */
export function wordToValue<Value extends string>(
  words: Readonly<Record<Value, string>>,
  text: string,
): Value | undefined {
  // Object.keys of a Record<Value, string> is Value[]: the mapping was parsed with exactly these keys.
  return (Object.keys(words) as Value[]).find((value) => words[value] === text);
}

export function writeTimePhrase(time: ProcessingTime | null, mapping: CatalogueMapping): string | null {
  if (time === null) return mapping.absentText;
  return `${String(time.value)} ${mapping.words.timeUnits[time.unit]}`.trim();
}

/** A unit the mapping does not know is no unit: the number stays, and the row says UNIT_MISSING. */
export function readTimePhrase(cell: CellValue, mapping: CatalogueMapping): ProcessingTime | null {
  const match = /^(\d+(?:[.,]\d+)?)\s*(.*)$/.exec(String(cell ?? '').trim());
  if (match === null) return null;
  const [, value = '', unit = ''] = match;
  return {
    value: Number(value.replace(',', '.')),
    unit: wordToValue(mapping.words.timeUnits, unit) ?? 'UNIT_MISSING',
  };
}

export function writeFee(fee: FeeRange | null, mapping: CatalogueMapping): Record<string, CellValue> {
  const { money, absentText } = mapping;
  if (money.kind === 'number') return { [money.min]: fee?.minVnd ?? null, [money.max]: fee?.maxVnd ?? null };
  return {
    [money.min]: fee === null ? absentText : withThousandsPoints(fee.minVnd),
    [money.max]: fee === null ? absentText : withThousandsPoints(fee.maxVnd),
    [money.unit]: fee === null ? absentText : money.unitWord,
  };
}

export function readFee(
  row: Readonly<Record<string, CellValue>>,
  mapping: CatalogueMapping,
): FeeRange | null {
  const minVnd = readMoney(row[mapping.money.min]);
  const maxVnd = readMoney(row[mapping.money.max]);
  return minVnd === null || maxVnd === null ? null : { minVnd, maxVnd };
}

function withThousandsPoints(vnd: number): string {
  return String(vnd).replace(/\B(?=(\d{3})+$)/g, '.');
}

/** The point divides thousands here; reading it as a decimal point is the very mistake of domain.md 4.4. */
function readMoney(cell: CellValue | undefined): number | null {
  if (cell === null || cell === undefined || cell === '') return null;
  return typeof cell === 'string' ? Number(cell.replaceAll('.', '')) : Number(cell);
}
