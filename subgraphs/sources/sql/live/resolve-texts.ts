import type { DossierMapping, StatusMapping } from '../../dossiers/dossier-mapping';
import { SourceProblem } from '../../source-problem';
import { toSourceProblem } from '../sql-problem';
import { distinctTexts, type DistinctTextsParts } from './distinct-texts';
import { withFoldedLines, withFoldedTexts } from './folded-values';

/** Agencies, statuses and channels have few texts; names of procedures some thousands. */
const MOST_TEXTS = 5_000;
const MOST_NAMES = 50_000;

/** The code of the procedure that a name means; null when none is near enough. */
export type ProcedureOfName = (name: string) => string | null;

export interface ResolvedTexts {
  /** With every spelling that the system has of what the mapping names. */
  readonly mapping: DossierMapping;
  readonly procedureNames: ReadonlyMap<string, string>;
  /** What could not be read: then only what the mapping names letter by letter is known. */
  readonly problems: readonly SourceProblem[];
}

/** Reads what texts the system has where the mapping does not ask for them to the letter, so that filters stay plain comparisons. */
export async function resolveTexts(
  parts: DistinctTextsParts,
  mapping: DossierMapping,
  procedureOf: ProcedureOfName,
  place: string,
): Promise<ResolvedTexts> {
  const problems: SourceProblem[] = [];
  const texts = async (table: string, column: string, most = MOST_TEXTS): Promise<readonly string[]> => {
    try {
      return await distinctTexts(parts, table, column, most);
    } catch (error) {
      problems.push(unreadTexts(toSourceProblem(error, place), table, column));
      return [];
    }
  };
  const folded = async <Part extends FoldablePart | null>(part: Part): Promise<Part> => {
    if (part === null || !('column' in part) || part.match !== 'folded') return part;
    const values = withFoldedTexts(part.values, await texts(mapping.table, part.column));
    return { ...part, values };
  };
  const foldedStatus = async (status: StatusMapping, table: string): Promise<StatusMapping> => {
    if (status.match !== 'folded') return status;
    const byColumn = [];
    for (const column of status.columns) byColumn.push(await texts(table, column));
    return withFoldedLines(status, byColumn);
  };
  const { steps } = mapping;
  const resolved: DossierMapping = {
    ...mapping,
    receivingAgency: await folded(mapping.receivingAgency),
    handlingAgency: await folded(mapping.handlingAgency),
    channel: await folded(mapping.channel),
    status: await foldedStatus(mapping.status, mapping.table),
    steps: steps?.status ? { ...steps, status: await foldedStatus(steps.status, steps.table) } : steps,
  };
  const names = await procedureNames(mapping, procedureOf, (table, column) =>
    texts(table, column, MOST_NAMES),
  );
  return { mapping: resolved, procedureNames: names, problems };
}

type FoldablePart =
  | { readonly constant: string }
  | { readonly column: string; readonly match: 'exact' | 'folded'; readonly values: Record<string, string> };

async function procedureNames(
  { table, procedure }: DossierMapping,
  procedureOf: ProcedureOfName,
  texts: (table: string, column: string) => Promise<readonly string[]>,
): Promise<ReadonlyMap<string, string>> {
  if (procedure === null || procedure.byName === null) return new Map();
  const { decided } = procedure.byName;
  const last = procedure.through.at(-1);
  const names =
    last === undefined ? await texts(table, procedure.column) : await texts(last.table, last.value);
  const codes = new Map<string, string>();
  for (const name of names) {
    const code = name in decided ? decided[name] : procedureOf(name);
    if (code !== null && code !== undefined) codes.set(name, code);
  }
  return codes;
}

function unreadTexts(problem: SourceProblem, table: string, column: string): SourceProblem {
  return new SourceProblem(
    problem.code,
    `The texts of column "${column}" of "${table}" could not be read, so only those that the mapping names to the letter are known: ${problem.message}`,
    `${table}.${column}`,
    problem,
  );
}
