import type { Collection, SampledRow } from './collection';
import type { ConformanceCheck } from './conformance-check';
import type { ConformanceContext, RowContext } from './conformance-context';
import type { SubgraphName } from './contract';
import { CURSOR_CHECKS } from './cursor-checks';
import { DOSSIER_CHECKS } from './dossier-checks';
import { DOSSIER_COLLECTION } from './dossier-collection';
import { DOSSIER_DIMENSIONS } from './dossier-dimensions';
import { DOSSIER_ENTITY_CHECKS } from './dossier-entity-checks';
import { ENTITY_CHECKS } from './entity-checks';
import { filterChecks, timelinessAt } from './filter-checks';
import { HTTP_CHECKS } from './http-checks';
import { middleOf } from './judged-dossier';
import { PAGE_CHECKS } from './page-checks';
import { PERFORMANCE_CHECKS } from './performance-checks';
import { PROCEDURE_CHECKS } from './procedure-checks';
import { PROCEDURE_COLLECTION } from './procedure-collection';
import { PROCEDURE_DIMENSIONS } from './procedure-dimensions';
import { SCHEMA_CHECKS } from './schema-checks';
import { STABILITY_CHECKS } from './stability-checks';

/** Everything that is checked of one subgraph, in the order of the report. */
export interface Suite<Row extends SampledRow> {
  readonly collection: Collection<Row>;
  /** Those of the schema need no rows, nor the root fields. */
  readonly schema: readonly ConformanceCheck<ConformanceContext>[];
  readonly checks: readonly ConformanceCheck<RowContext<Row>>[];
}

const timeliness = DOSSIER_DIMENSIONS.filter(({ id }) => id === 'timeliness');

const DOSSIER_SUITE = {
  collection: DOSSIER_COLLECTION,
  schema: SCHEMA_CHECKS,
  checks: [
    ...HTTP_CHECKS,
    ...PAGE_CHECKS,
    ...CURSOR_CHECKS,
    ...DOSSIER_CHECKS,
    ...filterChecks(DOSSIER_DIMENSIONS),
    ...timeliness.map((dimension) => timelinessAt(dimension, middleOf)),
    ...PERFORMANCE_CHECKS,
    ...ENTITY_CHECKS,
    ...DOSSIER_ENTITY_CHECKS,
    ...STABILITY_CHECKS,
  ],
};

const PROCEDURE_SUITE = {
  collection: PROCEDURE_COLLECTION,
  schema: SCHEMA_CHECKS,
  checks: [
    ...HTTP_CHECKS,
    ...PAGE_CHECKS,
    ...CURSOR_CHECKS,
    ...filterChecks(PROCEDURE_DIMENSIONS),
    ...PROCEDURE_CHECKS,
    ...ENTITY_CHECKS,
    ...STABILITY_CHECKS,
  ],
};

/** The rows of one suite are nobody else's business, hence one type for both. */
export function suiteOf(subgraph: SubgraphName): Suite<SampledRow> {
  // A suite's checks only meet rows that its own collection has read.
  return subgraph === 'dossiers' ? DOSSIER_SUITE : PROCEDURE_SUITE;
}
