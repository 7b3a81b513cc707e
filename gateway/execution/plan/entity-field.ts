import type { GraphQLFormattedError } from 'graphql';
import { isJsonObject, type JsonObject } from '../json-object';
import { mergeKeys } from '../merge-data';
import type { FetchAnswer } from '../subgraph-fetcher';
import type { EntityBatch } from './entity-source';
import { pathOf, placeAtEntity, placeAtObjects } from './fetch-errors';
import { Representations } from './representations';
import type { Run } from './run';

/** Batches of one selection: what one `_entities` field asks, each entity once. */
export class EntityField {
  private readonly among = new Representations();
  private readonly batches: AskedBatch[] = [];

  get representations(): readonly string[] {
    return this.among.texts;
  }

  /** False when nothing can be asked for any of the objects. */
  add({ fetch, objects, done }: EntityBatch): boolean {
    const asked: JsonObject[] = [];
    const at: number[] = [];
    for (const object of objects) {
      const place = fetch.reader.place(object, this.among);
      if (place === null) continue;
      asked.push(object);
      at.push(place);
    }
    if (asked.length > 0) this.batches.push({ fetch, objects: asked, at, done });
    return asked.length > 0;
  }

  /** @param key where the field's list stands in the answer. */
  settle(run: Run, answer: FetchAnswer, key: string, general: readonly GraphQLFormattedError[]): void {
    const items = answer.data?.[key];
    const isList = Array.isArray(items) && items.length === this.representations.length;
    const errors = answer.errors?.filter((error) => pathOf(error)[0] === key) ?? [];
    if (!isList) this.failAll(run, wholeErrors(errors, general));
    else {
      for (const batch of this.batches) mergeBatch(run, batch, items);
      for (const error of errors) this.placeError(run, error);
      for (const error of general) this.tell(run, error);
    }
  }

  failAll(run: Run, errors: readonly GraphQLFormattedError[]): void {
    for (const { objects } of this.batches) for (const object of objects) run.failed.add(object);
    for (const error of errors) this.tell(run, error);
  }

  done(): void {
    for (const { done } of this.batches) done();
  }

  /** An error of the whole call: once for each fetch that it was for. */
  private tell(run: Run, error: GraphQLFormattedError): void {
    for (const { fetch, objects } of this.batches)
      run.errors.push(placeAtObjects(error, new Set(objects), run.data, fetch.path));
  }

  private placeError(run: Run, error: GraphQLFormattedError): void {
    const [, index, ...below] = pathOf(error);
    // What names none of the entities asked for is an error all the same.
    if (typeof index !== 'number' || !(index in this.representations)) return this.tell(run, error);
    for (const { fetch, objects: asked, at } of this.batches) {
      const objects = new Set(asked.filter((_, place) => at[place] === index));
      if (objects.size === 0) continue;
      if (below.length === 0) for (const object of objects) run.failed.add(object);
      // Shards tell one error for all the entities that a silent system leaves without a value.
      if (error.extensions?.['affected'] === undefined)
        run.errors.push(...placeAtEntity(error, below, objects, run.data, fetch.path));
      else {
        const placed = placeAtObjects(error, objects, run.data, fetch.path);
        run.errors.push({ error, path: [...placed.path, ...below] });
      }
    }
  }
}

/** Those of a batch that something can be asked for, and where each stands in the list. */
interface AskedBatch extends EntityBatch {
  readonly at: readonly number[];
}

function mergeBatch(run: Run, { fetch, objects, at }: AskedBatch, items: readonly unknown[]): void {
  for (let place = 0; place < objects.length; place++) {
    // Both within bounds.
    const object = objects[place] as JsonObject;
    const entity = items[at[place] as number];
    if (entity === null) run.absent.add(object);
    if (!isJsonObject(entity)) continue;
    fetch.rewriteOutput?.(entity);
    mergeKeys(object, entity, fetch.keys, fetch.openTypes);
    if (fetch.givesTypename) fetch.mergeTypename(object, entity);
  }
}

/** The subgraph's own words where it has any; a list that is not there or too short is its fault all the same. */
function wholeErrors(
  errors: readonly GraphQLFormattedError[],
  general: readonly GraphQLFormattedError[],
): readonly GraphQLFormattedError[] {
  if (errors.length > 0 || general.length > 0) return [...errors, ...general];
  const message = 'A subgraph did not answer with one item for each entity it was asked for';
  return [{ message, extensions: { code: 'SUBGRAPH_BAD_RESPONSE' } }];
}
