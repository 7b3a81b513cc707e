import type { GraphQLFormattedError } from 'graphql';
import { isJsonObject, type JsonObject } from '../json-object';
import { mergeKeys } from '../merge-data';
import type { FetchAnswer } from '../subgraph-fetcher';
import type { EntityFetch } from './entity-fetch';
import { pathOf, placeAtEntity, placeAtObjects } from './fetch-errors';
import type { Run } from './run';

/** The entities of one fetch that are ready to be asked for: objects of the data, and their representations. */
export interface EntityBatch {
  readonly fetch: EntityFetch;
  readonly objects: readonly JsonObject[];
  readonly texts: readonly string[];
  readonly done: () => void;
}

/** Batches of one selection: what one `_entities` field asks, each entity once. */
export class EntityField {
  readonly representations: string[] = [];
  private readonly places = new Map<string, number>();
  private readonly batches: { readonly batch: EntityBatch; readonly at: readonly number[] }[] = [];

  add(batch: EntityBatch): void {
    const at = batch.texts.map((text) => {
      const known = this.places.get(text);
      if (known !== undefined) return known;
      const place = this.representations.push(text) - 1;
      this.places.set(text, place);
      return place;
    });
    this.batches.push({ batch, at });
  }

  /** @param key where the field's list stands in the answer. */
  settle(run: Run, answer: FetchAnswer, key: string, general: readonly GraphQLFormattedError[]): void {
    const items = answer.data?.[key];
    const isList = Array.isArray(items) && items.length === this.representations.length;
    const errors = answer.errors?.filter((error) => pathOf(error)[0] === key) ?? [];
    if (!isList) this.failAll(run, wholeErrors(errors, general));
    else {
      for (const { batch, at } of this.batches) mergeBatch(run, batch, at, items);
      for (const error of errors) this.placeError(run, error);
      for (const error of general) this.tell(run, error);
    }
  }

  failAll(run: Run, errors: readonly GraphQLFormattedError[]): void {
    for (const { batch } of this.batches) for (const object of batch.objects) run.failed.add(object);
    for (const error of errors) this.tell(run, error);
  }

  done(): void {
    for (const { batch } of this.batches) batch.done();
  }

  /** An error of the whole call: once for each fetch that it was for. */
  private tell(run: Run, error: GraphQLFormattedError): void {
    for (const { batch } of this.batches)
      run.errors.push(placeAtObjects(error, new Set(batch.objects), run.data, batch.fetch.path));
  }

  private placeError(run: Run, error: GraphQLFormattedError): void {
    const [, index, ...below] = pathOf(error);
    // What names none of the entities asked for is an error all the same.
    if (typeof index !== 'number' || !(index in this.representations)) return this.tell(run, error);
    for (const { batch, at } of this.batches) {
      const objects = new Set(batch.objects.filter((_, place) => at[place] === index));
      if (objects.size === 0) continue;
      if (below.length === 0) for (const object of objects) run.failed.add(object);
      // Shards tell one error for all the entities that a silent system leaves without a value.
      if (error.extensions?.['affected'] === undefined)
        run.errors.push(...placeAtEntity(error, below, objects, run.data, batch.fetch.path));
      else {
        const placed = placeAtObjects(error, objects, run.data, batch.fetch.path);
        run.errors.push({ error, path: [...placed.path, ...below] });
      }
    }
  }
}

function mergeBatch(run: Run, batch: EntityBatch, at: readonly number[], items: readonly unknown[]): void {
  const { fetch, objects } = batch;
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
