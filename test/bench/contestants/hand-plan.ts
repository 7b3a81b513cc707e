/** One request to a subgraph; `T` is what its `data` looks like, known because query and type stand side by side. */
export type Ask = <T>(subgraph: string, query: string, variables: object) => Promise<T>;

/** From the client's variables to `data`. */
export type HandPlan = (ask: Ask, variables: object) => Promise<object>;

export interface Reference {
  readonly id: string;
}

export interface EntityFetch {
  readonly subgraph: string;
  readonly typename: string;
  /** Fields, as they stand between the braces. */
  readonly selection: string;
}

/** One `_entities` request, one representation for each id, as often as it comes. */
export async function askEntities<T>(
  ask: Ask,
  { subgraph, typename, selection }: EntityFetch,
  ids: readonly string[],
): Promise<readonly T[]> {
  const query = `query($representations:[_Any!]!){_entities(representations:$representations){...on ${typename}{${selection}}}}`;
  const representations = ids.map((id) => ({ __typename: typename, id }));
  const { _entities } = await ask<{ readonly _entities: readonly T[] }>(subgraph, query, { representations });
  return _entities;
}

/** One `_entities` request for all ids, each once. */
export async function askEntitiesOnce<T>(
  ask: Ask,
  fetch: EntityFetch,
  ids: readonly string[],
): Promise<ReadonlyMap<string, T>> {
  const distinct = [...new Set(ids)];
  const found = await askEntities<T>(ask, fetch, distinct);
  return new Map(distinct.map((id, place) => [id, at(found, place)]));
}

export function at<T>(rows: readonly T[], place: number): T {
  const row = rows[place];
  if (row === undefined) throw new Error(`There is no row at place ${place}`);
  return row;
}

export function of<T>(rows: ReadonlyMap<string, T>, id: string): T {
  const row = rows.get(id);
  if (row === undefined) throw new Error(`There is no row ${id}`);
  return row;
}
