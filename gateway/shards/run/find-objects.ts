import { isJsonObject, type JsonObject } from '../../execution/json-object';

export interface FoundObject {
  readonly object: JsonObject;
  /** Response path from the root given, with list indices. */
  readonly path: readonly (string | number)[];
}

/** The objects at the end of a path of response names; lists on the way are walked. Nulls lead nowhere. */
export function findObjects(root: unknown, names: readonly string[]): readonly FoundObject[] {
  const found: FoundObject[] = [];
  const walk = (value: unknown, depth: number, path: readonly (string | number)[]): void => {
    if (Array.isArray(value)) {
      value.forEach((item, index) => walk(item, depth, [...path, index]));
    } else if (isJsonObject(value)) {
      const name = names[depth];
      if (name === undefined) found.push({ object: value, path });
      else walk(value[name], depth + 1, [...path, name]);
    }
  };
  walk(root, 0, []);
  return found;
}

/** List indices as `@`, as query plans and the shard report write them. */
export function toCoordinatePath(path: readonly (string | number)[]): readonly string[] {
  return path.map((step) => (typeof step === 'number' ? '@' : step));
}
