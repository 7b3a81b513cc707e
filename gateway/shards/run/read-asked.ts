import type { GatheredField } from '../compile/fetch-program';
import { isJsonObject, type JsonObject } from '../../execution/json-object';

/** The response names that a gathered field asks of a shard: its own, or those of its siblings (MEAN). */
export function askedNames(field: GatheredField): readonly string[] {
  return field.asks.map((ask) => ask.alias?.value ?? ask.name.value);
}

/**
 * A shard's value for a gathered field; undefined when the answer lacks it. MEAN's is the object of its two siblings. A page or a
 * gathered object is never null: a system without a row says so with an empty one, so null is a part that is missing.
 */
export function readAsked(field: GatheredField, data: unknown): unknown {
  if (!isJsonObject(data)) return undefined;
  const { by, responseName } = field.node;
  if (by === 'MERGE' || by === 'OBJECT') return data[responseName] ?? undefined;
  if (by !== 'MEAN') return data[responseName];
  const siblings: JsonObject = {};
  for (const name of askedNames(field)) {
    if (data[name] === undefined) return undefined;
    siblings[name] = data[name];
  }
  return siblings;
}
