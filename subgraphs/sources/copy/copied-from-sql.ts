import type { DossierMapping, TextMapping } from '../dossiers/dossier-mapping';
import type { CopiedDossiersMapping } from '../mapping/system-mapping';
import { nameOfText } from '../values/read-dossier';

/** The names under which a record of a database has the rows of its other tables. */
export const SUPPLEMENT_ROWS = 'its supplements';
export const STEP_ROWS = 'its steps';

/**
 * A mapping of tables as one of records: what the tables' own reader has followed into other tables stands in the record already, and
 * rows of other tables are lists in it.
 */
export function copiedFromSql(mapping: DossierMapping): CopiedDossiersMapping {
  const { table: _, supplements, steps, procedure, field, ...rest } = mapping;
  return {
    ...rest,
    computed: {},
    procedure: procedure && { ...procedure, ...followed(procedure) },
    field: field && followed(field),
    supplements:
      supplements === null
        ? null
        : {
            items: SUPPLEMENT_ROWS,
            requestedAt: supplements.requestedAt,
            completedAt: supplements.completedAt,
            dueBefore: supplements.dueBefore,
            dueAfter: supplements.dueAfter,
            deleted: supplements.deleted,
          },
    steps:
      steps === null
        ? null
        : { items: STEP_ROWS, at: steps.at, status: steps.status, unit: steps.unit, dueAt: steps.dueAt },
  };
}

function followed(text: TextMapping): TextMapping {
  return { column: nameOfText(text), through: [] };
}
