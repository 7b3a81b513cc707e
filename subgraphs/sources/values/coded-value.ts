import { foldForMatch } from '../../../schema/vietnamese-text';
import type { Cell, RawRecord } from '../copy/record-reader';
import type { ConditionMapping, StatusMapping } from '../dossiers/dossier-mapping';
import { composed, textOf, textsOf } from './cell-text';

/** How a text of the system and one of the mapping are made comparable. */
type Fold = (text: string) => string;

/** Words of a system are few and come again and again. */
const MAX_REMEMBERED = 10_000;

function foldOf(match: 'exact' | 'folded'): Fold {
  return match === 'folded' ? remembered(foldForMatch) : (text) => composed(text.trim());
}

function remembered(fold: Fold): Fold {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= MAX_REMEMBERED) known.clear();
    const folded = fold(text);
    known.set(text, folded);
    return folded;
  };
}

export interface CodedValue<Ours extends string> {
  readonly column: string | null;
  /** `text` is what was there; with it, null says that the mapping does not know it. */
  read(record: RawRecord): { readonly ours: Ours | null; readonly text: string | null };
}

export type CodedMapping<Ours extends string> =
  | { readonly constant: Ours }
  | {
      readonly column: string;
      readonly match: 'exact' | 'folded';
      readonly values: Readonly<Record<string, Ours>>;
    };

/** A column whose texts stand for values of ours. */
export function compileCoded<Ours extends string>(mapping: CodedMapping<Ours>): CodedValue<Ours> {
  if ('constant' in mapping) {
    const read = { ours: mapping.constant, text: null };
    return { column: null, read: () => read };
  }
  const { column, match, values } = mapping;
  const fold = foldOf(match);
  const oursByText = new Map(Object.entries(values).map(([text, ours]) => [fold(text), ours]));
  return {
    column,
    read: (record) => {
      const texts = textsOf(record[column]);
      const known = texts.map(fold).find((text) => oursByText.has(text));
      return {
        ours: known === undefined ? null : (oursByText.get(known) ?? null),
        text: texts[0] ?? null,
      };
    },
  };
}

/** Texts of one mapping that become one text when folded, and mean different things. */
export function foldedClashes(mapping: CodedMapping<string> | null): readonly string[] {
  if (mapping === null || 'constant' in mapping || mapping.match === 'exact') return [];
  const seen = new Map<string, string>();
  return Object.entries(mapping.values).flatMap(([text, ours]) => {
    const folded = foldForMatch(text);
    const before = seen.get(folded);
    seen.set(folded, ours);
    return before === undefined || before === ours
      ? []
      : [`"${text}" is also written for "${before}" when accents and case do not matter`];
  });
}

export interface StatusValue {
  readonly columns: readonly string[];
  read(record: RawRecord): { readonly status: number | null; readonly text: string | null };
}

/** The national number of the words of one or more columns; the first line that fits wins. */
export function compileStatus({ columns, match, values }: StatusMapping): StatusValue {
  const fold = foldOf(match);
  const lines = values.map(({ when, status }) => ({
    status,
    when: when.map((value) => (value === null ? null : fold(String(value)))),
  }));
  const known = new Map<string, { readonly status: number | null; readonly text: string | null }>();
  return {
    columns,
    read: (record) => {
      const cells = columns.map((column) => record[column]);
      const key = cells.map((cell) => `${typeof cell}${textOf(cell) ?? ''}`).join('\u0000');
      const before = known.get(key);
      if (before !== undefined) return before;
      if (known.size >= MAX_REMEMBERED) known.clear();
      const line = lines.find(({ when }) => when.every((value, i) => fits(value, cells[i], fold)));
      const texts = cells.map(textOf);
      const last = texts.findLastIndex((text) => text !== null);
      const read = {
        status: line?.status ?? null,
        text:
          last === -1
            ? null
            : texts
                .slice(0, last + 1)
                .map((text) => text ?? '')
                .join(' / '),
      };
      known.set(key, read);
      return read;
    },
  };
}

function fits(expected: string | null, cell: Cell | undefined, fold: Fold): boolean {
  const texts = textsOf(cell);
  return expected === null ? texts.length === 0 : texts.some((text) => fold(text) === expected);
}

/** Whether a row has one of the values of a condition. */
export function compileCondition({ column, values }: ConditionMapping): (record: RawRecord) => boolean {
  const wanted = new Set(values.map((value) => composed(String(value).trim())));
  return (record) => textsOf(record[column]).some((text) => wanted.has(text));
}
