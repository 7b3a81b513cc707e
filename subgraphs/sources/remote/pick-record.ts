import type { Cell, RawRecord } from '../copy/record-reader';
import type { RecordNames } from '../values/record-names';
import { isKeyed, valueAt, type Keyed } from './value-at';

/** Takes from an item what the mapping names, flat by those names; the rest (people's names, free text) is dropped here. */
export function pickRecord(item: Keyed, { columns, lists }: RecordNames): RawRecord {
  // Made of entries, not by assignment: a mapping may name a key such as "__proto__".
  return Object.fromEntries<Cell>([
    ...columns.map((name) => [name, toCell(valueAt(item, name))] as const),
    ...lists.map((list) => [list.items, listAt(item, list)] as const),
  ]);
}

/** XML writes a list of one item as that item. */
function listAt(item: Keyed, { items, columns }: RecordNames['lists'][number]): readonly RawRecord[] {
  const value = valueAt(item, items);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter(isKeyed).map((one) => pickRecord(one, { columns, lists: [] }));
}

function toCell(value: unknown): Cell {
  if (isScalar(value)) return value;
  // A list of words, as levels and channels are in JSON.
  return Array.isArray(value) ? value.filter((one) => isScalar(one) && one !== null).join(';') : null;
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return (
    value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  );
}
