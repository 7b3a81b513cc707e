import { isJsonObject, type JsonObject } from '../json-object';

/** Where the objects of a fetch stand in the data: keys, and `@` for every item of a list. */
export type DataPath = readonly string[];

/** The objects at a path, as often as they stand there; what is null or missing on the way is passed over. */
export function objectsAt(data: JsonObject, path: DataPath): JsonObject[] {
  const found: JsonObject[] = [];
  collect(data, path, 0, found);
  return found;
}

function collect(value: unknown, path: DataPath, depth: number, found: JsonObject[]): void {
  if (Array.isArray(value)) {
    if (path[depth] !== '@') return;
    for (let index = 0; index < value.length; index++) collect(value[index], path, depth + 1, found);
    return;
  }
  if (!isJsonObject(value)) return;
  const step = path[depth];
  if (step === undefined) found.push(value);
  else if (step !== '@') collect(value[step], path, depth + 1, found);
}

/** Concrete paths to chosen objects, at most `limit` of them. */
export function pathsTo(
  data: JsonObject,
  path: DataPath,
  isWanted: (object: JsonObject) => boolean,
  limit: number,
): (string | number)[][] {
  const found: (string | number)[][] = [];
  const here: (string | number)[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (found.length >= limit) return;
    const step = path[depth];
    if (Array.isArray(value)) {
      if (step !== '@') return;
      for (const [index, item] of value.entries()) {
        here.push(index);
        visit(item, depth + 1);
        here.pop();
      }
    } else if (isJsonObject(value)) {
      if (step === undefined) {
        if (isWanted(value)) found.push([...here]);
      } else if (step !== '@') {
        here.push(step);
        visit(value[step], depth + 1);
        here.pop();
      }
    }
  };
  visit(data, 0);
  return found;
}
