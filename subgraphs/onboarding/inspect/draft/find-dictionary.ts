import type { InspectedTable, SampledRow, SampledValue } from '../read/inspected-table';
import { compactName } from '../recognise/compact-name';
import { isPersonalColumn } from '../recognise/personal-columns';

/** A small table that says what the keys of another stand for. */
export interface Dictionary {
  readonly table: string;
  readonly keyColumn: string;
  readonly textColumn: string;
  /** By the key as text. */
  readonly texts: ReadonlyMap<string, string>;
}

interface Wanted {
  readonly values: readonly SampledValue[];
  /** The table that holds the keys. */
  readonly besides: InspectedTable;
  /** How many of the texts make sense, 0 to 1. */
  readonly rate: (texts: readonly string[]) => number;
}

const MOST_ROWS = 2_000;
const ENOUGH = 0.5;
const COVERED = 0.9;
const NAME = /^(ten|name|mota|madinhdanh)|(ten|name|code)$/;

/** The table and columns that explain the values best; null when none explains half of them. */
export async function findDictionary(
  tables: readonly InspectedTable[],
  { values, besides, rate }: Wanted,
): Promise<Dictionary | null> {
  const keys = new Set(values.filter((value) => value !== null).map(String));
  if (keys.size === 0) return null;
  let best: { readonly dictionary: Dictionary; readonly rated: number } | null = null;
  for (const table of tables.filter(
    (other) => other !== besides && (other.rowCount ?? MOST_ROWS + 1) <= MOST_ROWS,
  )) {
    for (const dictionary of dictionariesOf(table, await table.sample(), keys)) {
      const rated = rate([...keys].map((key) => dictionary.texts.get(key) ?? ''));
      if (rated >= ENOUGH && rated > (best?.rated ?? 0)) best = { dictionary, rated };
    }
  }
  return best?.dictionary ?? null;
}

function dictionariesOf(
  { name, columns }: InspectedTable,
  rows: readonly SampledRow[],
  keys: ReadonlySet<string>,
): readonly Dictionary[] {
  const texts = columns.filter(
    (column) => NAME.test(compactName(column.name)) && !isPersonalColumn(column.name),
  );
  return columns
    .filter((column) => covers(rows, column.name, keys))
    .flatMap((key) =>
      texts
        .filter((text) => text.name !== key.name)
        .map((text) => ({
          table: name,
          keyColumn: key.name,
          textColumn: text.name,
          texts: new Map(rows.map((row) => [String(row[key.name]), String(row[text.name] ?? '')])),
        })),
    );
}

/** Each key stands in the column once, or nearly all of them do. */
function covers(rows: readonly SampledRow[], column: string, keys: ReadonlySet<string>): boolean {
  const values = rows.map((row) => String(row[column] ?? ''));
  const distinct = new Set(values);
  if (distinct.size < values.length) return false;
  return [...keys].filter((key) => distinct.has(key)).length / keys.size >= COVERED;
}
