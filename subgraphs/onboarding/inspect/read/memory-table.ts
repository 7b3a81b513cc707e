import {
  type InspectedTable,
  MOST_VALUES,
  type SampledRow,
  type SampledValue,
  type ValueCount,
} from './inspected-table';

type Known = Omit<InspectedTable, 'sample' | 'countValues' | 'rowsWith' | 'key' | 'indexes'>;

const SAMPLED_ROWS = 400;

/** A table whose rows are all here already. */
export function createMemoryTable(known: Known, rows: readonly SampledRow[]): InspectedTable {
  return {
    ...known,
    key: [],
    indexes: [],
    sample: async () => rows.slice(-SAMPLED_ROWS),
    countValues: async (column) => countValues(rows.map((row) => row[column] ?? null)),
    rowsWith: async (column, value, limit) => rows.filter((row) => row[column] === value).slice(0, limit),
  };
}

export function countValues(values: readonly SampledValue[]): readonly ValueCount[] {
  const counts = new Map<SampledValue, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_VALUES + 1);
}
