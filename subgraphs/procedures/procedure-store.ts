import type {
  CatalogueEntry,
  CataloguePage,
  CataloguePageRequest,
  ProcedureSelection,
} from '../sources/catalogue/catalogue-query';

/** What the resolvers need of a catalogue; each answer is in the order asked. LocalCatalogue is one. */
export interface ProcedureStore {
  pages(requests: readonly CataloguePageRequest[]): readonly CataloguePage[];
  counts(selections: readonly ProcedureSelection[]): readonly number[];
  /** By code as published; no entry for a code that is unknown, or in nobody's competence that day. */
  find(codes: readonly string[], asOf: string): ReadonlyMap<string, CatalogueEntry>;
}
