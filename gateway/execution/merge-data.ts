import { isJsonObject, type JsonObject } from './json-object';

const NO_NAMES: ReadonlySet<string> = new Set();

/**
 * Puts the named keys of what a fetch gave into an object of the data; nothing else of it can get in.
 *
 * @param openTypes names of types that leave open which type an object is: they give way to any other, and never replace one.
 */
export function mergeKeys(
  target: JsonObject,
  source: JsonObject,
  keys: readonly string[],
  openTypes: ReadonlySet<string> = NO_NAMES,
): void {
  for (let place = 0; place < keys.length; place++) {
    // Within bounds.
    const key = keys[place] as string;
    const value = source[key];
    if (value === undefined) continue;
    const known = target[key];
    if (known === undefined || known === null) target[key] = value;
    else if (typeof value === 'object' && value !== null) mergeValues(known, value, openTypes);
    // A subgraph that has no value does not take away another's.
    else if (value !== null && (key !== '__typename' || isOpen(known, openTypes))) target[key] = value;
  }
}

function isOpen(typeName: unknown, openTypes: ReadonlySet<string>): boolean {
  return typeof typeName === 'string' && openTypes.has(typeName);
}

/** Both were asked for the same place: objects are joined key by key, lists item by item. */
function mergeValues(known: unknown, value: object, openTypes: ReadonlySet<string>): void {
  if (known === value) return;
  if (Array.isArray(known) && Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const item: unknown = value[index];
      if (known[index] === undefined || known[index] === null) known[index] = item;
      else if (typeof item === 'object' && item !== null) mergeValues(known[index], item, openTypes);
    }
  } else if (isJsonObject(known) && isJsonObject(value)) {
    for (const key of Object.keys(value)) {
      // A key that JSON may hold and an assignment would take for the prototype.
      if (key !== '__proto__') mergeKeys(known, value, [key], openTypes);
    }
  }
}
