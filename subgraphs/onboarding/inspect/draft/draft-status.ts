import type { InspectedTable, SampledValue, ValueCount } from '../read/inspected-table';
import { MOST_VALUES } from '../read/inspected-table';
import { foldWord } from '../recognise/fold-word';
import { STATUS_GUESSES, STATUS_WORDS, WRITTEN_STATUS_WORDS } from '../recognise/status-words';
import { isNumeric, rows, shortList, shown, type DraftContext, type Plain } from './draft-context';
import type { DraftPath } from './draft-notes';
import { maskValue } from './mask-value';
import { findDictionary } from './find-dictionary';

const ALL_NUMBERS = Array.from({ length: 11 }, (_, status) => status);

/** The status column's values by national status; what is not known is listed as a comment, never guessed into the mapping. */
export async function draftStatus(
  context: DraftContext,
  table: InspectedTable,
  column: string,
  path: DraftPath,
): Promise<Plain> {
  const counts = (await table.countValues(column)).filter(({ value }) => value !== null && value !== '');
  if (counts.length > MOST_VALUES) {
    context.notes.doubt(path, `${column} has too many different values to be a list of statuses`);
    return { columns: [column], values: [] };
  }
  const toWhen = await whenOf(table, column);
  const known = await knownLines(context, table, column, counts, path);
  const lines = known.map(({ value, status }) => ({ when: [toWhen(value)], status }));
  const missing = counts.filter(({ value }) => !known.some((line) => String(line.value) === String(value)));
  tellMissing(context, missing, path, toWhen);
  if (counts.length === 0) context.notes.doubt(path, `no row has a value in ${column} yet`);
  return { columns: [column], values: lines };
}

async function whenOf(
  table: InspectedTable,
  column: string,
): Promise<(value: SampledValue) => string | number> {
  const numeric = await isNumeric(table, column);
  return (value) =>
    numeric && value !== null && Number.isFinite(Number(value)) ? Number(value) : String(value);
}

interface StatusLine {
  readonly value: SampledValue;
  readonly status: number;
}

async function knownLines(
  context: DraftContext,
  table: InspectedTable,
  column: string,
  counts: readonly ValueCount[],
  path: DraftPath,
): Promise<readonly StatusLine[]> {
  const { notes, recognised, system } = context;
  const vocabulary = recognised.layout?.layout.statuses;
  if (counts.every(({ value }) => isNationalNumber(value))) {
    if (vocabulary !== 'national-numbers' && counts.length > 0)
      notes.doubt(
        path,
        `the numbers of ${column} are taken as those of the national list; say so, or change them`,
      );
    return ALL_NUMBERS.map((status) => ({ value: status, status }));
  }
  if (counts.every(({ value }) => /^\d+$/.test(String(value)))) {
    const dictionary = await findDictionary(system.tables, {
      values: counts.map(({ value }) => value),
      besides: table,
      rate: (texts) => texts.filter((text) => statusOf(text, null) !== null).length / texts.length,
    });
    if (dictionary === null) return [];
    notes.explain(path, `by ${dictionary.textColumn} of the table ${dictionary.table}`);
    return linesOf(counts, ({ value }) => statusOf(dictionary.texts.get(String(value)) ?? '', null));
  }
  const found = linesOf(counts, ({ value }) => statusOf(String(value), vocabulary ?? null));
  const others = (WRITTEN_STATUS_WORDS[vocabulary ?? 'national-numbers'] ?? []).filter(
    ([word]) => !counts.some(({ value }) => foldWord(value) === foldWord(word)),
  );
  return [...found, ...others.map(([value, status]) => ({ value, status }))];
}

function isNationalNumber(value: SampledValue): boolean {
  return /^(\d|10)$/.test(String(value));
}

function linesOf(
  counts: readonly ValueCount[],
  find: (count: ValueCount) => number | null,
): readonly StatusLine[] {
  return counts
    .flatMap((count) => {
      const status = find(count);
      return status === null ? [] : [{ value: count.value, status }];
    })
    .sort((a, b) => a.status - b.status);
}

/** By the layout's own words; a stranger's by the national list, and by no other: "new" means two things. */
function statusOf(word: string, vocabulary: keyof typeof STATUS_WORDS | null): number | null {
  const folded = foldWord(word);
  return (
    STATUS_WORDS[vocabulary ?? 'national-words'][folded] ?? STATUS_WORDS['national-words'][folded] ?? null
  );
}

const MANY_WORDS = 20;

function tellMissing(
  { notes }: DraftContext,
  missing: readonly ValueCount[],
  path: DraftPath,
  toWhen: (value: SampledValue) => string | number,
): void {
  if (missing.length === 0) return;
  // Words repeat. Where there are many, one that stands once is somebody's own text.
  const isList = missing.length <= MANY_WORDS;
  const lines = missing.map(({ value, count }) => {
    if (!isList && count === 1) return `  ${JSON.stringify(maskValue(value ?? ''))} (1 row)`;
    const guess = guessStatus(String(value));
    const word = typeof toWhen(value) === 'number' ? String(value) : shown(value);
    return guess === null
      ? `  ${shown(value)} (${rows(count)}): no guess`
      : `  ${shown(value)} (${rows(count)}), perhaps: - { when: [${word}], status: ${guess} }`;
  });
  notes.doubt(
    path,
    ['these values have no status yet; put the right lines under "values":', ...shortList(lines)].join('\n'),
  );
}

function guessStatus(word: string): number | null {
  const folded = foldWord(word);
  return STATUS_GUESSES.find(([pattern]) => pattern.test(folded))?.[1] ?? null;
}
