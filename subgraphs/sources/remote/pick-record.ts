import type { Cell, RawRecord } from '../copy/record-reader';
import type { NeededNames, NestedNames } from './needed-names';
import { isKeyed, valueAt, type Keyed } from './value-at';

/** Takes from an item what the mapping names, flat by those names. */
export function pickRecord(item: Keyed, needed: NeededNames): RawRecord {
  const record: Record<string, Cell> = {};
  if (needed.allTop) {
    for (const [name, value] of Object.entries(item)) {
      if (isScalar(value)) define(record, name, value);
    }
  }
  for (const name of needed.names) define(record, name, toCell(valueAt(item, name)));
  for (const nested of needed.nested) define(record, nested.items, nestedRecords(item, nested));
  return record;
}

/** Not by assignment: an item may have a key such as "__proto__". */
function define(record: Record<string, Cell>, name: string, value: Cell): void {
  Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
}

function nestedRecords(item: Keyed, { items, names }: NestedNames): readonly RawRecord[] {
  const value = valueAt(item, items);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter(isKeyed).map((one) => pickRecord(one, { names, allTop: false, nested: [] }));
}

function toCell(value: unknown): Cell {
  if (isScalar(value)) return value;
  // A list of words, as levels and channels are in JSON.
  if (Array.isArray(value)) return value.filter((one) => isScalar(one) && one !== null).join(';');
  return null;
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return (
    value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  );
}
