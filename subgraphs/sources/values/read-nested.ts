import type { Cell, RawRecord } from '../copy/record-reader';
import type { DossierStepRow, SupplementRow } from '../dossiers/dossier-row';
import type { CopiedDossiersMapping } from '../mapping/system-mapping';
import { exactTextOf } from './cell-text';
import { compileCondition, compileStatus } from './coded-value';
import { compileDate } from './read-date';
import type { RowProblems } from './shown-value';

type NestedSupplements = NonNullable<CopiedDossiersMapping['supplements']>;
type NestedSteps = NonNullable<CopiedDossiersMapping['steps']>;
type ReadList<Row> = (record: RawRecord, problems: RowProblems) => readonly Row[];

/** Oldest first. An item without the instant that makes it a supplement is none. */
export function compileSupplements(mapping: NestedSupplements): ReadList<SupplementRow> {
  const within = `${mapping.items}.`;
  const requested = compileDate(mapping.requestedAt, within);
  const completed = compileDate(mapping.completedAt, within);
  const dueBefore = compileDate(mapping.dueBefore, within);
  const dueAfter = compileDate(mapping.dueAfter, within);
  const isDeleted = mapping.deleted && compileCondition(mapping.deleted);
  return (record, problems) =>
    itemsOf(record[mapping.items])
      .filter((item) => isDeleted?.(item) !== true)
      .flatMap((item) => {
        const requestedAt = requested(item, problems);
        if (requestedAt === null) return [];
        return {
          requestedAt,
          completedAt: completed(item, problems),
          dueBefore: dueBefore(item, problems),
          dueAfter: dueAfter(item, problems),
        };
      })
      .sort((a, b) => inTime(a.requestedAt, b.requestedAt));
}

/** Oldest first. */
export function compileSteps(mapping: NestedSteps): ReadList<DossierStepRow> {
  const within = `${mapping.items}.`;
  const at = compileDate(mapping.at, within);
  const due = compileDate(mapping.dueAt, within);
  const status = mapping.status && compileStatus(mapping.status);
  return (record, problems) =>
    itemsOf(record[mapping.items])
      .flatMap((item) => {
        const instant = at(item, problems);
        if (instant === null) return [];
        return {
          at: instant,
          status: status?.read(item).status ?? null,
          unit: mapping.unit === null ? null : exactTextOf(item[mapping.unit]),
          dueAt: due(item, problems),
        };
      })
      .sort((a, b) => inTime(a.at, b.at));
}

function itemsOf(cell: Cell | undefined): readonly RawRecord[] {
  return Array.isArray(cell) ? (cell as readonly RawRecord[]) : []; // Array.isArray does not narrow a readonly array.
}

/** ISO UTC texts of one form. */
function inTime(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
