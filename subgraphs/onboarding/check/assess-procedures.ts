import type { MatchProcedure, NamedProcedure } from '../../sources/values/procedure-matcher';
import type { CountedValue, Finding } from './check-report';
import type { FindingCode } from './finding-codes';
import {
  countedValues,
  type FindingParts,
  FREE_TEXT_MESSAGE,
  isFreeText,
  makeFinding,
  sumRows,
} from './make-finding';
import type { CatalogueFacts, ProcedureGroup, ProcedureGroups } from './system-facts';

/** What dossiers' procedures are held against. */
export interface KnownProcedures {
  /** Of the system's own catalogue; null when it has none. */
  readonly own: readonly NamedProcedure[] | null;
  /** Of the province. */
  readonly province: readonly NamedProcedure[] | null;
}

/** Dossiers whose procedure leads to no code of the system's own catalogue or of the province's. */
export function assessProcedures(
  { column, groups }: ProcedureGroups,
  { own, province }: KnownProcedures,
  match: MatchProcedure | null,
): readonly Finding[] {
  const known = new Set([...(own ?? []), ...(province ?? [])].map(({ code }) => code));
  const empty = groups.filter(({ raw }) => raw === null || raw === '');
  const named = groups.filter(({ raw }) => raw !== null && raw !== '');
  const hasCatalogue = own !== null || province !== null;
  const outcomes = Map.groupBy(named, (group) =>
    match === null ? outcomeOfCode(group, hasCatalogue ? known : null) : outcomeOfName(group, match),
  );
  const unknown = outcomes.get('unknown') ?? [];
  return [
    ...(hasCatalogue || named.length === 0 ? [] : [makeFinding('NO_CATALOGUE')]),
    ...ofGroups('PROCEDURE_MISSING', column, empty, () => ({})),
    ...ofGroups('PROCEDURE_DOUBTFUL', column, outcomes.get('doubtful') ?? [], (doubtful) => ({
      values: countedValues(doubtful, (name) => candidatesFor(name, match)),
    })),
    ...ofGroups('PROCEDURE_UNKNOWN', column, unknown, () =>
      isFreeText(named)
        ? { message: FREE_TEXT_MESSAGE }
        : { values: match === null ? unknownValues(unknown, known) : countedValues(unknown) },
    ),
  ];
}

/** The procedures that a name is near, with their scores; null when there is none. */
export function candidatesFor(name: string, match: MatchProcedure | null): string | null {
  const found = match?.(name) ?? null;
  if (found === null || !('doubtful' in found)) return null;
  return found.doubtful
    .slice(0, MAX_CANDIDATES)
    .map(({ code, name: known, score }) => `${code} (${score.toFixed(2)}) ${known}`)
    .join('; ');
}

const MAX_CANDIDATES = 3;

type Outcome = 'known' | 'doubtful' | 'unknown';

function outcomeOfCode({ code }: ProcedureGroup, known: ReadonlySet<string> | null): Outcome {
  return code === null || (known !== null && !known.has(code)) ? 'unknown' : 'known';
}

/** A name that was decided by hand is known, also as none of the catalogue. */
function outcomeOfName({ raw, code }: ProcedureGroup, match: MatchProcedure): Outcome {
  const found = match(code ?? raw ?? '');
  if (found === null) return 'unknown';
  return 'doubtful' in found ? 'doubtful' : 'known';
}

function ofGroups(
  code: FindingCode,
  place: string,
  groups: readonly ProcedureGroup[],
  parts: (groups: readonly ProcedureGroup[]) => FindingParts,
): readonly Finding[] {
  return groups.length === 0 ? [] : [makeFinding(code, { place, count: sumRows(groups), ...parts(groups) })];
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
