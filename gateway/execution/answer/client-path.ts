import { isJsonObject, type JsonObject } from '../json-object';
import type { AnswerField, ObjectShape, SelectionShape } from './answer-shape';
import type { Path } from './completion';

/**
 * A concrete path in the data of a plan as the client selected it: once for each alias under which the client asked for all of it.
 * Where the client did not ask for what the path leads to (a key, a required field), it ends above.
 */
export function toClientPaths(root: SelectionShape, data: JsonObject, path: Path): readonly Path[] {
  const places: Places = { whole: [], cut: [] };
  walk(root, data, path, [], places);
  return places.whole.length > 0 ? places.whole : places.cut;
}

interface Places {
  readonly whole: Path[];
  /** Where aliases end that did not ask for what the path leads to. */
  readonly cut: Path[];
}

function walk(shape: SelectionShape | null, value: unknown, path: Path, here: Path, places: Places): void {
  const [step, ...rest] = path;
  if (step === undefined || shape === null) {
    places.whole.push([...here, ...(shape === null ? path.filter((one) => typeof one === 'number') : [])]);
  } else if (typeof step === 'number') {
    walk(shape, Array.isArray(value) ? value[step] : undefined, rest, [...here, step], places);
  } else {
    const fields = isJsonObject(value) ? fieldsAt(shape.of(value), step) : shape.fieldsOfAny(step);
    if (fields.length === 0) places.cut.push(here);
    for (const { responseName, below } of fields)
      walk(below, isJsonObject(value) ? value[step] : undefined, rest, [...here, responseName], places);
  }
}

function fieldsAt(shape: ObjectShape | null, key: string): readonly AnswerField[] {
  return shape?.fields.filter((field) => field.key === key) ?? [];
}

/** The same for a path of a whole list (`@` for list indices), by what is selected alone. */
export function toClientPattern(root: SelectionShape, path: readonly string[]): readonly string[] {
  let shapes: readonly SelectionShape[] = [root];
  return path.map((step) => {
    if (step === '@') return step;
    const fields = shapes.flatMap((shape) => shape.known().flatMap((one) => fieldsAt(one, step)));
    shapes = fields.flatMap(({ below }) => below ?? []);
    return fields[0]?.responseName ?? step;
  });
}
