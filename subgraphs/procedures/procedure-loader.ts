import DataLoader from 'dataloader';
import type {
  CatalogueEntry,
  CataloguePage,
  CataloguePageRequest,
  ProcedureSelection,
} from '../sources/catalogue/catalogue-query';
import type { ProcedureStore } from './procedure-store';

export interface ProcedureKey {
  readonly code: string;
  readonly asOf: string;
}

export interface ProcedureLoaders {
  readonly procedure: DataLoader<ProcedureKey, CatalogueEntry | null, string>;
  readonly page: DataLoader<CataloguePageRequest, CataloguePage, string>;
  readonly count: DataLoader<ProcedureSelection, number, string>;
}

/** Batches the calls of one request. */
export function createProcedureLoaders(store: ProcedureStore): ProcedureLoaders {
  return {
    procedure: new DataLoader((keys: readonly ProcedureKey[]) => Promise.resolve(findAll(store, keys)), {
      cacheKeyFn: ({ code, asOf }) => `${asOf} ${code}`,
    }),
    page: new DataLoader(
      (requests: readonly CataloguePageRequest[]) => Promise.resolve(store.pages(requests)),
      {
        cacheKeyFn: (request) => JSON.stringify(request),
      },
    ),
    count: new DataLoader(
      (selections: readonly ProcedureSelection[]) => Promise.resolve(store.counts(selections)),
      {
        cacheKeyFn: (selection) => JSON.stringify(selection),
      },
    ),
  };
}

/** One store call for each day that is asked for: nearly always one. */
function findAll(store: ProcedureStore, keys: readonly ProcedureKey[]): (CatalogueEntry | null)[] {
  const found = new Map(
    [...Map.groupBy(keys, ({ asOf }) => asOf)].map(([asOf, ofDay]) => [
      asOf,
      store.find(
        ofDay.map(({ code }) => code),
        asOf,
      ),
    ]),
  );
  return keys.map(({ code, asOf }) => found.get(asOf)?.get(code) ?? null);
}
