import { compareBytewise } from '../../schema/bytewise';
import type { GatherNotes, ShardObject, ShardValue } from './gather-notes';
import { mergeConnection } from './merge-connection';
import { isRecord, type JsonObject } from './json-object';
import { ASKED, type ConcatNode, type GatherNode, type GroupNode, type ObjectShape } from './gather-node';

/**
 * Joins what the shards gave for one field by its rule. Pure: no shard is asked here. Rules yield values that do not depend
 * on how the rows are split over systems.
 *
 * @param field the gathered object's field that stands for this one in notes; null at the top.
 */
export function gatherValues(
  node: GatherNode,
  values: readonly ShardValue[],
  notes: GatherNotes,
  field: string | null = null,
): unknown {
  switch (node.by) {
    case 'FIRST':
      return values.find(({ value }) => value !== null && value !== undefined)?.value ?? null;
    case 'SUM':
      return sum(numbers(values, notes, field), values.length === 0 ? 0 : null);
    case 'MIN':
      return extreme(values, -1);
    case 'MAX':
      return extreme(values, 1);
    case 'MEAN':
      throw new TypeError('MEAN is read from its siblings by gatherObject');
    case 'CONCAT':
      return concat(node, values, notes, field);
    case 'GROUP':
      return group(node, values, notes, field);
    case 'OBJECT': {
      const objects = records(values, notes, field);
      // Nothing in scope is a complete answer of zeros; shards that all said null have none.
      return objects.length === 0 && values.length > 0
        ? null
        : gatherObject(node.shape, objects, notes, field);
    }
    case 'MERGE':
      return mergeConnection(node, values, notes, gatherField);
  }
}

function gatherObject(
  shape: ObjectShape,
  objects: readonly ShardObject[],
  notes: GatherNotes,
  field: string | null,
): JsonObject {
  const result: JsonObject = {};
  for (const name of shape.typenames) result[name] = shape.typeName;
  for (const node of shape.fields) {
    const below = field ?? node.responseName;
    result[node.responseName] =
      node.by === 'MEAN'
        ? mean(node.askedSum, node.askedWeight, objects, notes, below)
        : gatherValues(node, pick(objects, node.responseName), notes, below);
  }
  return result;
}

/** The rule of a gathered object for any caller that has whole objects: entities gather their fields one by one with it. */
export function gatherField(node: GatherNode, objects: readonly ShardObject[], notes: GatherNotes): unknown {
  if (node.by === 'MEAN') return mean(node.askedSum, node.askedWeight, objects, notes, null);
  return gatherValues(node, pick(objects, node.responseName), notes);
}

function pick(objects: readonly ShardObject[], name: string): readonly ShardValue[] {
  return objects.map(({ shard, value }) => ({ shard, value: value[name] }));
}

/** Divides once, so that the mean of N shards is the mean of one. Weight 0 has no mean. */
function mean(
  sumName: string,
  weightName: string,
  objects: readonly ShardObject[],
  notes: GatherNotes,
  field: string | null,
): number | null {
  const weight = sum(numbers(pick(objects, weightName), notes, field), 0);
  const total = sum(numbers(pick(objects, sumName), notes, field), 0);
  return weight === 0 || weight === null || total === null ? null : total / weight;
}

function numbers(values: readonly ShardValue[], notes: GatherNotes, field: string | null): readonly number[] {
  const found: number[] = [];
  for (const { shard, value } of values) {
    if (typeof value === 'number') found.push(value);
    else if (value !== null) notes.fault(shard, 'SHARD_BAD_RESPONSE', field);
  }
  return found;
}

function sum(values: readonly number[], empty: number | null): number | null {
  return values.length === 0 ? empty : values.reduce((total, value) => total + value, 0);
}

/** Numbers by size, text bytewise. */
function extreme(values: readonly ShardValue[], sign: 1 | -1): unknown {
  let best: unknown = null;
  for (const { value } of values) {
    if (value === null || value === undefined) continue;
    if (best === null || compareScalars(value, best) * sign > 0) best = value;
  }
  return best;
}

function compareScalars(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return compareBytewise(String(a), String(b));
}

function concat(
  node: ConcatNode,
  values: readonly ShardValue[],
  notes: GatherNotes,
  field: string | null,
): unknown {
  const keyed = lists(values, notes, field).flatMap(({ value }) =>
    value.map((row) => ({ key: keyAt(row, node.keyPath), row })),
  );
  keyed.sort((a, b) => compareKeys(a.key, b.key));
  for (const { row } of keyed) if (isRecord(row)) delete row[ASKED.key];
  return keyed.map(({ row }) => row);
}

function group(
  node: GroupNode,
  values: readonly ShardValue[],
  notes: GatherNotes,
  field: string | null,
): unknown {
  const groups = new Map<string, { key: string | null; objects: ShardObject[] }>();
  for (const { shard, value } of lists(values, notes, field)) {
    for (const row of value) {
      if (!isRecord(row)) {
        notes.fault(shard, 'SHARD_BAD_RESPONSE', field);
        continue;
      }
      const key = keyAt(row, node.keyPath);
      const id = key === null ? 'null' : `=${key}`;
      const known = groups.get(id) ?? { key, objects: [] };
      known.objects.push({ shard, value: row });
      groups.set(id, known);
    }
  }
  const sorted = [...groups.values()].sort((a, b) => compareKeys(a.key, b.key));
  return sorted.map(({ objects }) => gatherObject(node.shape, objects, notes, field ?? node.responseName));
}

/** The group of rows without a key comes last. */
function compareKeys(a: string | null, b: string | null): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  return compareBytewise(a, b);
}

function keyAt(row: unknown, path: readonly string[]): string | null {
  let value = row;
  for (const name of path) value = isRecord(value) ? value[name] : null;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function records(
  values: readonly ShardValue[],
  notes: GatherNotes,
  field: string | null,
): readonly ShardObject[] {
  const found: ShardObject[] = [];
  for (const { shard, value } of values) {
    if (isRecord(value)) found.push({ shard, value });
    else if (value !== null) notes.fault(shard, 'SHARD_BAD_RESPONSE', field);
  }
  return found;
}

function lists(
  values: readonly ShardValue[],
  notes: GatherNotes,
  field: string | null,
): readonly { shard: number; value: readonly unknown[] }[] {
  const found: { shard: number; value: readonly unknown[] }[] = [];
  for (const { shard, value } of values) {
    if (Array.isArray(value)) found.push({ shard, value });
    else if (value !== null) notes.fault(shard, 'SHARD_BAD_RESPONSE', field);
  }
  return found;
}
