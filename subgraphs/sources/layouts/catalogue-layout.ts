import type { CatalogueMapping } from '../catalogue/catalogue-mapping';

/** A way in which agencies keep their catalogue: the tables as they are, and how they map to ours. */
export interface CatalogueLayout {
  readonly name: string;
  /** The system's own tables. */
  readonly ddl: readonly string[];
  readonly mapping: CatalogueMapping;
}
