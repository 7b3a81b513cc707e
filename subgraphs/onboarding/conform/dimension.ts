import type { Filter, SampledRow } from './collection';

/** One condition of the filter, and what it must select, as the rows themselves say it. */
export interface Dimension<Row extends SampledRow> {
  /** Names the check: `filters.<id>`. */
  readonly id: string;
  readonly vi: string;
  readonly en: string;
  /** A row has at most one of the values, so that they and "none" are the whole. */
  readonly isPartition: boolean;
  /** The values to try, from the contract's enum or as found in the rows. */
  values(rows: readonly Row[], now: string): readonly string[];
  of(row: Row, now: string): readonly string[];
  toFilter(values: readonly string[]): Filter;
}

/** As many values of a condition as are tried; those of most rows first. */
const MAX_VALUES = 30;

/** The values that rows have, the frequent ones first. */
export function foundValues<Row>(
  rows: readonly Row[],
  of: (row: Row) => readonly string[],
): readonly string[] {
  const counts = new Map<string, number>();
  for (const value of rows.flatMap(of)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .toSorted(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, MAX_VALUES)
    .map(([value]) => value);
}
