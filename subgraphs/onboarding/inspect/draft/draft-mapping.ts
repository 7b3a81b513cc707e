import type { DateFormat } from '../../../sources/dossiers/dossier-mapping';
import { draftDossiers, UNKNOWN_AGENCY } from './draft-dossiers';
import { draftProcedures } from './draft-procedures';
import type { DraftContext, Plain } from './draft-context';

export interface MappingDraft {
  readonly mapping: Plain;
  /** A catalogue that cannot stand in the mapping before somebody says who publishes it. */
  readonly openProcedures: Plain | null;
}

/** Formats whose order in a column is not that of time, so that a live database cannot be asked by them. */
const UNSORTABLE: readonly DateFormat[] = ['vietnamese', 'iso'];

/** The whole mapping as plain data, and what is to be said about it in the context's notes. */
export async function draftMapping(context: DraftContext, system: string): Promise<MappingDraft> {
  const { system: inspected, notes } = context;
  const dossiers = await draftDossiers(context);
  const procedures = await draftProcedures(context);
  const agencies = agenciesOf(context, dossiers, procedures);
  const isOpen = procedures !== null && agencies.length > 1 && procedures['publishedBy'] === undefined;
  inspected.connectionDoubts.forEach((doubt) => notes.doubt(['connection'], doubt));
  for (const [section, match] of [
    ['dossiers', context.recognised.dossiers],
    ['procedures', context.recognised.catalogue],
  ] as const)
    match?.table.doubts.forEach((doubt) => notes.doubt([section, 'from'], doubt));
  const mapping = {
    version: 1,
    kind: inspected.kind,
    system,
    name: nameOf(context, system),
    agencies,
    connection: inspected.connection,
    ...(inspected.kind === 'sql' ? modeOf(context, dossiers) : {}),
    ...(dossiers === null ? {} : { dossiers }),
    ...(procedures === null || isOpen ? {} : { procedures }),
  };
  return { mapping, openProcedures: isOpen ? procedures : null };
}

function agenciesOf(
  { agencies, notes }: DraftContext,
  ...sections: readonly (Plain | null)[]
): readonly string[] {
  if (agencies.length > 0) return agencies.map(({ code }) => code);
  const found = sections.flatMap((section) =>
    codesOf(section?.['receivingAgency'] ?? section?.['publishedBy']),
  );
  const codes = [...new Set(found)].sort();
  if (codes.length > 0 && !codes.includes(UNKNOWN_AGENCY)) return codes;
  notes.doubt(['agencies'], 'whose rows does this system hold? Put their codes here, such as H23.X04');
  return [UNKNOWN_AGENCY];
}

function codesOf(agency: unknown): readonly string[] {
  if (typeof agency !== 'object' || agency === null) return [];
  if ('constant' in agency) return [String(agency.constant)];
  return 'values' in agency && typeof agency.values === 'object' && agency.values !== null
    ? Object.values(agency.values).map(String)
    : [];
}

function nameOf({ agencies, notes }: DraftContext, system: string): string {
  const [only, second] = agencies;
  if (only !== undefined && second === undefined) return only.name;
  notes.doubt(['name'], 'what people call this system');
  return system;
}

/** What a database cannot sort, it cannot be asked live. */
function modeOf({ recognised, notes }: DraftContext, dossiers: Plain | null): Plain {
  const dates = Object.values((dossiers?.['dates'] ?? {}) as Readonly<Record<string, Plain>>);
  const types = new Map(recognised.dossiers?.table.columns.map(({ name, type }) => [name, type]));
  const isUnsortable = ({ column, format }: Plain) =>
    UNSORTABLE.includes(format as DateFormat) ||
    (format === 'date' && types.get(String(column)) !== 'date') ||
    (format === 'local-compact' && !/char|text/.test(types.get(String(column)) ?? 'text'));
  const reasons = dates
    .filter(isUnsortable)
    .map(({ column, format }) => `${String(column)} (${String(format)})`);
  if (reasons.length > 0)
    notes.explain(
      ['mode'],
      `copied, since a database cannot sort and compare such dates: ${reasons.join(', ')}`,
    );
  const byName = (dossiers?.['procedure'] as Plain | undefined)?.['byName'] !== undefined;
  if (byName && reasons.length === 0)
    notes.explain(['mode'], 'copied, since procedures are matched by their names');
  return reasons.length > 0 || byName ? { mode: 'copy' } : {};
}
