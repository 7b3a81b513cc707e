import type { RowProblemCode } from '../../sources/source-problem';
import type { MatchProcedure } from '../../sources/values/procedure-matcher';
import { candidatesFor } from './assess-procedures';
import type { Finding } from './check-report';
import type { FindingCode } from './finding-codes';
import { countedValues, makeFinding, sumRows } from './make-finding';
import { suggestStatus } from './suggest-status';
import type { GroupedProblem } from './system-facts';

/** What a pass could not read says the same as what a database would show. */
const FINDING_OF: Readonly<Record<RowProblemCode, FindingCode>> = {
  ROW_NO_CODE: 'NO_CODE',
  ROW_NO_RECEIVED_DATE: 'NO_RECEIVED_DATE',
  ROW_BAD_DATE: 'DATE_UNREADABLE',
  ROW_BAD_NUMBER: 'NUMBER_UNREADABLE',
  ROW_UNKNOWN_STATUS: 'STATUS_UNMAPPED',
  ROW_UNKNOWN_AGENCY: 'AGENCY_UNKNOWN',
  ROW_UNKNOWN_HANDLING_AGENCY: 'HANDLING_AGENCY_UNKNOWN',
  ROW_UNKNOWN_CHANNEL: 'CHANNEL_UNMAPPED',
  ROW_UNKNOWN_PROCEDURE: 'PROCEDURE_UNKNOWN',
  ROW_DOUBTFUL_PROCEDURE: 'PROCEDURE_DOUBTFUL',
  ROW_DUPLICATE: 'DUPLICATE_CODE',
  ROW_BAD_EXPRESSION: 'EXPRESSION_FAILED',
  ROW_UNREADABLE: 'ROW_UNREADABLE',
};

/** The problems of the last pass: one finding for each kind and column, with the values and where the rows stand. */
export function assessCopy(
  problems: readonly GroupedProblem[],
  match: MatchProcedure | null,
): readonly Finding[] {
  const kinds = Map.groupBy(problems, ({ collection, code, column }) =>
    JSON.stringify([collection, code, column]),
  );
  return [...kinds.values()].flatMap((group) =>
    group[0] === undefined ? [] : [ofKind(group[0], group, match)],
  );
}

function ofKind(
  { collection, code, column }: GroupedProblem,
  group: readonly GroupedProblem[],
  match: MatchProcedure | null,
): Finding {
  const values = group.map(({ value, rows }) => ({ raw: value, rows }));
  return makeFinding(findingOf(collection, code), {
    place: column,
    count: sumRows(group),
    values: values.every(({ raw }) => raw === null) ? [] : countedValues(values, suggestionsFor(code, match)),
    rows: group.flatMap(({ value, places }) => places.map((place) => ({ place, column, value }))),
  });
}

function findingOf(collection: GroupedProblem['collection'], code: RowProblemCode): FindingCode {
  if (collection === 'dossiers') return FINDING_OF[code];
  if (code === 'ROW_DUPLICATE') return 'PROCEDURE_DUPLICATE';
  return code === 'ROW_UNKNOWN_AGENCY' ? 'PROCEDURE_AGENCY_UNKNOWN' : FINDING_OF[code];
}

function suggestionsFor(code: RowProblemCode, match: MatchProcedure | null): (raw: string) => string | null {
  if (code === 'ROW_UNKNOWN_STATUS') return suggestStatus;
  return code === 'ROW_DOUBTFUL_PROCEDURE' ? (raw) => candidatesFor(raw, match) : () => null;
}
