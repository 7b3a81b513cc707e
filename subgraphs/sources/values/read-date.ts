import type { RawRecord } from '../copy/record-reader';
import type { DateMapping } from '../dossiers/dossier-mapping';
import { textOf } from './cell-text';
import { compileInstant, isoOf } from './instant';
import type { RowProblems } from './shown-value';

export type ReadDate = (record: RawRecord, problems: RowProblems) => string | null;

/** ISO UTC with milliseconds; what is no date though it should be one is told and left out. `within` names the list that it stands in. */
export function compileDate(date: DateMapping | null, within = ''): ReadDate {
  if (date === null) return () => null;
  const read = compileInstant(date);
  return (record, problems) => {
    const ms = read(record[date.column]);
    if (ms === null) return null;
    if (!Number.isNaN(ms)) return isoOf(ms);
    problems.add('ROW_BAD_DATE', within + date.column, textOf(record[date.column]));
    return null;
  };
}
