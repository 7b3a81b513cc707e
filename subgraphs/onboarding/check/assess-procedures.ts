import type { CheckContext } from './check-context';
import type { CountedValue, Finding } from './check-report';
import { countedValues, FREE_TEXT_MESSAGE, isFreeText, makeFinding, sumRows } from './make-finding';
import type { CatalogueFacts, ProcedureGroup, ProcedureGroups } from './system-facts';

/** Dossiers whose procedure leads to no code of the system's own catalogue or of the province's. */
export function assessProcedures(
  { column, groups }: ProcedureGroups,
  ownCodes: ReadonlySet<string> | null,
  { catalogue }: CheckContext,
): readonly Finding[] {
  const known = new Set([...(ownCodes ?? []), ...(catalogue?.codes ?? [])]);
  const empty = groups.filter(({ raw }) => raw === null || raw === '');
  const named = groups.filter(({ raw }) => raw !== null && raw !== '');
  const hasCatalogue = ownCodes !== null || catalogue !== null;
  const unknown = named.filter(({ code }) => code === null || (hasCatalogue && !known.has(code)));
  return [
    ...(hasCatalogue || named.length === 0 ? [] : [makeFinding('NO_CATALOGUE')]),
    ...(empty.length === 0
      ? []
      : [makeFinding('PROCEDURE_MISSING', { place: column, count: sumRows(empty) })]),
    ...(unknown.length === 0
      ? []
      : [
          makeFinding('PROCEDURE_UNKNOWN', {
            place: column,
            count: sumRows(unknown),
            ...(isFreeText(named)
              ? { message: FREE_TEXT_MESSAGE }
              : { values: unknownValues(unknown, known) }),
          }),
        ]),
  ];
}

export async function assessCatalogue(catalogue: CatalogueFacts): Promise<readonly Finding[]> {
  const unknown = (await catalogue.agencies()).filter(({ agency }) => agency === null);
  const { count, examples } = await catalogue.duplicates();
  return [
    ...(unknown.length === 0
      ? []
      : [
          makeFinding('PROCEDURE_AGENCY_UNKNOWN', {
            count: sumRows(unknown),
            values: countedValues(unknown),
          }),
        ]),
    ...(count === 0 ? [] : [makeFinding('PROCEDURE_DUPLICATE', { count, examples })]),
  ];
}

function unknownValues(
  groups: readonly ProcedureGroup[],
  known: ReadonlySet<string>,
): readonly CountedValue[] {
  return countedValues(
    groups.map(({ raw, code, rows }) => ({
      raw: code === null || code === raw ? raw : `${raw} → ${code}`,
      rows,
    })),
    (raw) => nationalStem(raw, known),
  );
}

/** `1.001193` for the provincial form `1.001193.000.00.00.H23`, when the catalogue has it. */
function nationalStem(raw: string, known: ReadonlySet<string>): string | null {
  const stem = /^\s*(\d\.\d{6})(?=\D|$)/.exec(raw)?.[1];
  return stem !== undefined && known.has(stem) && stem !== raw ? stem : null;
}
