import type { GraphQLFormattedError } from 'graphql';
import type { JsonObject } from '../json-object';
import type { DataPath } from './data-path';
import { pathsTo } from './data-path';

type Path = readonly (string | number)[];

/** An error with its place in the data of the plan. */
export interface PlacedError {
  readonly error: GraphQLFormattedError;
  readonly path: Path;
}

/** An error of one entity is told at every place that shows it, up to this many. */
const MAX_PLACES = 100;

/** The place of an error of a root fetch; one that says nothing of its place stands at the fetch's first field. */
export function placeRootError(
  error: GraphQLFormattedError,
  prefix: Path,
  keys: readonly string[],
): PlacedError {
  const path = pathOf(error);
  return { error, path: [...prefix, ...(path.length > 0 ? path : keys.slice(0, 1))] };
}

/** One error for objects that a call as a whole gave nothing for: at the first of them, with their number. */
export function placeAtObjects(
  error: GraphQLFormattedError,
  objects: ReadonlySet<JsonObject>,
  data: JsonObject,
  path: DataPath,
): PlacedError {
  const [first = []] = pathsTo(data, path, (object) => objects.has(object), 1);
  const known = error.extensions?.['affected'];
  const affected = typeof known === 'number' ? known : objects.size;
  return {
    error: affected < 2 ? error : { ...error, extensions: { ...error.extensions, affected } },
    path: first,
  };
}

/** An error inside an entity, at every place of the data that shows it. */
export function placeAtEntity(
  error: GraphQLFormattedError,
  below: Path,
  objects: ReadonlySet<JsonObject>,
  data: JsonObject,
  path: DataPath,
): readonly PlacedError[] {
  const places = pathsTo(data, path, (object) => objects.has(object), MAX_PLACES);
  return places.map((place) => ({ error, path: [...place, ...below] }));
}

/** The path of a subgraph's error; empty when it is none. */
export function pathOf({ path }: GraphQLFormattedError): Path {
  if (!Array.isArray(path)) return [];
  return path.every((step) => typeof step === 'string' || typeof step === 'number') ? path : [];
}
