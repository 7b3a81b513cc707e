import type { Collection, SampledRow } from './collection';
import type { SubgraphName } from './contract';
import type { Endpoint } from './endpoint';
import type { PageWalks } from './page-walks';
import type { Sample } from './sample';

/** What a check may use. */
export interface ConformanceContext {
  readonly endpoint: Endpoint;
  readonly subgraph: SubgraphName;
  /** Agencies that are known to have rows here; empty when nobody says. */
  readonly agencies: readonly string[];
  /** The agencies are what the endpoint itself declares to hold. */
  readonly isDeclared: boolean;
}

/** What a check of rows may use beside. */
export interface RowContext<Row extends SampledRow> extends ConformanceContext {
  readonly collection: Collection<Row>;
  readonly sample: Sample<Row>;
  readonly walks: PageWalks;
}
