import type { GraphQLSchema } from 'graphql';
import { isJsonObject, type JsonObject } from '../json-object';
import { isOfType, type Rewrite } from './representation-reader';

const FRAGMENT = '... on ';

/**
 * Fields of one name whose types cannot stand together are fetched under aliases of the planner's; here they get their names
 * back. Null when there is nothing to do, as for nearly every fetch.
 */
export function compileOutputRewrites(
  rewrites: readonly Rewrite[],
  schema: GraphQLSchema,
): ((value: unknown) => void) | null {
  if (rewrites.length === 0) return null;
  return (value) => {
    for (const rewrite of rewrites) rewriteAt(rewrite, rewrite.path, value, schema);
  };
}

function rewriteAt(rewrite: Rewrite, path: readonly string[], value: unknown, schema: GraphQLSchema): void {
  if (Array.isArray(value)) {
    for (const item of value) rewriteAt(rewrite, path, item, schema);
    return;
  }
  const [first, ...rest] = path;
  if (!isJsonObject(value) || first === undefined) return;
  if (first.startsWith(FRAGMENT)) {
    const typename = value['__typename'];
    // Not every object has its type fetched; the planner counts on the rewrite where it has not.
    const condition = first.slice(FRAGMENT.length);
    if (typeof typename === 'string' && !isOfType(schema, typename, condition)) return;
    rewriteAt(rewrite, rest, value, schema);
  } else if (rest.length > 0) rewriteAt(rewrite, rest, value[first], schema);
  else rewriteKey(rewrite, first, value);
}

function rewriteKey(rewrite: Rewrite, key: string, object: JsonObject): void {
  if (rewrite.kind === 'ValueSetter') {
    // The planner's type says any.
    object[key] = rewrite.setValueTo as unknown;
    return;
  }
  // An entity that stands at several places comes by once for each: what has been renamed stays as it is.
  if (!Object.hasOwn(object, key) || object[key] === undefined) return;
  object[rewrite.renameKeyTo] = object[key];
  object[key] = undefined;
}
