import type { GraphQLFormattedError } from 'graphql';
import type { JsonObject } from '../json-object';
import { mergeKeys } from '../merge-data';
import type { FetchAnswer, PreparedFetch } from '../subgraph-fetcher';
import { type DataPath, objectsAt, pathsTo } from './data-path';
import { placeRootError } from './fetch-errors';
import type { Run } from './run';
import type { Step } from './step';

export interface RootFetchOptions {
  readonly fetch: PreparedFetch;
  /** Where the fields go: the root of the data, or objects of a root type below it. */
  readonly path: DataPath;
  readonly keys: readonly string[];
  readonly rewriteOutput: ((value: unknown) => void) | null;
  readonly openTypes: ReadonlySet<string>;
}

const NO_REPRESENTATIONS: readonly (readonly string[])[] = [];

/** Asks a subgraph for fields of a root type. */
export function rootFetch({ fetch, path, keys, rewriteOutput, openTypes }: RootFetchOptions): Step {
  const settle = (run: Run, objects: readonly JsonObject[], { data, errors }: FetchAnswer): void => {
    if (data !== null && data !== undefined) {
      rewriteOutput?.(data);
      for (const object of objects) mergeKeys(object, data, keys, openTypes);
    }
    if (errors === undefined || errors.length === 0) return;
    if (data === null || data === undefined) for (const object of objects) run.failed.add(object);
    tell(run, errors);
  };
  const tell = (run: Run, errors: readonly GraphQLFormattedError[]): void => {
    const [prefix = []] = pathsTo(run.data, path, () => true, 1);
    for (const error of errors) run.errors.push(placeRootError(error, prefix, keys));
  };
  return {
    start: (run, done) => {
      const objects = path.length === 0 ? [run.data] : objectsAt(run.data, path);
      if (objects.length === 0) return done();
      run.send(
        fetch,
        { variables: run.variables, representations: NO_REPRESENTATIONS },
        (answer) => {
          settle(run, objects, answer);
          done();
        },
        (error) => {
          for (const object of objects) run.failed.add(object);
          tell(run, [error]);
          done();
        },
      );
    },
  };
}
