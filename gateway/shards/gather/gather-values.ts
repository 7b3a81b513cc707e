import { compareBytewise } from '../../../schema/bytewise';
import type { GatherNotes, ShardObject, ShardValue } from './gather-notes';
import { mergeConnection } from './merge-connection';
import { isJsonObject, type JsonObject } from '../../execution/json-object';
import {
  ASKED,
  type ConcatNode,
  type GatherNode,
  type GroupNode,
  type MeanNode,
  type ObjectShape,
} from '../compile/gather-node';

/**
 * Joins what the shards gave for one field by its rule. Pure: no shard is asked here. Rules yield values that do not depend
 * on how the rows are split over systems.
 *
 * @param field the field of the outermost gathered object that this value belongs to, for notes; null for that object itself.
 */
export function gatherValues(
  node: GatherNode,
  values: readonly ShardValue[],
  notes: GatherNotes,
  field: string | null = null,
): unknown {
  switch (node.by) {
    case 'FIRST':
      return first(values, notes, field);
    case 'SUM':
      return sum(numbers(values, notes, field), values.length === 0 ? 0 : null);
    case 'MIN':
      return extreme(values, -1, notes, field);
    case 'MAX':
      return extreme(values, 1, notes, field);
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
        ? mean(node, objects, notes, below)
        : gatherValues(node, pick(objects, node.responseName), notes, below);
  }
  return result;
}

/** The rule of a gathered object for any caller that has whole objects: entities gather their fields one by one with it. */
export function gatherField(node: GatherNode, objects: readonly ShardObject[], notes: GatherNotes): unknown {
  if (node.by === 'MEAN') return mean(node, objects, notes, null);
  return gatherValues(node, pick(objects, node.responseName), notes);
}

function pick(objects: readonly ShardObject[], name: string): readonly ShardValue[] {
  return objects.map(({ shard, value }) => ({ shard, value: value[name] }));
}

/**
 * Divides once, so that the mean of N shards is the mean of one. Weight 0 has no mean. A shard that lacks one of the two
 * gives neither: its sum over the others' weight would be a wrong mean.
 */
function mean(
  node: MeanNode,
  objects: readonly ShardObject[],
  notes: GatherNotes,
  field: string | null,
): number | null {
  let [total, totalWeight] = [0, 0];
  for (const { shard, value } of objects) {
    const [part, weight] = [value[node.askedSum], value[node.askedWeight]];
    if (typeof part === 'number' && typeof weight === 'number') {
      total += part;
      totalWeight += weight;
    } else if (![part, weight].every(isNothing)) notes.fault(shard, 'SHARD_BAD_RESPONSE', field);
  }
  return totalWeight === 0 ? null : total / totalWeight;
}

function isNothing(value: unknown): boolean {
  return value === null || value === 0;
}

/** A value that an answer lacks counts against its shard only while no other shard has one: found is complete. */
function first(values: readonly ShardValue[], notes: GatherNotes, field: string | null): unknown {
  const found = values.find(({ value }) => value !== null && value !== undefined);
  if (found) return found.value;
  for (const { shard, value } of values)
    if (value === undefined) notes.fault(shard, 'SHARD_BAD_RESPONSE', field);
  return null;
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
function extreme(
  values: readonly ShardValue[],
  sign: 1 | -1,
  notes: GatherNotes,
  field: string | null,
): unknown {
  let best: unknown = null;
  for (const { shard, value } of values) {
    if (value === undefined) notes.fault(shard, 'SHARD_BAD_RESPONSE', field);
    else if (value !== null && (best === null || compareScalars(value, best) * sign > 0)) best = value;
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
  keyed.sort((a, b) => compareKeys(a.key, b.key) || compareTexts(a.row, b.row));
  for (const { row } of keyed) if (isJsonObject(row)) delete row[ASKED.order];
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
      if (!isJsonObject(row)) {
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
  return sorted.map(({ objects }) => gatherObject(node.shape, objects, notes, field));
}

/** Rows of one key in an order that does not depend on which system holds which. */
function compareTexts(a: unknown, b: unknown): number {
  return compareBytewise(JSON.stringify(a), JSON.stringify(b));
}

/** The group of rows without a key comes last. */
function compareKeys(a: string | null, b: string | null): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  return compareBytewise(a, b);
}

function keyAt(row: unknown, path: readonly string[]): string | null {
  let value = row;
  for (const name of path) value = isJsonObject(value) ? value[name] : null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : null;
}

function records(
  values: readonly ShardValue[],
  notes: GatherNotes,
  field: string | null,
): readonly ShardObject[] {
  const found: ShardObject[] = [];
  for (const { shard, value } of values) {
    if (isJsonObject(value)) found.push({ shard, value });
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
